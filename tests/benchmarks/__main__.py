"""Run every benchmark beside this file in turn; each prints its table, or why it was skipped."""

import subprocess
import sys
from pathlib import Path


def main() -> int:
    failed = []
    for script in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        if script.stem == "screenshots":
            continue
        print(f"== {script.stem}", flush=True)
        if subprocess.run([sys.executable, "-m", f"tests.benchmarks.{script.stem}"], check=False).returncode:
            failed.append(script.stem)
    print(f"under their bounds: {', '.join(failed)}" if failed else "all within their bounds")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
