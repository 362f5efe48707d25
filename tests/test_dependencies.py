"""What may not be installed: a dependency that reaches the network by itself."""

import tomllib
from importlib.metadata import version
from pathlib import Path

TELEMETRY_SINCE = (1, 29)
"""The first release of onnxruntime that sends usage data on Linux and macOS, too."""


def test_onnxruntime_is_one_without_telemetry() -> None:
    assert tuple(int(part) for part in version("onnxruntime").split(".")[:2]) < TELEMETRY_SINCE
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    (wanted,) = [each for each in project["dependencies"] if each.startswith("onnxruntime")]
    assert wanted.endswith(",<1.29")
