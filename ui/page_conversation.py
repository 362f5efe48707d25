"""The conversation as HTML: questions, answers, numbered sources that can be opened. Pure, everything escaped."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.answer import Answer, Citation, Passage, Place
from rag.scope import Scope
from ui import chat, render
from ui.catalog import RENDER
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.page_feedback import Thumbs
from ui.page_scope import within_html
from ui.source_places import Source as Source
from ui.source_places import opened
from ui.source_tools import cite_html


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """One question, and the answer once there is one; ``error`` is why there never will be. ``key`` names it.

    ``scope`` is what it is asked of, and ``within`` the same in words, where that is not everything.
    """

    question: str
    scope: Scope | None = None
    within: tuple[str, ...] = ()
    answer: Answer | None = None
    error: str | None = None
    key: str = field(default_factory=lambda: secrets.token_hex(8))


def sources(answer: Answer) -> tuple[Citation | Passage, ...]:
    """What is shown under an answer, in order: its citations, or for a refusal the nearest passages."""
    return answer.citations if answer.answered else answer.nearest[: render.NEAREST_SHOWN]


def source_at(exchanges: Sequence[Exchange], turn: object, source: object, copy: object = None) -> Source | None:
    """The source that a click names by two numbers, or its copy with a third; ``None`` for whatever does not exist."""
    if not isinstance(turn, int) or not isinstance(source, int) or not 0 <= turn < len(exchanges):
        return None
    answer = exchanges[turn].answer
    shown = sources(answer) if answer else ()
    if not 0 <= source < len(shown):
        return None
    if copy is not None and (not isinstance(copy, int) or not 0 <= copy < len(shown[source].copies)):
        return None
    return opened(shown, source, copy)


def conversation_html(exchanges: Sequence[Exchange], thumbs: Thumbs, language: Language) -> str:
    """Every exchange, oldest first, with the thumbs that were given."""
    return "".join(_exchange(turn, exchange, thumbs, language) for turn, exchange in enumerate(exchanges))


def welcome_html(questions: Sequence[str], language: Language, *, read_only: bool, empty: bool) -> str:
    """What an empty conversation shows: where we are, and questions to click."""
    note = say(WEB, language, "samples" if read_only else "empty") if read_only or empty else ""
    buttons = "".join(
        f'<li><button type="button" class="example" data-question="{html(question)}">{html(question)}</button></li>'
        for question in questions
    )
    listed = f"<h2>{html(say(WEB, language, 'try'))}</h2><ul class='examples'>{buttons}</ul>" if buttons else ""
    return (
        f'<div class="welcome"><p class="tagline">{html(say(WEB, language, "tagline"))}</p>'
        f"{f'<p class=note>{html(note)}</p>' if note else ''}{listed}</div>"
    )


def _exchange(turn: int, exchange: Exchange, thumbs: Thumbs, language: Language) -> str:
    if exchange.error is not None:
        reply = f'<p class="error">{html(exchange.error)}</p>'
    elif exchange.answer is None:
        reply = f'<p class="pending">{html(say(WEB, language, "asking"))}</p>'
    else:
        reply = _reply(turn, exchange.answer, language) + thumbs.html(exchange.key, language)
    return (
        f'<section class="turn"><p class="asked">{html(exchange.question)}</p>'
        f'{within_html(exchange.within, language)}<div class="reply" aria-live="polite">{reply}</div></section>'
    )


def _reply(turn: int, answer: Answer, language: Language) -> str:
    completed = chat.understood(answer, language)
    note = ""
    if completed:
        amend = html(say(WEB, language, "amend_question"))
        button = f'<button type="button" data-retype="{html(answer.asked)}">{amend}</button>'
        note = f'<p class="understood">{html(completed)} {button}</p>'
    if answer.answered:
        items = "".join(f"<li>{html(item)}</li>" for item in answer.items)
        short = f"<ul>{items}</ul>" if items else f"<p>{html(answer.answer)}</p>"
        short += f'<p class="arithmetic">{html(answer.arithmetic)}</p>' if answer.arithmetic else ""
        short += _claims(answer, language)
        figures = (
            say(WEB, language, "confidence", percent=round(answer.confidence * 100)),
            say(WEB, language, "seconds", seconds=f"{answer.timing_ms.total / 1000:.2f}"),
        )
        shown = f'<div class="answer">{short}</div><p class="figures">{html(" · ".join(figures))}</p>'
    else:
        shown = (
            f'<div class="answer refused"><p><strong>{html(say(WEB, language, "refused"))}</strong> '
            f"{html(_reason(answer, language))}</p></div>"
        )
    listed = "".join(_source(turn, place, each, language) for place, each in enumerate(sources(answer)))
    if listed:
        heading = html(say(WEB, language, "sources" if answer.answered else "nearest"))
        listed = f'<p class="sources-heading">{heading}</p><ol class="sources">{listed}</ol>'
    return note + shown + listed


def _reason(answer: Answer, language: Language) -> str:
    if answer.reason == "empty_index":
        return say(WEB, language, "empty")
    return render.reason(answer, language) or ""


def _source(turn: int, place: int, source: Citation | Passage, language: Language) -> str:
    line = render.source_line(source, language)
    if isinstance(source, Citation):
        marker, quote = source.marker, render.marked_html(source.quote, source.start, source.highlights)
    else:
        marker, quote = place + 1, html(source.text)
    return (
        f'<li><button type="button" class="source" data-turn="{turn}" data-source="{place}"'
        f' title="{html(say(WEB, language, "open_source", source=line))}">'
        f'<span class="marker">{marker}</span><span class="source-line">{html(line)}</span>'
        f'<span class="quote" lang="zh">{quote}</span></button>{_copies(turn, place, source.copies, language)}'
        f"{cite_html(source, language)}</li>"
    )


def _copies(turn: int, source: int, copies: Sequence[Place], language: Language) -> str:
    """Where else it stands, each place to be opened; those that are many, on demand."""
    buttons = [
        f'<button type="button" class="copy" data-turn="{turn}" data-source="{source}" data-copy="{number}"'
        f' title="{html(say(WEB, language, "open_source", source=line))}">{html(line)}</button>'
        for number, line in enumerate(render.copy_line(copy, language) for copy in copies)
    ]
    if not buttons:
        return ""
    first, rest = "".join(buttons[: render.COPIES_SHOWN]), buttons[render.COPIES_SHOWN :]
    if rest:
        more = html(say(RENDER, language, "more_copies", count=len(rest)))
        first += f"<details><summary>{more}</summary>{''.join(rest)}</details>"
    return f'<div class="copies"><span>{html(say(RENDER, language, "copies"))}</span>{first}</div>'


def _claims(answer: Answer, language: Language) -> str:
    """What the documents say that disagree, one below the other."""
    lead, *lines = render.claims_lines(answer, language) or [""]
    rows = "".join(f"<li>{html(line)}</li>" for line in lines)
    return f'<div class="claims"><p>{html(lead)}</p><ul>{rows}</ul></div>' if rows else ""
