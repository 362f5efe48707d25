"""The value under which a share of the values lies: of latency the median and the 95th.

    percentile q = value at position q/100 · (n - 1) of the sorted ones, interpolated between neighbours

R. J. Hyndman, Y. Fan: Sample Quantiles in Statistical Packages, 1996, definition 7; numpy's "linear".
"""

from collections.abc import Sequence

import numpy as np


def percentile(values: Sequence[float], q: float) -> float | None:
    """In the unit of ``values``; ``q`` from 0 to 100. ``None`` where there are no values.

    Raises:
        ValueError: ``q`` is outside 0 to 100.
    """
    if not 0 <= q <= 100:
        raise ValueError(f"a percentile is between 0 and 100, not {q}")
    return float(np.percentile(np.asarray(values, dtype=np.float64), q)) if len(values) else None
