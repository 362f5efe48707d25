"""The conversation as HTML: questions, answers, numbered sources that can be opened. Pure, everything escaped."""

from collections.abc import Sequence

from rag.answer import Answer, Citation, Passage, Place
from ui import chat, render
from ui.catalog import RENDER
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.page_exchange import Exchange, sources
from ui.page_feedback import Thumbs
from ui.page_scope import within_html
from ui.page_turn import hints_html, pending_html, sureness, tools_html
from ui.source_tools import cite_html

STEPS = ("step_add", "step_ask", "step_check")
"""What whoever sees the page for the first time is told to do."""


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
    steps = "".join(f"<li>{html(say(WEB, language, step))}</li>" for step in STEPS) if read_only or empty else ""
    start = f'<ol class="steps-to-start">{steps}</ol>' if steps else ""
    listed = f"<h2>{html(say(WEB, language, 'try'))}</h2><ul class='examples'>{buttons}</ul>" if buttons else ""
    return (
        f'<div class="welcome"><p class="tagline">{html(say(WEB, language, "tagline"))}</p>'
        f"{f'<p class=note>{html(note)}</p>' if note else ''}{start}{listed}</div>"
    )


def _exchange(turn: int, exchange: Exchange, thumbs: Thumbs, language: Language) -> str:
    if exchange.error is not None:
        reply = f'<p class="error">{html(exchange.error)}</p>{tools_html(exchange, language)}'
    elif exchange.answer is None:
        reply = pending_html(exchange, language)
    else:
        shown = _reply(turn, exchange.answer, language)
        tools = tools_html(exchange, language)
        reply = f'{shown}<div class="below">{thumbs.html(exchange.key, language)}{tools}</div>'
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
            sureness(answer.confidence, language),
            say(WEB, language, "seconds", seconds=f"{answer.timing_ms.total / 1000:.2f}"),
        )
        shown = f'<div class="answer">{short}</div><p class="figures">{html(" · ".join(figures))}</p>'
    else:
        shown = (
            f'<div class="answer refused"><p><strong>{html(say(WEB, language, "refused"))}</strong> '
            f"{html(_reason(answer, language))}</p>{hints_html(answer, language)}</div>"
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
