"""What speaks for a list that a document spells out as the answer to a question: features of a series."""

import math
import re
from collections.abc import Sequence

import numpy as np

from corpus.document import Document
from corpus.enumeration import mark, number
from corpus.series import KINDS, Series
from embeddings.encoder import Encoder
from rag.answer import Passage
from rag.evidence import Evidence, Features
from rag.question import Question
from rag.variants import simplified

SIGNS = (
    "bias",
    "asks for a list",  # whether the question is told as one that does
    "lead",             # share of the question's rarity that the text right above holds
    "above",            # share that the headings hold beside it
    "title",            # share that only the document's title holds
    "members",          # share that only the members hold
    "most in one",      # greatest share that one member holds alone: then it is about that member
    "specific",         # share that the text above holds of what the title leaves open
    "specific members", # share of it that only the members hold
    "specific in one",  # greatest share of it that one member holds alone
    "meaning",          # cosine of the question and the text above
    "heading meaning",  # cosine of the question and the innermost heading
    "members meaning",  # mean of the cosines of the question and the members' words
    "one meaning",      # greatest of them above that mean
    "reached",          # share of the members whose paragraph was found
    "lead reached",     # 1 / rank of the paragraph above among those found
    "first reached",    # 1 / rank of the best of its paragraphs
    "document",         # whether it is in the document that was found first
    "counted right", "counted wrong",  # whether it has as many members as the question says
    "count",            # ln of the number of members
    "colon",            # whether the text above ends in a colon
    "inside",           # whether all members are in one paragraph
    "elsewhere",        # how much more of the question's rarity another paragraph that was found holds than all of it
    *(f"{kind}" for kind in KINDS),
)  # fmt: skip
_COUNT = re.compile(r"([一二两三四五六七八九十]{1,3}|[0-9]{1,2})(?:个?方面|大?[条项点类种个]|大)")


def signs(
    question: Question,
    evidence: Evidence,
    encoder: Encoder,
    document: Document,
    found: Sequence[Series],
    passages: Sequence[Passage],
) -> Features:
    """A row of ``SIGNS`` for each series of ``document``; ``passages`` are those found for the question, best first."""
    if not found:
        return np.zeros((0, len(SIGNS)), np.float32)
    ranks = {p.paragraph: 1 / rank for rank, p in enumerate(passages, 1) if p.document.id == document.id}
    paragraphs = document.paragraphs
    places = [next((n for n, p in enumerate(paragraphs) if p.end >= each.lead[1]), 0) for each in found]
    leads = [_unmarked(simplified(document.text[slice(*each.lead)])) for each in found]
    heads = [[simplified(name) for name in paragraphs[each.members[0].paragraph].section] for each in found]
    inner = [_inner(document, each) for each in found]
    asked = encoder.encode_queries([question.text])[0]
    words = [[simplified(document.text[slice(*member.words)]) for member in each.members] for each in found]
    every = (encoder.encode_passages([text for each in words for text in each]) @ asked).tolist()
    meaning = (encoder.encode_passages(leads) @ asked).tolist()
    inner_meaning = (encoder.encode_passages(inner) @ asked).tolist()
    said = _COUNT.search(question.plain)
    told = number(said[1].replace("两", "二")) if said else 0
    cosines = iter(every)
    title = evidence.found(simplified(document.title))
    left = max(0.1, 1 - evidence.weight(title))
    passed = [(p.document.id == document.id, p.paragraph, evidence.weight(evidence.found(p.text))) for p in passages]

    def elsewhere(own: set[int]) -> float:
        """The most that a paragraph which was found holds and which is none of the series' ``own``."""
        return max((share for same, paragraph, share in passed if not (same and paragraph in own)), default=0.0)

    rows = []
    for n, each in enumerate(found):
        close = [next(cosines) for _ in words[n]]
        lead = evidence.found(leads[n])
        above = evidence.found(" ".join(heads[n])) | lead
        members = [evidence.found(simplified(document.text[slice(*m.quote)])) for m in each.members]
        around = above | title
        numbers = {member.paragraph for member in each.members}
        count = len(each.members)
        rows.append(
            (
                1.0,
                float(question.kind == "list"),
                evidence.weight(lead),
                evidence.weight(above - lead),
                evidence.weight(title - above),
                evidence.weight(set().union(*members) - around),
                max(evidence.weight(one - around) for one in members),
                evidence.weight(lead - title) / left,
                evidence.weight(set().union(*members) - around) / left,
                max(evidence.weight(one - around) for one in members) / left,
                meaning[n],
                inner_meaning[n],
                sum(close) / len(close),
                max(close) - sum(close) / len(close),
                sum(paragraph in ranks for paragraph in numbers) / len(numbers),
                ranks.get(places[n], 0.0),
                max((ranks.get(paragraph, 0.0) for paragraph in (*numbers, places[n])), default=0.0),
                float(bool(passages) and passages[0].document.id == document.id),
                float(told == count),
                float(told not in (0, count)),
                math.log(count),
                float(leads[n].rstrip().endswith(("：", ":"))),
                float(len(numbers) == 1),
                max(0.0, elsewhere(numbers | {places[n]}) - evidence.weight(set().union(around, *members))),
                *(float(each.kind == kind) for kind in KINDS),
            )
        )
    return np.asarray(rows, np.float32)


def _unmarked(text: str) -> str:
    here = mark(text)
    return text[here.end :] if here else text


def _inner(document: Document, series: Series) -> str:
    """The innermost heading that all members stand under."""
    paths = [document.paragraphs[member.paragraph].section for member in series.members]
    common = [names[0] for names in zip(*paths, strict=False) if len(set(names)) == 1]
    return simplified(common[-1]) if common else simplified(document.title)
