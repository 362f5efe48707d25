"""Questions made from unlabelled text, of two kinds.

A figure, date, name, document number or title in a sentence is the answer, the rest of the sentence with a question
word in its place the question (Lewis, Denoyer and Riedel, Unsupervised question answering by cloze translation, 2019).
And a run of characters that recurs in a paragraph is the answer where it stands, and another sentence that holds it,
taken out of the paragraph, the question (Ram et al., Few-shot question answering by pretraining span selection, 2021).
"""

import random
import re
from collections.abc import Iterator, Sequence

from embeddings.training.exercises import Exercise
from rag.answer import Span
from rag.sentences import clauses, sentences
from rag.spans import DATE, DOCUMENT_NUMBER, NUMBER, OFFICE, TITLE

ASKED = (
    (DOCUMENT_NUMBER, ("什么文号", "哪个文号", "几号文")),
    (DATE, ("什么时候", "哪年", "何时", "哪一天")),
    (NUMBER, ("多少", "几", "多大", "多久")),
    (TITLE, ("什么文件", "哪个规定", "哪部法规")),
    (OFFICE, ("哪个部门", "谁", "哪个单位", "什么机构")),
)
"""What is looked for, and the words that ask for it."""
RECURRING = re.compile(r"(?=([\u4e00-\u9fff]{4,12}).+?\1)", re.S)
WHAT = ("什么", "哪些", "谁", "什么东西")
LONGEST = 40
"""Characters of a question at the most."""


def cloze(texts: Sequence[tuple[str, str]], draw: random.Random) -> Iterator[Exercise]:
    """At most one question of each kind for each of ``texts``, given as (title, paragraph)."""
    for title, text in texts:
        for made in (_of_entity(text, draw), _of_recurring(text, draw)):
            if made:
                question, paragraph, span = made
                yield Exercise(
                    question=question, headings=title, text=paragraph, spans=(span,),
                    answers=(paragraph[slice(*span)],), article="", source="cloze",
                )  # fmt: skip


def _of_entity(text: str, draw: random.Random) -> tuple[str, str, Span] | None:
    found = [
        (match.span(), words)
        for pattern, words in ASKED
        for match in pattern.finditer(text)
        if text.count(match[0]) == 1 and len(match[0]) > 1
    ]
    if not found:
        return None
    span, words = draw.choice(found)
    sentence = next((s for s in sentences(text) if s[0] <= span[0] and span[1] <= s[1]), None)
    if sentence is None:
        return None
    parts = clauses(text, sentence)
    own = next((n for n, part in enumerate(parts) if part[0] <= span[0] and span[1] <= part[1]), None)
    if own is None:
        return None
    first, last = parts[own]
    asked = text[first : span[0]] + draw.choice(words) + text[span[1] : last]
    if own and draw.random() < 0.5:
        before = text[slice(*parts[own - 1])]
        asked = draw.choice((f"{before}，{asked}", f"{asked}，{before}"))
    return (_question(asked, draw), text, span) if len(asked) > 6 else None


def _of_recurring(text: str, draw: random.Random) -> tuple[str, str, Span] | None:
    runs = list(dict.fromkeys(match[1] for match in RECURRING.finditer(text[:600])))
    draw.shuffle(runs)
    for run in runs[:5]:
        holding = [span for span in sentences(text) if run in text[slice(*span)]]
        if len(holding) < 2:
            continue
        first, last = draw.choice(holding)
        rest = text[:first] + text[last:]
        parts = [part for part in clauses(text, (first, last)) if run in text[slice(*part)]]
        if not parts or run not in rest or len(rest) < 20:
            continue
        asked = text[slice(*draw.choice(parts))].replace(run, draw.choice(WHAT))
        if len(asked) > 6:
            at = rest.index(run)
            return _question(asked, draw), rest, (at, at + len(run))
    return None


def _question(words: str, draw: random.Random) -> str:
    """``words`` shortened, and some of its halves turned round, as people do not ask in the order of the text."""
    halves = re.split(r"[，,]", words)
    if len(halves) == 1 and len(words) > 16 and draw.random() < 0.3:
        at = draw.randrange(5, len(words) - 5)
        halves = [words[at:], words[:at]]
    elif draw.random() < 0.3:
        draw.shuffle(halves)
    return "，".join(halves)[-LONGEST:] + draw.choice(("？", "", "?"))
