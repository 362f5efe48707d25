"""What the libraries below are told before any of them is imported: stay on this machine, leave the terminal to us."""

import os

OFFLINE = {"HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
QUIET = {"HF_HUB_DISABLE_PROGRESS_BARS": "1", "TRANSFORMERS_VERBOSITY": "error"}
"""A model that does not fit is said in our one line, not in a table before it; who sets these himself is left alone."""


def settle_libraries() -> None:
    """Set their variables for this process."""
    os.environ.update(OFFLINE)
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
