"""A page as it was printed, with the quotes on it marked: pure, everything escaped.

The picture itself is fetched by our script from ``/page/ID/NUMBER``; the marks lie over it and are no part of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rag.original import WIDTHS, Box, Leaf
from ui.catalog_source import SOURCE
from ui.escaping import html
from ui.language import Language, say

PICTURES = "page"
"""First part of the address of a picture: ``/page/ID/NUMBER``."""


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """What is marked on the page: other quotes of the answer, the current one, what is marked inside them."""

    others: Sequence[Box] = ()
    quote: Sequence[Box] = ()
    marks: Sequence[Box] = ()


def leaf_html(leaf: Leaf, overlay: Overlay, language: Language, *, id: str, title: str, note: str = "") -> str:
    """The page ``leaf`` of the document ``id`` with the buttons to turn it; ``note`` is a line above it."""
    alt = html(say(SOURCE, language, "picture", title=title, page=leaf.number))
    failed = html(say(SOURCE, language, "picture_failed"))
    widths = ",".join(map(str, WIDTHS))
    shape = f"{leaf.width:.2f} / {leaf.height:.2f}"
    return (
        f'<div class="leaf" data-page="{leaf.number}">{_turning(leaf, language)}'
        f"{f'<p class=leaf-note role=status>{html(note)}</p>' if note else ''}"
        f'<p class="leaf-note leaf-failed" role="alert" hidden>{failed}</p>'
        f'<div class="sheet-room"><div class="sheet" style="aspect-ratio: {shape}">'
        f'<img data-picture="{PICTURES}/{html(id)}/{leaf.number}" data-widths="{widths}" alt="{alt}">'
        f"{_boxes(overlay, language)}</div></div></div>"
    )


def _turning(leaf: Leaf, language: Language) -> str:
    def button(data: str, key: str, sign: str, *, off: bool = False) -> str:
        said = html(say(SOURCE, language, key))
        disabled = " disabled" if off else ""
        return f'<button type="button" {data} title="{said}" aria-label="{said}"{disabled}>{sign}</button>'

    number, total = leaf.number, leaf.total
    count = html(say(SOURCE, language, "page_of", page=number, total=total))
    return (
        '<div class="turning"><span>'
        + button(f'data-turn="{number - 1}"', "page_previous", "‹", off=number <= 1)
        + f'<output aria-live="polite">{count}</output>'
        + button(f'data-turn="{number + 1}"', "page_next", "›", off=number >= total)
        + "</span><span>"
        + button('data-zoom="-1"', "smaller", "−")
        + button('data-zoom="0"', "fit", html(say(SOURCE, language, "fit")))
        + button('data-zoom="1"', "larger", "+")
        + "</span></div>"
    )


def _boxes(overlay: Overlay, language: Language) -> str:
    shown = [_box(box, "box other") for box in overlay.others]
    label = html(say(SOURCE, language, "box"))
    for number, box in enumerate(overlay.quote):
        first = f' id="boxed" tabindex="0" role="img" aria-label="{label}"' if number == 0 else ""
        shown.append(_box(box, "box", first))
    shown += [_box(box, "box mark") for box in overlay.marks]
    return "".join(shown)


def _box(box: Box, kind: str, more: str = "") -> str:
    left, top, right, bottom = (min(max(each, 0.0), 1.0) * 100 for each in box)
    place = f"left:{left:.3f}%;top:{top:.3f}%;width:{right - left:.3f}%;height:{bottom - top:.3f}%"
    return f'<span class="{kind}" style="{place}"{more}></span>'
