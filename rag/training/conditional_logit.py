"""Conditional logit: weights under which the right members of each group stand out (McFadden 1974)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt


def conditional_logit(
    groups: Sequence[tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]]], prior: Sequence[float], decay: float
) -> list[float]:
    """Weights that maximise the mean of ``ln sum_right exp(w x) - ln sum_all exp(w x) - decay |w - prior|^2``.

    Each group has rows of features, shape (members, features), and which of them are right; at least one is.
    """
    import torch

    features = torch.from_numpy(np.concatenate([rows for rows, _ in groups]))
    right = torch.from_numpy(np.concatenate([correct for _, correct in groups]))
    sizes = torch.tensor([len(rows) for rows, _ in groups])
    group = torch.repeat_interleave(torch.arange(len(groups)), sizes)
    start = torch.tensor(prior, dtype=torch.float32)
    weights = start.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([weights], max_iter=300, line_search_fn="strong_wolfe")

    def summed(logits: torch.Tensor) -> torch.Tensor:
        """Logarithm of the sum of exp(logits) in each group; logits are small enough to need no shift."""
        return torch.zeros(len(groups)).index_add(0, group, logits.clamp(-40, 40).exp()).clamp_min(1e-30).log()

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        logits = features @ weights
        value = (summed(logits) - summed(logits.masked_fill(~right, -40))).mean() + decay * (
            (weights - start) ** 2
        ).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    return [round(float(weight), 4) for weight in weights.detach()]
