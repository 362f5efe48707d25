"""What is opened beside the chat: a document, and the places of an answer to step through. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer import Citation, Document, DocumentRecord, Passage, Place, Span

Words = Citation | Passage | Place


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One place: the quote, ``mark`` in it (or the quote itself), and the words that it is cited as."""

    document: DocumentRecord
    quote: Span
    mark: Span
    words: Words | None = None

    @property
    def marked(self) -> bool:
        """Whether the answer itself is marked, and not only the quote."""
        return self.mark != self.quote or isinstance(self.words, Citation)


@dataclass(frozen=True, kw_only=True)
class Source:
    """A document, the quote that was opened, what is marked inside it, and all places of the answer.

    ``current`` is which of ``spots`` was opened; ``note`` a line to say with it, as a key of the catalogue.
    """

    document: DocumentRecord
    quote: Span | None = None
    highlights: tuple[Span, ...] = ()
    spots: tuple[Spot, ...] = ()
    current: int = 0
    note: str = ""

    @property
    def here(self) -> tuple[tuple[int, Spot], ...]:
        """The places in this document, each with its number among all."""
        return tuple((n, spot) for n, spot in enumerate(self.spots) if spot.document.id == self.document.id)

    def at(self, number: object) -> "Source | None":
        """The same answer at another of its places; ``None`` for what is none."""
        if not isinstance(number, int) or isinstance(number, bool) or not 0 <= number < len(self.spots):
            return None
        spot = self.spots[number]
        same = (each for each in self.spots if (each.document.id, each.quote) == (spot.document.id, spot.quote))
        marks = tuple(each.mark for each in same if each.marked)
        return replace(self, document=spot.document, quote=spot.quote, highlights=marks, current=number, note="")


def opened(shown: Sequence[Citation | Passage], source: int, copy: int | None = None) -> Source:
    """The source with this number of those ``shown`` with an answer, or its copy, with the places of all of them."""
    found: list[Words] = list(shown)
    if copy is not None:
        found[source] = shown[source].copies[copy]
    words = found[source]
    spots: dict[tuple[str, Span], Spot] = {}
    for spot in (spot for each in found for spot in _spots(each)):
        spots.setdefault((spot.document.id, spot.mark), spot)
    first = _spots(words)[0]
    return Source(
        document=words.document,
        quote=(words.start, words.end),
        highlights=_marks(words),
        spots=tuple(spots.values()),
        current=list(spots).index((first.document.id, first.mark)),
    )


def linked(record: DocumentRecord, document: Document, spans: Sequence[Span]) -> Source:
    """The document at the place that a link names: its quote, then what is marked inside it."""
    size = len(document.text)
    if not spans:
        return Source(document=record)
    (start, end), marks = spans[0], spans[1:]
    if not 0 <= start < end <= size or not all(start <= first < last <= end for first, last in marks):
        return Source(document=record, note="link_offsets")
    quote = (start, end)
    words = _passage(record, document, quote)
    spots = tuple(Spot(document=record, quote=quote, mark=mark, words=words) for mark in marks or (quote,))
    return Source(document=record, quote=quote, highlights=tuple(marks), spots=spots)


def _marks(words: Words) -> tuple[Span, ...]:
    return () if isinstance(words, Passage) else words.highlights


def _spots(words: Words) -> list[Spot]:
    quote = (words.start, words.end)
    marks = sorted(set(_marks(words))) or [quote]
    return [Spot(document=words.document, quote=quote, mark=mark, words=words) for mark in marks]


def _passage(record: DocumentRecord, document: Document, quote: Span) -> Passage:
    """The quote as a passage: its page and its address are those of the paragraph in which it begins."""
    number = next((n for n, p in enumerate(document.paragraphs) if quote[0] < p.end), 0)
    paragraph = document.paragraphs[number]
    return Passage(
        document=record,
        paragraph=number,
        section=paragraph.section,
        page=paragraph.page,
        text=document.text[quote[0] : quote[1]],
        start=quote[0],
        end=quote[1],
        address=paragraph.address,
    )
