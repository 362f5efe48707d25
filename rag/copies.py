"""Copies: the same words in several copies of one document, folded into one passage that names all its places. Pure.

What is the same was measured. Of 1,614 paragraphs of 29 official documents read as text and again as HTML, or with
their lines broken, 1,553 are the same once width, script, spaces and punctuation are folded; the others are cut at
other places, and none differs in a word. Of 247 pairs of paragraphs of two versions of one law that are alike to 0.8
and more (Jaccard over four characters) and agree in figures and negations, nearly all differ in a word that counts
(死亡 and 致残, a 县 added); of the 13 that are alike to 0.95 and more 8 do, and 5 differ in a 的. So at no threshold
does likeness prove a copy: every letter, digit and sign must be the same, 的 alone excepted.

Nor do the same words prove one: 每亩200元 stands under the headings of two crops, 2018年12月27日通过 in two laws.
Copies are of one document (:func:`one_document`), under headings that agree, and where a document repeats itself, they
are the same repetition.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from rag.answer import DocumentRecord, Passage, Place, Span
from rag.terms import folded

LETTERS = 6
"""Fewer in a title (通知, scan0012) name no document."""
LONG = 20
"""Letters of words that show, between documents without a telling title, that one is a copy of the other."""
ALIKE = 0.05
"""By how much, at most, the lengths of such documents differ: of 58 copies in another format 57 are within it."""

_FORWARDING = re.compile("转发|批转|印发|下发|发布|公布|转载")
_BETWEEN = re.compile(r"[\W_]+")
_DASHES = re.compile("[-‐‑‒–—―−~〜]+")
_SIGNS = "%‰<>≤≥≠±×÷=+−$¥€£°√☐☑☒□■✓✔✗✘"
_JOINING = f".:/-{_SIGNS}"
_UNHEARD = str.maketrans({"的": None, "○": "〇"})
_ATTACHED = "附件"


def fold_copies(passages: Sequence[Passage]) -> tuple[Passage, ...]:
    """``passages`` with every copy folded into the one that stands for it, in the order given.

    The one with the best score does; of equal ones the one with the newest date, then the first by path.
    """
    alike: dict[str, list[int]] = {}
    for number, passage in enumerate(passages):
        alike.setdefault(essence(passage.text), []).append(number)
    kept: dict[int, Passage] = {}
    for words, numbers in alike.items():
        kept |= _standing_for([passages[n] for n in numbers], numbers, words)
    return tuple(kept[number] for number in sorted(kept))


@lru_cache(maxsize=2048)
def essence(text: str) -> str:
    """What must be the same in two texts: letters, digits and signs, and what joins digits (3-5, 1.5, 10:30)."""
    return _BETWEEN.sub(_kept, folded(text).translate(_UNHEARD))


def one_document(a: DocumentRecord, b: DocumentRecord, words: str) -> bool:
    """Whether documents that share paragraphs, one being ``words`` (an :func:`essence`), are copies of one another.

    They have the same number; or the same title, unless their numbers differ; or the title of one is in that of the
    other, which forwards or publishes it; or a title tells nothing, and lengths and words are those of a copy.
    """
    numbers = [essence(record.number or "") for record in (a, b)]
    if all(numbers) and numbers[0] == numbers[1]:
        return True
    shorter, longer = sorted((essence(record.title) for record in (a, b)), key=len)
    if sum(map(str.isalpha, shorter)) < LETTERS:
        lengths = a.characters, b.characters
        return not all(numbers) and len(words) >= LONG and max(lengths) - min(lengths) <= ALIKE * max(lengths)
    if shorter == longer:
        return not all(numbers)
    return shorter in longer and _FORWARDING.search(longer.replace(shorter, "", 1)) is not None


def narrowed(copy: Place, text: str, span: Span, marks: Sequence[Span]) -> Place:
    """``copy``, a place of the passage ``text``, cut to what stands there for ``span``, with ``marks`` highlighted.

    The spans are offsets in ``text``. A copy whose letters cannot be told one by one stays whole.
    """
    here, there = _letters(text), _letters(copy.text)
    if here.words != there.words:
        return copy
    start, end = _moved(span, text, here, copy.text, there)
    moved = [_moved(mark, text, here, copy.text, there) for mark in marks]
    return replace(
        copy,
        text=copy.text[start:end],
        start=copy.start + start,
        end=copy.start + end,
        highlights=tuple((copy.start + first, copy.start + last) for first, last in moved),
    )


def _standing_for(passages: Sequence[Passage], numbers: Sequence[int], words: str) -> dict[int, Passage]:
    """Passages of the same ``words`` by their number in the whole, those that are copies folded."""
    if len(passages) == 1:
        return {numbers[0]: passages[0]}
    turns = _turns(passages)
    groups: list[dict[str, int]] = []  # of the places in it by document, the first standing for the others
    for i in _ranked(passages):
        document = passages[i].document.id
        for group in groups:
            first = next(iter(group.values()))
            if (
                document not in group
                and turns[first] == turns[i]
                and one_document(passages[first].document, passages[i].document, words)
                and _headings_agree(passages[first], passages[i])
            ):
                group[document] = i
                break
        else:
            groups.append({document: i})
    return dict(_folded(passages, numbers, list(group.values())) for group in groups)


def _folded(passages: Sequence[Passage], numbers: Sequence[int], group: Sequence[int]) -> tuple[int, Passage]:
    """The first of ``group`` with its copies, and the number of the one that came first."""
    first = passages[group[0]]
    copies = (*first.copies, *(_place(passages[i]) for i in group[1:]))
    return min(numbers[i] for i in group), replace(first, copies=copies)


def _ranked(passages: Sequence[Passage]) -> list[int]:
    """Positions, best score first; of equal ones the newest date, then by path."""
    order = sorted(range(len(passages)), key=lambda i: passages[i].document.path)
    order.sort(key=lambda i: passages[i].document.date or "", reverse=True)
    return sorted(order, key=lambda i: -passages[i].score)


def _turns(passages: Sequence[Passage]) -> list[tuple[int, int]]:
    """For each passage: which of its document's it is, counted in the order of the document, and of how many."""
    many = Counter(passage.document.id for passage in passages)
    met: Counter[str] = Counter()
    turns = {}
    for i in sorted(range(len(passages)), key=lambda i: passages[i].paragraph):
        met[passages[i].document.id] += 1
        turns[i] = met[passages[i].document.id], many[passages[i].document.id]
    return [turns[i] for i in range(len(passages))]


