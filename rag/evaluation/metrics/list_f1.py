"""F1 over the members of a list.

    matched = size of the largest one-to-one matching of given with wanted members
    precision = matched / |given|      recall = matched / |wanted|
    F1 = 2 · precision · recall / (precision + recall) = 2 · matched / (|given| + |wanted|)

Two members match where either holds the other (``containment.holds``): 融资难 and 融资难的问题 are one member.
One-to-one, as in the multi-span F1 of DROP (D. Dua et al., NAACL 2019): nothing is won by saying a member twice. The
matching is found with augmenting paths (H. W. Kuhn: The Hungarian Method for the Assignment Problem, 1955).
"""

from collections.abc import Sequence

from rag.evaluation.metrics.containment import holds


def list_f1(given: Sequence[str], wanted: Sequence[str]) -> float:
    """Between 0 and 1; 1.0 where both lists are empty."""
    if not given and not wanted:
        return 1.0
    fits = [[n for n, other in enumerate(wanted) if holds(one, other) or holds(other, one)] for one in given]
    return 2 * _largest_matching(fits) / (len(given) + len(wanted))


def _largest_matching(fits: Sequence[Sequence[int]]) -> int:
    """How many rows can have a column of their own; ``fits[row]`` lists the columns that it could have."""
    owner: dict[int, int] = {}

    def place(row: int, tried: set[int]) -> bool:
        for column in fits[row]:
            if column not in tried:
                tried.add(column)
                if column not in owner or place(owner[column], tried):
                    owner[column] = row
                    return True
        return False

    return sum(place(row, set()) for row in range(len(fits)))
