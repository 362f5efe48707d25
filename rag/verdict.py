"""Yes or no: whether the clause that decides a question affirms it.

不 and 未 alone do not tell: 还能…吗 asked of 不得 is no, 要不要…吗 asked of 无须 is no, 可以…吗 asked of 经批准可以 is
mostly yes. A logistic regression weighs cues on both sides (``lexicon/verdict_cues.tsv``), each pair of them, which
side is negated, whether the negation stands before words that both share, how a figure of the question stands to one
of the clause (62岁 asked of 年满65周岁), what the clause says of the one asked about, and runs of characters.
It is fitted on questions with clause and verdict by ``rag.training.verdicts``.
"""

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import combinations

from rag.fitted_weights import fitted_weights
from rag.lexicon_files import lexicon_rows
from rag.responsible import responsible
from rag.thresholds import standing

WEIGHTS = "verdicts.json"
NEGATION = re.compile(
    r"\bnot\b|n't\b|\bnever\b|\bno\b"
    r"|不得|不能|不可|不应|不予|不再|不会|不需|不必|不用|不是|不属|不|未|无须|无需|没有|禁止|严禁|除外|免于|免予|取消|停发|停止|暂停|暂缓|废止|作废|拒绝|限于|仅限"
)
_ALTERNATIVE = re.compile(r"(.)不\1|[能行]不|不[？?]?$|有没有|是不是")
"""A question that offers both, and denies nothing: 能不能, 有没有."""
_BEFORE = re.compile("[不未没无免别非停]|禁止|取消|暂缓|撤销|拒")
_REACH = 4
"""Characters before a shared word in which a negation is its own."""
BY_NEGATION = 0.8
"""How sure negation alone makes it: English questions, of which none are fitted on."""
_RUN = 0.5
"""Value of a run of characters."""
_BOUND = 4.0
"""Value of what a figure tells: it is seldom there, and then decides."""
_WHO = 4.0
"""Value of what tells whether it is up to the one asked about."""
_PARTS = (
    ("alone", re.compile("就[行够好完算]|就可以|自己|直接|单独|光|只")),
    ("also", re.compile("也[要得会能有]|一起|一块|搭把手|配合|参加|还[要得]")),
    ("goes", re.compile("[归由找]|是.{1,8}[管出的办]吧?")),
)
"""Questions whether it does it alone, or too."""
_BOUND_CUE = 2.0
"""Value of that together with a cue of either side."""
_WAYS = (
    ("over", re.compile("超|违|过期|来不及|晚了|逾")),
    ("enough", re.compile("够|符合|达标|合格|来得及|及时|有效|算数")),
)
"""Questions whether something is too much, or enough."""


def affirms(question: str, clause: str) -> float:
    """How likely ``clause`` says yes to ``question``, both in simplified characters; between 0 and 1."""
    if question.isascii():
        agree = bool(NEGATION.search(question.lower())) == bool(NEGATION.search(clause.lower()))
        return BY_NEGATION if agree else 1 - BY_NEGATION
    return affirms_by(features(question, clause))


def affirms_by(signs: Mapping[str, float]) -> float:
    """The same by the ``features`` of both."""
    weights = fitted_weights(WEIGHTS)["weights"]
    score = sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, score))))


def features(question: str, clause: str) -> dict[str, float]:
    """What may tell yes from no, by name."""
    asked = question.rstrip("？?。 ")
    asked_not, said_not = bool(NEGATION.search(_ALTERNATIVE.sub("", asked))), bool(NEGATION.search(clause))
    found = {"bias": 1.0, "one denied": float(asked_not != said_not), "asked not": float(asked_not)}
    found |= {"said not": float(said_not), "both not": float(asked_not and said_not)}
    sides = {side: [name for way, name, cue in _cues() if way == side and cue.search(text)] for side, text in (
        ("asked", asked.lower()), ("said", clause.lower())
    )}  # fmt: skip
    for name in sides["asked"]:
        found |= {f"asked {name}": 1.0, f"asked {name}, said not {said_not}": 1.0}
    for name in sides["said"]:
        found |= {f"said {name}": 1.0, f"said {name}, asked not {asked_not}": 1.0}
    found |= {f"asked {one}, said {other}": 1.0 for one in sides["asked"] for other in sides["said"]}
    found |= {f"said {one} and {other}": 1.0 for one, other in combinations(sides["said"], 2)}
    cues = [f"{side} {name}" for side, names in sides.items() for name in names]
    found |= _aligned(asked, clause, asked_not=asked_not) | _figures(asked, clause, asked_not, said_not, cues)
    found |= _who(asked, clause, asked_not, said_not)
    return found | _runs("Q", asked, 3) | _runs("C", clause, 2)


def _aligned(asked: str, clause: str, *, asked_not: bool) -> dict[str, float]:
    """How often words that both share are denied in the clause, and in the question."""
    shared = [at for at in range(len(clause) - 1) if clause[at : at + 2] in asked]
    denied = sum(bool(_BEFORE.search(clause[max(0, at - _REACH) : at])) for at in shared)
    doubted = sum(
        bool(_BEFORE.search(asked[max(0, at - _REACH + 1) : at]))
        for at in range(len(asked) - 1)
        if asked[at : at + 2] in clause
    )
    return {
        "shared denied": min(denied, 4) / 2,
        "shared": min(len(shared) - denied, 8) / 4,
        "shared doubted": min(doubted, 4) / 2,
        "shared denied, asked not": min(denied, 4) / 2 * asked_not,
        "one side denies": float(bool(denied) != bool(doubted)),
        "covered": sum(character in clause for character in set(asked)) / max(1, len(set(asked))),
        "short": float(len(clause) < 15),
    }


def _figures(asked: str, clause: str, asked_not: bool, said_not: bool, cues: Sequence[str]) -> dict[str, float]:
    """Whether a figure of the question is the clause's, or lies within its bounds, with what else tells its meaning."""
    found = standing(asked, clause)
    if found is None:
        return {}
    name = f"{'bound' if found.bounded else 'figure'} {'met' if found.within else 'missed'}"
    way = next((way for way, words in _WAYS if words.search(asked)), "plain")
    rule, denied, doubted = (
        f"{word} {value}" for word, value in (("rule", found.rule), ("said not", said_not), ("asked not", asked_not))
    )
    together = (
        (name,), (name, denied), (name, rule), (name, rule, denied), (name, doubted), (name, rule, denied, doubted),
        (name, way), (name, way, denied), (name, way, rule),
    )  # fmt: skip
    return {", ".join(names): _BOUND for names in together} | {f"{name}, {cue}": _BOUND_CUE for cue in cues}


def _who(asked: str, clause: str, asked_not: bool, said_not: bool) -> dict[str, float]:
    """What the clause says of the one of whom the question asks."""
    roles = sorted(responsible(asked, clause))
    found = {f"who {role}": _WHO for role in roles}
    found |= {f"who {role}, asked not {asked_not}": _WHO for role in roles}
    found |= {f"who {role}, said not {said_not}": _WHO for role in roles}
    way = next((way for way, words in _PARTS if words.search(asked)), "plain")
    found |= {f"who {role}, {way}": _WHO for role in roles}
    return found | ({f"who {' and '.join(roles)}": _WHO} if len(roles) > 1 else {})


def _runs(side: str, text: str, longest: int) -> dict[str, float]:
    return {side + text[i : i + n]: _RUN for n in range(1, longest + 1) for i in range(len(text) - n + 1)}


@cache
def _cues() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Each cue as its side, its name and its pattern."""
    return tuple((side, name, re.compile(cue)) for side, name, cue in lexicon_rows("verdict_cues.tsv"))