def _headings_agree(a: Passage, b: Passage) -> bool:
    """Whether the headings above say the same, from the innermost outwards, as far as both have any."""
    titles = {essence(a.document.title), essence(b.document.title)}
    above = [[words for words in map(essence, reversed(p.section)) if words not in titles] for p in (a, b)]
    told = [[words for words in headings if not words.startswith(_ATTACHED)] for headings in above]
    # One format ends a heading where another goes on.
    return all(x.startswith(y) or y.startswith(x) for x, y in zip(*told, strict=False))


def _place(passage: Passage) -> Place:
    return Place(
        document=passage.document,
        section=passage.section,
        paragraph=passage.paragraph,
        page=passage.page,
        text=passage.text,
        start=passage.start,
        end=passage.end,
    )


def _kept(match: re.Match[str]) -> str:
    """What is left of a run of characters that are neither letters nor digits."""
    run, text = match[0], match.string
    before, after = text[: match.start()][-1:], text[match.end() :][:1]
    if before.isdigit() and after.isdigit():
        return "".join(sign for sign in _DASHES.sub("-", run) if sign in _JOINING) or " "
    signs = "".join(sign for sign in run if sign in _SIGNS)
    below_zero = after.isdigit() and run.endswith("-") and run[:-1] in ("", "(", ":")
    return f"{signs}-" if below_zero else signs


@dataclass(frozen=True, kw_only=True)
class _Letters:
    """The letters and digits of a text, folded one by one, each with its offset."""

    words: str
    offsets: tuple[int, ...]


def _letters(text: str) -> _Letters:
    pairs = [(c, i) for i, written in enumerate(text) for c in folded(written).translate(_UNHEARD) if c.isalnum()]
    return _Letters(words="".join(c for c, _ in pairs), offsets=tuple(i for _, i in pairs))


def _moved(span: Span, text: str, here: _Letters, other: str, there: _Letters) -> Span:
    """Where in ``other`` stands what is at ``span`` of ``text``, with as many marks around its letters at the most."""
    if text == other:
        return span
    first, behind = bisect_left(here.offsets, span[0]), bisect_left(here.offsets, span[1])
    if first == behind:
        return (0, 0)
    start, end = there.offsets[first], there.offsets[behind - 1] + 1
    for _ in range(here.offsets[first] - span[0]):
        start -= start > 0 and _is_mark(other[start - 1])
    for _ in range(span[1] - here.offsets[behind - 1] - 1):
        end += end < len(other) and _is_mark(other[end])
    return start, end


def _is_mark(character: str) -> bool:
    return not character.isalnum() and not character.isspace()
