"""A drawing of matplotlib as a fragment of a page: coloured by the page's styles, in the page's words and fonts. Pure.

A page whose policy allows no inline styles drops every ``style`` attribute, so what they say becomes attributes, and
their colours classes. Ids would collide with those of other drawings: the ones that are referred to get the
drawing's name, the others go, and with them the style sheet and the metadata, which would hold for the whole page.
"""

from collections.abc import Mapping
from xml.etree import ElementTree

from ui.escaping import html

COLORS = {"ink": "#000001", "soft": "#000002", "line": "#000003", "accent": "#000004", "warn": "#000005"}
"""Name of a colour of the page -> what is drawn with instead of it; ``fill-…`` and ``stroke-…`` are its classes."""
SHAPE = frozenset(("d", "x", "y", "width", "height", "transform", "clip-path", "text-anchor"))
PAINT = frozenset(
    ("fill", "fill-opacity", "opacity", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin")
) | {"stroke-opacity", "stroke-width"}
"""Attributes and properties that a drawing is made of; fonts and sizes are the page's."""
LEFT_OUT = frozenset(("metadata", "style", "title"))
HREF = "{http://www.w3.org/1999/xlink}href"
NAMES = {color: name for name, color in COLORS.items()}


def inline(svg: str, *, name: str, label: str, words: Mapping[str, str]) -> str:
    """``svg`` for the middle of an HTML page.

    Args:
        svg: As matplotlib wrote it, text as text.
        name: Unique in the page.
        label: What is drawn, for those who cannot see it.
        words: Text of the drawing -> what the page shows in its place.
    """
    root = ElementTree.fromstring(svg)
    children = "".join(_written(child, name, words) for child in root)
    box = html(root.attrib["viewBox"])
    return f'<svg class="drawing" viewBox="{box}" role="img" aria-label="{html(label)}">{children}</svg>'


def _written(element: ElementTree.Element, name: str, words: Mapping[str, str]) -> str:
    tag = _local(element.tag)
    if tag in LEFT_OUT:
        return ""
    inside = "".join(_written(child, name, words) for child in element)
    text = (element.text or "").strip()
    inside = html(words.get(text, text)) + inside
    if tag in ("g", "defs") and not inside:
        return ""
    attributes = "".join(f' {key}="{html(value)}"' for key, value in _attributes(element, tag, name).items())
    return f"<{tag}{attributes}>{inside}</{tag}>"


def _attributes(element: ElementTree.Element, tag: str, name: str) -> dict[str, str]:
    said = {key: value for key, value in element.attrib.items() if key != "style"} | _style(element)
    found = {key: value for key, value in said.items() if key in SHAPE | PAINT}
    classes = [f"{key}-{NAMES[found.pop(key)]}" for key in ("fill", "stroke") if found.get(key) in NAMES]
    if "clip-path" in found:
        found["clip-path"] = found["clip-path"].replace("#", f"#{name}-")
    if HREF in said:
        found["href"] = said[HREF].replace("#", f"#{name}-")
    if "id" in said and tag not in ("g", "svg"):
        found["id"] = f"{name}-{said['id']}"
    return found | ({"class": " ".join(classes)} if classes else {})


def _style(element: ElementTree.Element) -> dict[str, str]:
    pairs = (part.partition(":") for part in element.attrib.get("style", "").split(";") if ":" in part)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
