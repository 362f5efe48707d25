"""What search by words gains where question and text differ in wording: ``python -m tests.benchmarks.rewording``.

Rows: the written terms alone; with the terms of figures (``rag.figure_terms``); with these and each kind of other words
(``rag.related_words``); with all. Groups: the questions of ``official_qa.jsonl`` in other words than the text
(paraphrase) and in its words (lexical); those that hold a figure, as they are and with each figure in another writing
(2020年 as 二〇二〇年, 三万元 as 30000元); CMRC 2018 and DRCD, where nothing may be lost. All are asked of one pool: the
paragraphs of all these sets and of the policies, among ``--laws`` paragraphs of the laws.

Only articles that nothing was chosen on; ``--tuned`` asks the others, on which words and weights were chosen.
"""

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import numpy as np

from embeddings.training.sources import Article, Question, laws, official_questions, policies, squad_questions
from embeddings.training.split import held_out
from rag import lexical
from rag.figures import Date, DocumentNumber, Figure, figures
from rag.lexical import LexicalIndex
from rag.numerals import chinese, plain
from rag.search_terms import WEIGHTS, Rarity, asked_terms
from rag.terms import passage_terms, query_terms

DEPTH = 50
DIGITS = "〇一二三四五六七八九"
Asking = Callable[[str, Rarity], Mapping[str, float]]


def written(question: str, _: Rarity) -> Mapping[str, float]:
    """The terms of a question as it is written."""
    return dict.fromkeys(query_terms(question), 1.0)


def with_kinds(*kinds: str) -> Asking:
    """Figures, and these kinds of other words."""
    return lambda question, rarity: asked_terms(question, rarity, {kind: WEIGHTS[kind] for kind in kinds})


def rewritten(question: str) -> str:
    """``question`` with each of its figures in digits where it is in characters, and the other way round."""
    for figure in reversed(figures(question)):
        start, end = figure.span
        question = question[:start] + _otherwise(figure, question[start:end]) + question[end:]
    return question


def _otherwise(figure: Figure, words: str) -> str:
    in_digits = any(sign.isascii() and sign.isdecimal() for sign in words)
    if isinstance(figure, DocumentNumber):
        return f"({figure.year})第{figure.serial}号"
    if isinstance(figure, Date):
        parts = ((figure.year, "年"), (figure.month, "月"), (figure.day, "日"))
        return "".join(_date_part(n, unit, in_digits) + unit for n, unit in parts if n)
    if figure.unit == "%":
        return (
            f"百分之{chinese(int(figure.value))}" if in_digits and _whole(figure.value) else f"{plain(figure.value)}%"
        )
    if figure.unit == "‰" or figure.unit.startswith("/"):
        return words
    if not in_digits:
        return plain(figure.value) + figure.unit
    step = "万" if figure.value >= 10_000 else ""
    few = figure.value / 10_000 if step else figure.value
    return chinese(int(few)) + step + figure.unit if _whole(few) else words


def _whole(value: Decimal) -> bool:
    """Whether :func:`chinese` writes it."""
    return value == int(value) and 0 < value < 10_000


def _date_part(number: int, unit: str, in_digits: bool) -> str:
    if not in_digits:
        return str(number)
    return "".join(DIGITS[int(digit)] for digit in str(number)) if unit == "年" else chinese(number)


def groups(data: Path, tuned: bool, most: int) -> dict[str, list[Question]]:
    """The questions by group, every so-many-eth of each where there are more than ``most``."""
    found: dict[str, list[Question]] = {}
    for question in official_questions(data):
        if question.answerable and held_out(question.article) != tuned:
            found.setdefault(question.style, []).append(question)
    for question in squad_questions(data):
        if held_out(question.article) != tuned:
            found.setdefault(question.article.partition(":")[0], []).append(question)
    found["figures"] = [q for group in found.values() for q in group if rewritten(q.question) != q.question]
    thinned = {name: group[:: max(1, len(group) // most)] for name, group in found.items()}
    other = [replace(q, question=rewritten(q.question)) for q in thinned["figures"]]
    return thinned | {"figures rewritten": other}


def pool(data: Path, asked: Mapping[str, Sequence[Question]], most: int) -> dict[str, int]:
    """Each paragraph with its number: those of all questions, the policies, and ``most`` others of the laws."""
    theirs = {q.paragraph for q in (*official_questions(data), *squad_questions(data))}
    theirs |= {q.paragraph for group in asked.values() for q in group} | set(_paragraphs(policies(data)))
    others = sorted(set(_paragraphs(laws(data))) - theirs)
    if len(others) > most:
        others = random.Random(0).sample(others, most)
    return {text: n for n, text in enumerate((*sorted(theirs), *others))}


def _paragraphs(articles: Iterable[Article]) -> Iterator[str]:
    for article in articles:
        for section in article.sections:
            yield from (text for text in section.paragraphs if len(text) > 10)


def row(name: str, index: LexicalIndex, asked: Sequence[Question], numbers: Mapping[str, int]) -> str:
    ranks = []
    for question in asked:
        ids = [id for id, _ in index.search(question.question, DEPTH)]
        gold = numbers[question.paragraph]
        ranks.append(1 + ids.index(gold) if gold in ids else DEPTH + 1)
    rank = np.array(ranks)
    reciprocal = np.where(rank <= 10, 1 / rank, 0).mean()
    hits = " | ".join(f"{(rank <= k).mean():.3f}" for k in (1, 8, DEPTH))
    return f"| {name} | {len(rank):,} | {hits} | {reciprocal:.3f} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--laws", type=int, default=5_000, metavar="N", help="paragraphs of the laws among the others")
    parser.add_argument("--most", type=int, default=1_000, metavar="N", help="questions of each group")
    parser.add_argument("--tuned", action="store_true", help="the questions that words and weights were chosen on")
    arguments = parser.parse_args()
    if not arguments.data.is_dir():
        print(f"skipped: {arguments.data} is not here")
        return 0
    asked = groups(arguments.data, arguments.tuned, arguments.most)
    numbers = pool(arguments.data, asked, arguments.laws)
    rows: list[tuple[str, Asking]] = [
        ("figures", with_kinds("numeral")),
        ("+ abbreviations", with_kinds("numeral", "abbreviation")),
        ("+ synonyms", with_kinds("numeral", "synonym")),
        ("all", with_kinds(*WEIGHTS)),
    ]
    print(f"{len(numbers):,} paragraphs\n\n| terms, questions | n | hit@1 | hit@8 | hit@{DEPTH} | MRR@10 |")
    print("|---|---|---|---|---|---|", flush=True)
    with TemporaryDirectory() as folder:
        with patch.object(lexical, "stored_terms", passage_terms):
            index = LexicalIndex.create(Path(folder) / "written")
            index.add(list(numbers.values()), list(numbers))
            index.commit()
        with patch.object(lexical, "asked_terms", written):
            for group, members in asked.items():
                print(row(f"written, {group}", index, members, numbers), flush=True)
        index = LexicalIndex.create(Path(folder) / "stored")
        index.add(list(numbers.values()), list(numbers))
        index.commit()
        for name, asking in rows:
            with patch.object(lexical, "asked_terms", asking):
                for group, members in asked.items():
                    print(row(f"{name}, {group}", index, members, numbers), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
