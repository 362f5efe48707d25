"""What is said of a question and its answer wherever it is taken to: lines, not yet escaped. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer import Answer, Citation, Passage
from ui import chat, render
from ui.catalog_history import TAKEAWAY
from ui.language import Language, say
from ui.page_exchange import Exchange, sources
from ui.reference import reference


@dataclass(frozen=True, kw_only=True)
class Told:
    """``about`` is how the question was understood and what it was asked of, ``said`` the answer or why there is none.

    ``facts`` are what belongs to the answer: its arithmetic, documents that disagree, how sure it is.
    """

    question: str
    about: tuple[str, ...]
    said: tuple[str, ...]
    facts: tuple[str, ...]
    sources: tuple[Citation | Passage, ...]
    heading: str


def told(exchange: Exchange, language: Language) -> Told:
    """What there is to say of ``exchange``."""
    answer = exchange.answer
    understood = chat.understood(answer, language) if answer else None
    within = say(TAKEAWAY, language, "within", text="、".join(exchange.within)) if exchange.within else ""
    shown = sources(answer) if answer else ()
    answered = answer is not None and answer.answered
    return Told(
        question=exchange.question,
        about=tuple(filter(None, (understood, within))),
        said=_said(answer, language) if answer else (exchange.error or "",),
        facts=_facts(answer, language) if answer else (),
        sources=shown,
        heading=say(TAKEAWAY, language, "sources" if answered else "nearest") if shown else "",
    )


def plain(exchange: Exchange, language: Language) -> str:
    """The question, its answer and its sources as a block of text, for a mail."""
    each = told(exchange, language)
    lines = [say(TAKEAWAY, language, "question", text=each.question), *(f"（{line}）" for line in each.about)]
    lines += _block(each.said, language)
    lines += each.facts
    lines += [each.heading] if each.heading else []
    lines += [f"[{marker}] {reference(source, language)}" for marker, source in numbered(each.sources)]
    return "\n".join(lines)


def numbered(shown: Sequence[Citation | Passage]) -> list[tuple[int, Citation | Passage]]:
    """The sources, each with the number it is shown under."""
    return [(s.marker if isinstance(s, Citation) else n, s) for n, s in enumerate(shown, start=1)]


def _block(said: Sequence[str], language: Language) -> list[str]:
    if len(said) == 1:
        return [say(TAKEAWAY, language, "answer", text=said[0])]
    return [say(TAKEAWAY, language, "answer", text=""), *(f"{n}. {item}" for n, item in enumerate(said, start=1))]


def _said(answer: Answer, language: Language) -> tuple[str, ...]:
    if not answer.answered:
        return (render.reason(answer, language) or "",)
    return answer.items or (answer.answer,)


def _facts(answer: Answer, language: Language) -> tuple[str, ...]:
    if not answer.answered:
        return ()
    sure = say(TAKEAWAY, language, "confidence", percent=round(answer.confidence * 100))
    return tuple(filter(None, (answer.arithmetic, *render.claims_lines(answer, language), sure)))
