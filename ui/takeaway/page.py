"""A conversation as one HTML file that asks for nothing from anywhere. Pure, everything escaped."""

from rag.answer import Citation, Passage
from ui import render
from ui.catalog_history import TAKEAWAY
from ui.conversation_store import Kept
from ui.escaping import html
from ui.language import Language, say
from ui.page_exchange import Exchange
from ui.takeaway.lines import numbered, told

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
STYLE = """
:root { color-scheme: light dark; --line: #d5dbe2; --soft: #55606e; --hit: #ffe27a; --hit-ink: #3b2c00; }
@media (prefers-color-scheme: dark) { :root { --line: #3a4452; --soft: #a5b0bf; --hit: #7a5a00; --hit-ink: #fff3cf; } }
body { max-width: 46em; margin: 2.5em auto; padding: 0 1.2em; line-height: 1.75; overflow-wrap: anywhere;
  font-family: "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", system-ui, sans-serif; }
h1 { font-size: 1.35em; margin: 0; } h2 { font-size: 1em; font-weight: 400; color: var(--soft); margin: 0 0 .4em; }
section { padding: 1.2em 0; border-top: 1px solid var(--line); break-inside: avoid; }
.made, .about, .facts, .line { color: var(--soft); font-size: .86em; margin: .2em 0; }
.answer { font-size: 1.15em; font-weight: 600; margin: 0; } ul.answer { padding-left: 1.3em; }
ol { list-style: none; margin: .8em 0 0; padding: 0; } li.source { padding: .4em 0 .4em .9em;
  margin: 0 0 .6em; border-left: 3px solid var(--line); } blockquote { margin: 0; white-space: pre-wrap; }
mark { background: var(--hit); color: var(--hit-ink); }
"""


def page(kept: Kept, language: Language, *, date: str) -> str:
    """The whole conversation; ``date`` is today's."""
    sections = "".join(_section(exchange, language) for exchange in kept.exchanges)
    title = html(kept.head.name)
    return (
        f'<!doctype html><html lang="{"zh-CN" if language == "zh" else "en"}"><head><meta charset="utf-8">'
        f'<meta http-equiv="content-security-policy" content="{html(POLICY)}">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title>'
        f"<style>{STYLE}</style></head><body><header><h1>{title}</h1>"
        f'<p class="made">{html(say(TAKEAWAY, language, "made", date=date))}</p></header>{sections}</body></html>\n'
    )


def _section(exchange: Exchange, language: Language) -> str:
    each = told(exchange, language)
    about = "".join(f'<p class="about">{html(line)}</p>' for line in each.about)
    if len(each.said) > 1:
        said = f'<ul class="answer">{"".join(f"<li>{html(item)}</li>" for item in each.said)}</ul>'
    else:
        said = f'<p class="answer">{html("".join(each.said))}</p>'
    facts = "".join(f'<p class="facts">{html(line)}</p>' for line in each.facts)
    heading = f'<p class="line">{html(each.heading)}</p>' if each.heading else ""
    listed = "".join(_source(marker, source, language) for marker, source in numbered(each.sources))
    return f"<section><h2>{html(each.question)}</h2>{about}{said}{facts}{heading}<ol>{listed}</ol></section>"


def _source(marker: int, source: Citation | Passage, language: Language) -> str:
    line = html(f"[{marker}] {render.source_line(source, language)}")
    if isinstance(source, Citation):
        quote = render.marked_html(source.quote, source.start, source.highlights)
    else:
        quote = html(source.text)
    copies = "".join(f'<p class="line">{html(each)}</p>' for each in render.copies_lines(source.copies, language))
    return f'<li class="source"><p class="line">{line}</p><blockquote>{quote}</blockquote>{copies}</li>'
