"""The libraries below are told to stay on this machine before any of them is imported."""

import os
import subprocess
import sys

SCRIPT = """
import os, sys
from ui.cli import main
main(["--version"])
assert not {"transformers", "huggingface_hub"} & set(sys.modules)
print(os.environ["HF_HUB_OFFLINE"], os.environ["HF_HUB_DISABLE_TELEMETRY"], os.environ["TRANSFORMERS_VERBOSITY"])
"""


def said(**variables: str) -> str:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("HF_", "TRANSFORMERS_"))}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env={**environ, **variables}, capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()[-1]


def test_nothing_is_fetched_and_nothing_is_said_beside_our_own_words() -> None:
    assert said() == "1 1 error"


def test_who_wants_to_hear_more_does_and_who_wants_the_network_does_not_get_it() -> None:
    assert said(TRANSFORMERS_VERBOSITY="info", HF_HUB_OFFLINE="0") == "1 1 info"
