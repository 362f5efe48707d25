"""The main content of a web page: what is left when navigation, banners, side columns and footers are gone.

Signs are taken in the order of their strength: HTML's own elements and roles, then class names and ids, then blocks
that are mostly links. An element that holds half of the page's text is never dropped for its name. What remains is the
``main`` or the only ``article`` where the page has one, otherwise all of the body: losing a signature or a date below
the text is worse than keeping a stray line.
"""

import re
from collections.abc import Callable

from corpus.loaders.markup import Node, events, name, remove

_NEVER = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "iframe",
        "frame",
        "svg",
        "canvas",
        "object",
        "embed",
        "applet",
        "video",
        "audio",
        "map",
        "nav",
        "aside",
        "footer",
        "menu",
        "button",
        "select",
        "option",
        "datalist",
        "input",
        "textarea",
        "dialog",
        "rt",
        "rp",
        "head",
    ]
)
_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "complementary",
        "search",
        "dialog",
        "alertdialog",
        "menu",
        "menubar",
        "toolbar",
    ]
)
_NAMES = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "sidebar",
        "side",
        "breadcrumb",
        "breadcrumbs",
        "crumb",
        "crumbs",
        "footer",
        "foot",
        "copyright",
        "cookie",
        "cookies",
        "consent",
        "gdpr",
        "banner",
        "ad",
        "ads",
        "advert",
        "advertisement",
        "share",
        "sharing",
        "social",
        "related",
        "recommend",
        "recommended",
        "comment",
        "comments",
        "login",
        "signin",
        "toolbar",
        "pagination",
        "pager",
        "popup",
        "modal",
        "subscribe",
        "newsletter",
        "skip",
        "topbar",
        "sitemap",
        "qrcode",
    ]
)
_SITE_HEADERS = frozenset(
    ["header", "site-header", "page-header", "siteheader", "pageheader", "top-header", "masthead"]
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_WORDS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_LINK_BLOCKS = frozenset(["ul", "ol", "dl", "div", "section", "table", "td", "p", "center"])
_MOSTLY_LINKS, _FEWEST_LINKS = 0.7, 3
_LEAST_SHARE = 0.3
_SHORT_FORM = 100


def main_content(root: Node) -> Node:
    """The element that holds the page's own text; ``root`` loses everything that is not content."""
    for test in (_never_content, _named_as_frame, _mostly_links):
        _prune(root, test)
    sizes = _sizes(root)
    for tag in ("main", "article"):
        found = [node for node in root.iter() if name(node) == tag or (tag == "main" and node.get("role") == "main")]
        if len(found) == 1 and sizes[found[0]][0] >= _LEAST_SHARE * sizes[root][0] > 0:
            _bring_heading(root, found[0])
            return found[0]
    return root


def _bring_heading(root: Node, content: Node) -> None:
    """Put a page's only ``h1`` in front of ``content``, where it stands outside of it."""
    headings = [node for node in root.iter() if name(node) == "h1"]
    if len(headings) == 1 and content not in set(headings[0].iterancestors()):
        heading = headings[0]
        remove(heading)
        heading.tail = content.text
        content.text = None
        content.insert(0, heading)


def _prune(root: Node, is_frame: Callable[[Node, dict[Node, tuple[int, int, int]], int], bool]) -> None:
    """Drop the elements that ``is_frame`` recognises, given every element's sizes and the page's length."""
    sizes = _sizes(root)
    whole = sizes[root][0]
    for node in [node for node in root.iter() if isinstance(node.tag, str)]:
        if node is not root and is_frame(node, sizes, whole):
            remove(node)


def _sizes(root: Node) -> dict[Node, tuple[int, int, int]]:
    """For every element: characters of text without white space, those of them in links, and the number of links."""
    sizes: dict[Node, tuple[int, int, int]] = {}
    for begins, node in events(root):
        if begins:
            continue
        text, linked, links = len("".join((node.text or "").split())), 0, 0
        for one in node:
            inner = sizes[one]
            text += inner[0] + len("".join((one.tail or "").split()))
            linked, links = linked + inner[1], links + inner[2]
        if not isinstance(node.tag, str):
            text = linked = links = 0
        elif name(node) == "a" and node.get("href") is not None:
            linked, links = text, 1
        sizes[node] = (text, linked, links)
    return sizes


def _never_content(node: Node, sizes: dict[Node, tuple[int, int, int]], whole: int) -> bool:
    tag = name(node)
    if tag in _NEVER or node.get("hidden") is not None or node.get("aria-hidden") == "true":
        return True
    if _HIDDEN.search(node.get("style") or "") or (node.get("role") or "").lower() in _ROLES:
        return True
    if tag == "form":
        return sizes[node][0] < min(_SHORT_FORM, whole / 2)
    if tag == "header":
        inside = any(name(outer) in ("article", "main", "section") for outer in node.iterancestors())
        return not inside and not _has_heading(node)
    return False


def _has_heading(node: Node) -> bool:
    return any(name(inner) == "h1" for inner in node.iter())


def _named_as_frame(node: Node, sizes: dict[Node, tuple[int, int, int]], whole: int) -> bool:
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if not names.strip() or name(node) in ("body", "main", "article") or sizes[node][0] * 2 >= whole:
        return False
    if any(word.lower() in _NAMES for word in _WORDS.findall(names)):
        return not _has_heading(node)
    return any(value.lower() in _SITE_HEADERS for value in names.split()) and not _has_heading(node)


def _mostly_links(node: Node, sizes: dict[Node, tuple[int, int, int]], whole: int) -> bool:
    if name(node) not in _LINK_BLOCKS:
        return False
    text, linked, links = sizes[node]
    return links >= _FEWEST_LINKS and linked >= _MOSTLY_LINKS * text and text * 2 < whole
