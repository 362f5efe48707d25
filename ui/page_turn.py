"""Around one answer: how far it is, how sure, what to try without one, what can be done with it. Pure, all escaped."""

from rag.answer import Answer
from ui.catalog_history import HISTORY
from ui.escaping import html
from ui.language import Language, say
from ui.page_exchange import Exchange
from ui.source_tools import said_of_copying
from ui.takeaway.lines import plain

HIGH, MIDDLE = 0.8, 0.5
"""From which confidence on the words say so; of the answers given at 0.8 about 80 % are right."""


def pending_html(exchange: Exchange, language: Language) -> str:
    """What is being done for a question, and the button that stops it."""
    step = exchange.step
    if step is not None and step.stage == "reading":
        said = say(HISTORY, language, "reading", done=min(step.done + 1, step.total), total=step.total)
    else:
        said = say(HISTORY, language, step.stage if step else "searching")
    stop = html(say(HISTORY, language, "stop"))
    return (
        f'<p class="pending"><span>{html(said)}</span>'
        f'<button type="button" data-stop="{html(exchange.key)}">{stop}</button></p>'
    )


def sureness(confidence: float, language: Language) -> str:
    """A confidence in words, with its figure."""
    key = "sure_high" if confidence >= HIGH else "sure_middle" if confidence >= MIDDLE else "sure_low"
    return say(HISTORY, language, key, percent=round(confidence * 100))


def hints_html(answer: Answer, language: Language) -> str:
    """What may help where there is no answer."""
    if answer.reason in (None, "empty_question", "empty_index"):
        return ""
    keys = ["try_words"]
    keys += ["try_scope"] if answer.scope else []
    keys += ["try_nearest"] if answer.nearest else []
    keys += ["try_files"]
    rows = "".join(f"<li>{html(say(HISTORY, language, key))}</li>" for key in keys)
    return f'<p class="hints">{html(say(HISTORY, language, "what_to_try"))}</p><ul class="hints">{rows}</ul>'


def tools_html(exchange: Exchange, language: Language) -> str:
    """Copy question, answer and sources; ask again; change the question."""
    copy, again, edit = (html(say(HISTORY, language, key)) for key in ("copy", "again", "edit"))
    text = html(plain(exchange, language)) if exchange.answer else ""
    button = f'<button type="button" data-copy="{text}"{said_of_copying(language)}>{copy}</button>' if text else ""
    return (
        f'<p class="turn-tools">{button}<button type="button" data-again="{html(exchange.key)}">{again}</button>'
        f'<button type="button" data-retype="{html(exchange.question)}">{edit}</button></p>'
    )
