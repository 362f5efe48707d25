"""What Word's paragraph styles say: which are headings, which number their paragraphs."""

import re

from corpus.loaders.markup import Node, attribute, child, children, name

_HEADING_NAME = re.compile(r"(?:heading|标题|標題|überschrift|titre)\s*([1-9])", re.IGNORECASE)
_TITLE_NAMES = frozenset(("title", "标题", "標題", "主标题"))
_BODY_LEVEL = 9
_DEEPEST = 6


class Styles:
    """The paragraph styles of one document by their id."""

    def __init__(self, root: Node | None) -> None:
        self._styles = {attribute(node, "styleId"): node for node in children(root) if name(node) == "style"}

    def heading(self, properties: Node | None) -> int | None:
        """Level (1 to 6) of the heading that a paragraph with these properties is; ``None`` for body text."""
        for node, chain in self._chain(properties):
            outline = child(chain, "outlinelvl")
            if outline is not None and attribute(outline, "val").isdecimal():
                level = int(attribute(outline, "val"))
                return min(level + 1, _DEEPEST) if level < _BODY_LEVEL else None
            named = child(node, "name")
            said = attribute(named, "val").strip().lower() if named is not None else ""
            match = _HEADING_NAME.fullmatch(said)
            if match or said in _TITLE_NAMES:
                return min(int(match[1]), _DEEPEST) if match else 1
        return None

    def list_of(self, properties: Node | None) -> tuple[str, int]:
        """Id of the list that a paragraph belongs to and its depth there; ``("", 0)`` where it is in none."""
        depth: str | None = None
        for _, chain in self._chain(properties):
            numbers = child(chain, "numpr")
            level, number = child(numbers, "ilvl"), child(numbers, "numid")
            depth = attribute(level, "val") if depth is None and level is not None else depth
            if number is not None:
                found = attribute(number, "val")
                return ("", 0) if found == "0" else (found, int(depth) if depth and depth.isdecimal() else 0)
        return "", 0

    def _chain(self, properties: Node | None) -> list[tuple[Node | None, Node | None]]:
        """(style, properties) of the paragraph itself, of its style, and of every style that this one is based on."""
        chain: list[tuple[Node | None, Node | None]] = [(None, properties)]
        used = child(properties, "pstyle")
        following = attribute(used, "val") if used is not None else ""
        seen: set[str] = set()
        while following in self._styles and following not in seen:
            seen.add(following)
            style = self._styles[following]
            chain.append((style, child(style, "ppr")))
            base = child(style, "basedon")
            following = attribute(base, "val") if base is not None else ""
        return chain
