"""Owner of lxml (BSD-3-Clause): HTML and XML into trees, with no entity resolved and nothing fetched."""

import re
from collections.abc import Iterator
from typing import Protocol

from corpus.errors import UnreadableFile

# Elements that only hold others; taken out of a page that nests deeper than any parser follows.
_HOLDERS = re.compile(
    r"</?(?:div|span|font|center|section|blockquote|b|i|u|em|strong|small|big|a|ul|ol|dl|dd|table|tbody|tr|td)\b[^>]*>",
    re.IGNORECASE,
)
_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")


class Node(Protocol):
    """The part of an lxml element that the loaders use. ``tag`` is no string in comments and entity references."""

    tag: object
    text: str | None
    tail: str | None

    def get(self, key: str) -> str | None:
        """An attribute."""

    def items(self) -> list[tuple[str, str]]:
        """All attributes."""

    def iter(self, *tags: str) -> Iterator["Node"]:
        """This element and all below it, in document order."""

    def itertext(self, *tags: str) -> Iterator[str]:
        """All text below."""

    def iterancestors(self, *tags: str) -> Iterator["Node"]:
        """The elements around it, from the inside out."""

    def getparent(self) -> "Node | None":
        """The element around it."""

    def getprevious(self) -> "Node | None":
        """The element before it under the same parent."""

    def insert(self, index: int, element: "Node") -> None:
        """Put ``element`` among the children."""

    def remove(self, element: "Node") -> None:
        """Drop a child and the text behind it."""

    def __iter__(self) -> Iterator["Node"]:
        """The children."""


def name(node: Node) -> str:
    """Local name of an element in lower case, without namespace; empty for comments and the like."""
    return node.tag.rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def attribute(node: Node, key: str, default: str = "") -> str:
    """An attribute by its local name, whatever its namespace."""
    value = node.get(key)
    if value is not None:
        return value
    return next((value for full, value in node.items() if full.rpartition("}")[2] == key), default)


def child(node: Node | None, tag: str) -> Node | None:
    """The first child with the local name ``tag``."""
    return next((one for one in children(node) if name(one) == tag), None)


def children(node: Node | None) -> Iterator[Node]:
    """The children of an element that may be missing."""
    return iter(node if node is not None else ())


def html_tree(text: str) -> Node | None:
    """The root of an HTML page, however broken; ``None`` where there is no element in it."""
    from lxml import etree  # type: ignore[import-untyped]

    data = _DECLARATION.sub("", text, count=1).replace("\0", "")
    for attempt in (data, _HOLDERS.sub("\n", data)):
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True)
        try:
            root: Node | None = etree.fromstring(attempt.encode("utf-8", "replace"), parser=parser)
        except etree.XMLSyntaxError:
            return None
        if not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            break
    return root


def xml_tree(data: bytes, path: str, part: str) -> Node:
    """The root of an XML part of a document.

    Raises:
        UnreadableFile: ``data`` is no well-formed XML, or it nests beyond reason.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root: Node = etree.fromstring(data, parser=parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableFile(path, detail=f"damaged: {part} is no well-formed XML") from error
    return root


def events(root: Node) -> Iterator[tuple[bool, Node]]:
    """Every element below ``root`` twice, in document order: (True, node) as it begins and (False, node) as it ends.

    The stack is its own, because a page may nest deeper than Python recurses.
    """
    stack: list[tuple[Node, Iterator[Node]]] = [(root, iter(root))]
    yield True, root
    while stack:
        node, rest = stack[-1]
        following = next(rest, None)
        if following is None:
            stack.pop()
            yield False, node
        else:
            stack.append((following, iter(following)))
            yield True, following


def remove(node: Node) -> None:
    """Take an element out of its tree; the text behind it stays."""
    parent, before = node.getparent(), node.getprevious()
    if parent is None:
        return
    if node.tail:
        if before is not None:
            before.tail = (before.tail or "") + node.tail
        else:
            parent.text = (parent.text or "") + node.tail
    parent.remove(node)
