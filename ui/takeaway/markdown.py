"""A conversation as Markdown. Pure, everything escaped."""

from ui import escaping, render
from ui.catalog_history import TAKEAWAY
from ui.conversation_store import Kept
from ui.language import Language, say
from ui.page_exchange import Exchange
from ui.takeaway.lines import told


def markdown(kept: Kept, language: Language, *, date: str) -> str:
    """The whole conversation; ``date`` is today's."""
    parts = [f"# {_line(kept.head.name)}", _line(say(TAKEAWAY, language, "made", date=date))]
    for exchange in kept.exchanges:
        parts += _exchange(exchange, language)
    return "\n\n".join(parts) + "\n"


def _exchange(exchange: Exchange, language: Language) -> list[str]:
    each = told(exchange, language)
    parts = [f"## {_line(each.question)}", *(f"*{_line(line)}*" for line in each.about)]
    if exchange.answer is None:
        return [*parts, *map(_line, each.said)]
    sure = [_line(each.facts[-1])] if exchange.answer.answered else []
    return [*parts, render.answer_markdown(exchange.answer, language), *sure]


def _line(text: str) -> str:
    return escaping.markdown(escaping.terminal_line(text))
