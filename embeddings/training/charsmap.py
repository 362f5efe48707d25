"""Traditional characters read as their simplified forms, as a table inside the tokenizer.

``tokenizers.normalizers.Precompiled`` takes SentencePiece's compiled rules: the size of a double-array trie in bytes
(uint32), the trie (uint32 units, little endian) and the replacements, each ended by a zero byte. A unit holds its
label in the bits 0-7 (bit 31 set: it is a value), "a value follows" in bit 8 and, from bit 10, the distance to its
children; see Yata, Darts-clone, https://github.com/s-yata/darts-clone.
"""

import struct
from collections.abc import Mapping

_HAS_VALUE = 1 << 8
_IS_VALUE = 1 << 31
_HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x2A6E0))


def simplified_forms() -> dict[str, str]:
    """Every traditional character with the simplified one that OpenCC gives for it alone."""
    from opencc import OpenCC  # type: ignore[import-untyped]

    convert = OpenCC("t2s").convert
    pairs = ((chr(code), convert(chr(code))) for start, end in _HAN for code in range(start, end))
    return {character: simple for character, simple in pairs if simple != character and len(simple) == 1}


def compiled(table: Mapping[str, str]) -> bytes:
    """``table`` of single characters in SentencePiece's compiled form."""
    replacements, places = bytearray(), {}
    for character in sorted(table):
        places[character.encode()] = len(replacements)
        replacements += table[character].encode() + b"\0"
    trie = _trie(places)
    return struct.pack("<I", 4 * len(trie)) + struct.pack(f"<{len(trie)}I", *trie) + bytes(replacements)


def _trie(values: Mapping[bytes, int]) -> list[int]:
    """Units of the double array. A node at ``place`` with the distance d has its children at ``place ^ d ^ label``."""
    children: dict[bytes, set[int]] = {}
    for key in values:
        for length in range(len(key)):
            children.setdefault(key[:length], set()).add(key[length])
    for key in values:
        children.setdefault(key, set()).add(0)
    units: dict[int, int] = {0: 0}
    bases: set[int] = set()
    start: dict[int, int] = {}
    places = {b"": 0}
    for node in sorted(children, key=len):
        base = next(
            base
            for base in range(start.get(len(children[node]), 1), 1 << 20)
            if base not in bases and not any(base ^ label in units for label in children[node])
        )
        bases.add(base)
        start[len(children[node])] = base
        units[places[node]] |= (places[node] ^ base) << 10
        for label in children[node]:
            if label == 0:
                units[places[node]] |= _HAS_VALUE
                units[base] = _IS_VALUE | values[node]
            else:
                places[node + bytes([label])] = base ^ label
                units[base ^ label] = label
    size = (max(units) // 256 + 1) * 256
    return [units.get(place, 0) for place in range(size)]
