"""What kind of answer a question asks for, by cues that somebody wrote down and by what a small model has learnt.

    number      a figure with what it counts      date        a day, a year, a time of day
    name        a person, an office, a thing      place       where
    document    a document, an article, a 文号     list        several members
    reason      why                               method      how
    definition  what a term means                 yes_no      是 or 否
    comparison  two things side by side, a sum    metadata    what a document says of itself
    other       a condition, a consequence, what something is about

The cues are regular expressions (``lexicon/question_cues.tsv``), several for each kind: none of them decides. A softmax
regression over which of them are found, over which of those stands last, and over runs of characters or English words
does (``rag.training.question_kinds``).
"""

import itertools
import re
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from rag.fitted_weights import fitted_weights
from rag.lexicon_files import lexicon_rows
from rag.variants import simplified

FORMS = (
    "number", "date", "name", "place", "document", "list", "reason", "method", "definition", "yes_no", "other",
)  # fmt: skip
"""The kinds of words that a reader can look for in a passage."""
KINDS = (*FORMS, "comparison", "metadata")
WEIGHTS = "question_kinds.json"
SCALE = 100
"""The weights are kept as whole numbers, this many to 1."""
CUE = 2.0
"""The value of a cue; other features have less, so that a rare noun does not outvote a question word."""
_LONGEST = 4
_WORD = re.compile(r"[a-z]+")
_EDGES = re.compile(r"[?？。！!，,\s]+$")
_CLAUSE = re.compile("[，,：:；;]")
_WHICH = re.compile(r"由?谁(?!都|也)|哪(?!怕)|多少|多长|几(?![乎个]?都)|什么时候|何时|为什么|为何|怎么[办样]?$")
_WHETHER = re.compile(r"[吗么没不否]$")
_OR_NOT = re.compile(r"(.)不\1|有没有|是不是")
_SURELY = re.compile(r"(?:吧|对不对?|是不是?|对吗)$")
_OFFERED = re.compile(r"是不是|有没有|能不能|会不会|该不该|可不可以|要不要|用不用|行不行|算不算|是否|([一-龥])[没不]\1")
_WH = re.compile(
    r"(?:谁|哪(?!怕)|多少|多[久长大高]|几(?!乎)|什么|怎[么样]|如何|为啥|咋|啥|何(?!况|必))(?!.{0,6}[都也])"
)
"""Words that ask for something else, but not 啥材料都不用."""
_TOLD_TO = re.compile(
    r"^(?:请|麻烦|帮|说|讲|告诉|列|介绍|查|给我|猜)|(?:说说|讲讲|看看|算算|[列说查介绍告诉]+(?:一下|我))[^，]{0,12}吧$"
)
"""请列一下条件吧 asks nothing of the kind."""
_KEPT = 300
"""Characters of a question that are looked at."""


def kind_of(text: str) -> str:
    """The likeliest of ``KINDS`` for ``text``, which may be in simplified or traditional characters or in English."""
    return KINDS[int(np.argmax(_scores(text)))]


def form_of(text: str) -> str:
    """The likeliest of ``FORMS``: what to look for in a passage, also where two of them are to be compared."""
    return FORMS[int(np.argmax(_scores(text)[: len(FORMS)]))]


def features(text: str) -> dict[str, float]:
    """What the model weighs, by name."""
    said = re.sub(r"[0-9]+", "0", re.sub(r"\s+", " ", simplified(text[:_KEPT]).replace("甚么", "什么").lower().strip()))
    hits = [(kind, name, match) for kind, name, cue in _cues() if (match := _last(cue, said)) is not None]
    found = dict.fromkeys([f"cue {name}" for _, name, _ in hits] + [f"any {kind}" for kind, _, _ in hits], CUE)
    if hits:
        found[f"ends last {max(hits, key=lambda hit: hit[2].end())[0]}"] = CUE
        found[f"begins last {max(hits, key=lambda hit: hit[2].start())[0]}"] = CUE
    else:
        found["no cue"] = CUE
    kinds = sorted({kind for kind, _, _ in hits})
    found |= {f"{one} {other}": 1.0 for n, other in enumerate(kinds) for one in kinds[:n]}
    return found | (_words(said) if said.isascii() else _runs(_EDGES.sub("", said)))


def _scores(text: str) -> npt.NDArray[np.float32]:
    weights, bias = _model()
    scores = bias.copy()
    for name, value in features(text).items():
        if (row := weights.get(name)) is not None:
            scores += value * row
    plain = simplified(text)
    if _asks_which(plain):
        scores[KINDS.index("yes_no")] = -np.inf
    elif _asks_whether(plain):
        scores[KINDS.index("yes_no")] = np.inf
    return scores


def _asks_which(text: str) -> bool:
    """Whether the last clause asks who, which or how much, and not whether: 由谁决定是否批准, 谁来查有没有照做."""
    last = _CLAUSE.split(_EDGES.sub("", text))[-1]
    which, or_not = _WHICH.search(last), _OR_NOT.search(last)
    if which is None or _WHETHER.search(last):
        return False
    return or_not is None or (which[0][-1] in "谁哪" and which.start() < or_not.start())


def _asks_whether(text: str) -> bool:
    """Whether the last clause wants yes or no beyond doubt: 不用再交了吧, 是不是要备案, 超没超.

    So do 5,697 of 5,785 labelled questions that look so and can be answered; 442 of them the model took for others.
    """
    said = _EDGES.sub("", text)
    last = _CLAUSE.split(said)[-1]
    if _WH.search(last):
        return False
    return bool(_OFFERED.search(last)) or (bool(_SURELY.search(last)) and not _TOLD_TO.search(said))


def _runs(text: str) -> dict[str, float]:
    """Runs of one to four characters, the edges marked."""
    edged = f"^{text}$"
    return {edged[i : i + n]: 0.5 for n in range(1, _LONGEST + 1) for i in range(len(edged) - n + 1)}


def _words(text: str) -> dict[str, float]:
    """Words, pairs of words, and how the question begins."""
    words = _WORD.findall(text)
    found = {f"word {word}": 0.5 for word in words}
    found |= {f"word {one} {other}": 0.5 for one, other in itertools.pairwise(words)}
    found |= {f"first {' '.join(words[:n])}": 1.0 for n in (1, 2) if words}
    return found | {"English": 1.0}


def _last(cue: re.Pattern[str], text: str) -> re.Match[str] | None:
    last = None
    for match in cue.finditer(text):
        last = match
    return last


@lru_cache
def _cues() -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """Each cue as its kind, its name and its pattern."""
    return tuple((kind, f"{kind} {name}", re.compile(cue)) for kind, name, cue in lexicon_rows("question_cues.tsv"))


@lru_cache
def _model() -> tuple[dict[str, npt.NDArray[np.float32]], npt.NDArray[np.float32]]:
    """For each feature its weights by kind, shape (len(KINDS),); and the bias."""
    said = fitted_weights(WEIGHTS)
    rows = {name: np.divide(row, SCALE, dtype=np.float32) for name, row in said["weights"].items()}
    return rows, np.divide(said["bias"], SCALE, dtype=np.float32)
