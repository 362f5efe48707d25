"""Answers altered by machine, and whether the check notices: ``python -m tests.benchmarks.perturbations [--show]``.

Of the labelled questions on policies and laws (``../shared/data/official_qa.jsonl``) the sentences that hold an answer
are taken as quotes and as what is said. Each is altered in one way where it can be: a digit, a year, a unit, a 不 put
in or taken away, another office. The true ones are checked as they are, their figures written otherwise, and cut to the
answer's own clause.
"""

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from rag.answer_check import cuts, doubts
from rag.figures import Date, Figure, Quantity, figures
from rag.numerals import chinese, plain
from rag.sentences import clauses, sentences
from rag.spans import OFFICE

DATA = Path("../shared/data/official_qa.jsonl")
UNITS = {
    "万元": "亿元", "元": "万元", "日": "个月", "天": "个月", "年": "个月", "个月": "年",
    "%": "‰", "人": "户", "家": "个",
}  # fmt: skip
AFFIRMED = {"不得": "应当", "不予": "予以", "不能": "能", "不再": "再"}
NEGATED = re.compile(r"不得|不予|不能|不再|未|不")
DENIABLE = re.compile(r"应当|可以|必须|需要|能够|属于")
Alter = Callable[[str, random.Random, list[str]], str | None]


def digit(said: str, draw: random.Random, offices: list[str]) -> str | None:
    """One digit of a figure is another."""
    spans = [f.span for f in figures(said) if isinstance(f, Quantity) and re.search("[1-9]", said[slice(*f.span)])]
    if not spans:
        return None
    start, end = draw.choice(spans)
    at = draw.choice([n for n in range(start, end) if said[n] in "123456789"])
    other = draw.choice([d for d in "123456789" if d != said[at]])
    return said[:at] + other + said[at + 1 :]


def year(said: str, draw: random.Random, offices: list[str]) -> str | None:
    """A year is the next one or the one before."""
    dates = [f for f in figures(said) if isinstance(f, Date) and f.year and said[f.span[0] : f.span[0] + 4].isdecimal()]
    if not dates:
        return None
    chosen = draw.choice(dates)
    return said[: chosen.span[0]] + str((chosen.year or 0) + draw.choice([-1, 1])) + said[chosen.span[0] + 4 :]


def unit(said: str, draw: random.Random, offices: list[str]) -> str | None:
    """A figure has another unit."""
    found = []
    for figure in figures(said):
        if isinstance(figure, Quantity):
            name = figure.unit.replace("元", "万元") if said[: figure.span[1]].endswith("万元") else figure.unit
            if name in UNITS and not said[: figure.span[1]].endswith("亿元"):
                found.append((figure.span[1] - len(name), figure.span[1], UNITS[name]))
    if not found:
        return None
    start, end, other = draw.choice(found)
    return said[:start] + other + said[end:]


def denial(said: str, draw: random.Random, offices: list[str]) -> str | None:
    """A 不 is taken away, or put in."""
    if matches := list(NEGATED.finditer(said)):
        match = draw.choice(matches)
        return said[: match.start()] + AFFIRMED.get(match[0], "") + said[match.end() :]
    if matches := list(DENIABLE.finditer(said)):
        match = draw.choice(matches)
        return said[: match.start()] + "不" + said[match.start() :]
    return None


def office(said: str, draw: random.Random, offices: list[str]) -> str | None:
    """Another office is named."""
    found = [m for m in OFFICE.finditer(said) if len(m[0]) >= 4]
    others = [name for name in offices if name not in said]
    if not found or not others:
        return None
    match = draw.choice(found)
    return said[: match.start()] + draw.choice(others) + said[match.end() :]


ALTERATIONS: dict[str, Alter] = {"digit": digit, "year": year, "unit": unit, "denial": denial, "office": office}
OFFICES = [
    "省交通运输厅",
    "市场监督管理局",
    "国家税务总局",
    "县级人民政府民政部门",
    "公安机关交通管理部门",
    "自治区林业和草原局",
]


def rewritten(said: str) -> str:
    """The figures written otherwise: years and small figures in characters, percentages in words."""
    out, last = [], 0
    for figure in figures(said):
        out += [said[last : figure.span[0]], _otherwise(figure, said[slice(*figure.span)])]
        last = figure.span[1]
    return "".join([*out, said[last:]])


def _otherwise(figure: Figure, words: str) -> str:
    if isinstance(figure, Date) and figure.year and words[:4].isdecimal():
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in words[:4]) + words[4:]
    if not isinstance(figure, Quantity) or not re.fullmatch(rf"{plain(figure.value)}\D*", words):
        return words
    if figure.unit == "%":
        return f"百分之{plain(figure.value)}"
    whole = figure.unit and 1 < figure.value < 9999 and figure.value == int(figure.value)
    return chinese(int(figure.value)) + words[len(plain(figure.value)) :] if whole else words


def true_cases(lines: Sequence[dict[str, str]]) -> list[tuple[str, str]]:
    """Sentences with the answers in them."""
    cases = []
    for line in lines:
        text, answer = line["text"], line["answer"]
        places = [match.span() for match in re.finditer(re.escape(answer), text)] if answer else []
        at = next((place[0] for place in places if not cuts(text, place)), None)
        found = next((s for s in sentences(text) if at is not None and s[0] <= at < s[1]), None)
        if found is not None and found[1] - found[0] >= 12:
            cases.append((text[slice(*found)], answer))
    return cases


def altered(cases: Sequence[tuple[str, str]], each: int, draw: random.Random, *, show: bool) -> None:
    """Alter, check, and print what was caught."""
    caught: Counter[str] = Counter()
    made: Counter[str] = Counter()
    for name, alter in ALTERATIONS.items():
        for quote, _ in cases:
            said = alter(quote, draw, OFFICES) if made[name] < each else None
            if said is None or said == quote:
                continue
            made[name] += 1
            noticed = bool(doubts(said, [quote]))
            caught[name] += noticed
            if show and not noticed:
                print(f"missed {name}: {said}\n    of {quote}")
        print(f"{name:8} {caught[name]} of {made[name]} caught")
    print(f"altered  {caught.total()} of {made.total()} caught: {caught.total() / made.total():.3f}")


def unaltered(cases: Sequence[tuple[str, str]], *, show: bool) -> None:
    """Check what is true, and print what was flagged."""
    flagged, said_in_all = 0, 0
    for quote, answer in cases:
        clause = next((quote[s:e] for s, e in clauses(quote, (0, len(quote))) if answer in quote[s:e]), answer)
        for said in (quote, rewritten(quote), clause, answer):
            said_in_all += 1
            found = doubts(said, [quote])
            flagged += bool(found)
            if show and found:
                print(f"flagged {[(d.kind, said[slice(*d.span)]) for d in found]}: {said}\n    of {quote}")
    print(f"true     {flagged} of {said_in_all} flagged")


def main() -> None:
    """Print what was caught and what was flagged."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.perturbations", description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--each", type=int, default=40, help="altered answers of each kind")
    parser.add_argument("--true", type=int, default=600, help="sentences that are checked unaltered")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    if not arguments.data.exists():
        print(f"skipped: {arguments.data} is not here")
        return
    draw = random.Random(0)
    lines = [json.loads(line) for line in arguments.data.read_text(encoding="utf-8").splitlines()]
    draw.shuffle(lines)
    cases = true_cases(lines)
    altered(cases, arguments.each, draw, show=arguments.show)
    unaltered(cases[-arguments.true :], show=arguments.show)


if __name__ == "__main__":
    main()
