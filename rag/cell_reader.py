"""Reads the rows of tables: which cell of which row a question asks for.

A cell answers where the question names something else in its row, and its column. A multinomial logistic regression
weighs that for all cells of the rows that were found, and against that none of them answers; it is fitted on questions
about tables by ``rag.training.cell_weights``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache

import numpy as np

from embeddings.encoder import Encoder
from rag.answer import Passage
from rag.evidence import Evidence, Features, Rarity
from rag.fitted_weights import fitted_weights
from rag.interfaces import Finding, Reader, Reading
from rag.lexicon_files import lexicon_rows
from rag.question import Question
from rag.spans import has_kind
from rag.table_rows import RowCell, row_cells, shown, unit_of
from rag.variants import simplified

WEIGHTS = "cell_reader.json"
SIGNS = (
    "bias",
    "row",              # share of the question's rarity that the other cells of the row hold
    "row best",         # how much less that is than in the row that holds most
    "row characters",   # the same share by single characters
    "row figures",      # whether a figure of the question stands in another cell
    "head",             # share that the head of the column holds
    "head characters",  # the same by single characters, of what the other cells leave open
    "head late",        # how far back in the question the longest run of characters stands that it shares with the head
    "head best",        # how much less that is than in the column that holds most
    "meaning",          # cosine of the question and the head, above the mean of the row's heads
    "context",          # share that title, headings and the text before hold beside
    "lacking",          # share that nothing of them holds
    "echo",             # share that the value itself holds
    "typed",            # whether the value has the form that the question asks for
    "untyped",          # whether it has not, where the question asks for one
    "unit",             # whether value or head hold the unit or noun that the question names
    "column kind",      # whether the head is one for answers of the kind that is asked for
    "other kind",       # whether it is one for others
    "numbered",         # whether it is the first column and only counts the rows
    "yes",              # whether the question wants yes or no
    "rank",             # 1 / rank of the passage
)  # fmt: skip
MOST_SURE = 0.95
"""No answer is surer: of the surest on tables kept apart so many are right."""
_NUMBERED = ("序号", "编号", "No.", "no.", "No", "#")
_NEEDED = ("number", "date", "document")


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """A cell of the row in passage number ``passage``."""

    passage: int
    cell: RowCell


class CellReader:
    """A reader that has rows of tables read by cells, and everything else by ``reader``."""

    def __init__(
        self, *, reader: Reader, encoder: Encoder, rarity: Rarity, weights: Mapping[str, float] | None = None
    ) -> None:
        given = fitted_weights(WEIGHTS)["weights"] if weights is None else weights
        self._weights = np.asarray([given.get(name, 0.0) for name in SIGNS], np.float32)
        self._reader = reader
        self._encoder = encoder
        self._rarity = rarity

    def read(self, questions: Sequence[Question], passages: Sequence[Sequence[Passage]]) -> tuple[Reading, ...]:
        """For each question what answers it in its passages; a row answers with the cell that is asked for."""
        readings = self._reader.read(questions, passages)
        return tuple(self._with_cells(*three) for three in zip(questions, passages, readings, strict=True))

    def candidates(self, question: Question, passages: Sequence[Passage]) -> tuple[list[Candidate], Features]:
        """Every cell of the rows among ``passages``, and a row of ``SIGNS`` for each."""
        rows = [(n, passage, cells) for n, passage in enumerate(passages) if (cells := row_cells(passage.text))]
        found = [Candidate(passage=n, cell=cell) for n, _, cells in rows for cell in cells]
        if not found:
            return [], np.zeros((0, len(SIGNS)), np.float32)
        evidence = Evidence(question, self._rarity)
        asked = self._encoder.encode_queries([question.text])[0]
        signs = [self._signs(question, evidence, asked, n, passage, cells) for n, passage, cells in rows]
        together = np.concatenate(signs)
        at = SIGNS.index("row best")
        together[:, at] = together[:, at - 1] - together[:, at - 1].max()
        return found, together

    def _signs(
        self,
        question: Question,
        evidence: Evidence,
        asked: Features,
        n: int,
        passage: Passage,
        cells: Sequence[RowCell],
    ) -> Features:
        text = simplified(passage.text)
        heads = [text[slice(*cell.head)] for cell in cells]
        values = [text[slice(*cell.value)] for cell in cells]
        cosines = self._encoder.encode_passages([head or "无" for head in heads]) @ asked
        around = evidence.found(simplified(" ".join((passage.document.title, *passage.section, passage.before))))
        told = [evidence.found(value) for value in values]
        weights = evidence.character_weights()
        total = sum(weights.values()) or 1.0

        def share(characters: str) -> float:
            return sum(weight for character, weight in weights.items() if character in characters.lower()) / total

        rows = []
        for i, (head, value) in enumerate(zip(heads, values, strict=True)):
            beside = " ".join(each for k, each in enumerate(values) if k != i)
            others = set().union(*(each for k, each in enumerate(told) if k != i))
            named = evidence.found(head)
            kind = question.form in _NEEDED
            kinds = {name for name, pattern in _columns() if pattern.search(head.lower())}
            unit = unit_of(head)
            typed = kind and has_kind(question.form, question.look, value + unit, (0, len(value + unit)))
            wanted = question.wanted
            rows.append(
                (
                    1.0,
                    evidence.weight(others),
                    0.0,
                    share(beside),
                    float(any(term.isdecimal() for term in others)),
                    evidence.weight(named - others),
                    share(head) - share("".join(set(head) & set(beside))),
                    _late(question.plain, head),
                    0.0,
                    float(cosines[i] - cosines.mean()),
                    evidence.weight(around - others - named),
                    1 - evidence.weight(around | others | named),
                    evidence.weight(told[i]),
                    float(typed),
                    float(kind and not typed),
                    float(bool(wanted) and (wanted in value or wanted in head)),
                    float(question.kind in kinds),
                    float(bool(kinds) and question.kind not in kinds),
                    float(head.strip() in _NUMBERED),
                    float(question.form == "yes_no"),
                    1 / (n + 1),
                )
            )
        signs = np.asarray(rows, np.float32)
        at, of = SIGNS.index("head best"), SIGNS.index("head characters")
        signs[:, at] = signs[:, of] - signs[:, of].max()
        return signs

    def _with_cells(self, question: Question, passages: Sequence[Passage], reading: Reading) -> Reading:
        found, signs = self.candidates(question, passages)
        if not found:
            return reading
        scores = signs @ self._weights
        shares = np.exp(scores - max(0.0, float(scores.max())))
        shares /= shares.sum() + np.exp(-max(0.0, float(scores.max())))
        best = int(np.argmax(shares))
        chosen = found[best]
        text = passages[chosen.passage].text
        said = chosen.cell.value[0] < chosen.cell.value[1]
        finding = Finding(
            passage=chosen.passage,
            quote=(0, len(text)),
            answers=(shown(text, chosen.cell),),
            kind="span",
            confidence=min(MOST_SURE, float(shares[best])),
        )
        rows = {each.passage for each in found}
        # A row that says yes or no in a sentence of its own stays the sentence reader's.
        others = [each for each in reading.findings if each.passage not in rows]
        findings = sorted([*others, *([finding] if said else [])], key=lambda each: -each.confidence)
        return replace(reading, findings=tuple(findings))


def _late(question: str, head: str) -> float:
    """Where the longest run of at least two characters that both share ends in the question; 1 is its end."""
    found = SequenceMatcher(None, question, head, autojunk=False).find_longest_match()
    return (found.a + found.size) / len(question) if found.size > 1 else 0.0


@cache
def _columns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in lexicon_rows("column_heads.tsv"))
