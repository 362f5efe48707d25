"""What is searched: the paragraphs that say something, each with the words that stand above it.

A heading or a title alone answers nothing, yet it is short and full of the question's words, so it would come first.
It is no unit of its own. Its words count for the paragraphs under it instead, and so do the document's title and
number: people ask for "the reply to proposal 35", and no paragraph repeats what it belongs to.
"""

from dataclasses import dataclass

from corpus.document import Document


@dataclass(frozen=True, kw_only=True)
class Unit:
    """A paragraph to be searched: its ordinal in the document, its text, and title, number and headings above it."""

    ordinal: int
    text: str
    above: str

    @property
    def words(self) -> str:
        """What the lexical index counts."""
        return f"{self.above}\n{self.text}" if self.above else self.text


def units(document: Document) -> list[Unit]:
    """The paragraphs of ``document`` to be searched; all of them where it has nothing but headings."""
    named = (document.title, document.metadata.get("number", ""))
    found = [
        Unit(ordinal=n, text=document.text[p.start : p.end], above=" ".join((*named, *p.section)))
        for n, p in enumerate(document.paragraphs)
    ]
    body = [unit for unit in found if document.paragraphs[unit.ordinal].heading is None and unit.text != document.title]
    return body or found
