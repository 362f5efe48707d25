"""How often short files are read right: ours, charset-normalizer and chardet, by length and encoding.

Run from the repository root as ``python -m tests.benchmarks.encodings [--snippets N]``. Snippets come from the odd laws
(simplified; the character ranks were counted on the even ones) and from the DRCD test set (traditional), and for more
traditional text from the same laws converted with OpenCC where it is installed. A snippet counts as right when the text
comes back character for character. Peers decode with the encoding they name, GB2312/GBK widened to GB18030.
"""

import argparse
import codecs
import json
import lzma
import random
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus.loaders.encoding import detect

DATA = Path("../shared/data")
CODECS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-be-bom", "utf-16-le", "utf-16-be", "gb18030", "big5", "cp950")
LENGTHS = ((1, 1), (2, 2), (3, 3), (4, 5), (6, 9), (10, 19), (20, 40))


def encoded(text: str, codec: str) -> bytes | None:
    """``text`` in ``codec``, or ``None`` where it cannot be written in it."""
    try:
        if codec == "utf-16-be-bom":
            return codecs.BOM_UTF16_BE + text.encode("utf-16-be")
        return text.encode(codec)
    except UnicodeEncodeError:
        return None


def ours(data: bytes) -> str | None:
    found = detect(data)
    return found.text if found else None


def named(data: bytes, name: str | None) -> str | None:
    """``data`` decoded with the encoding a peer names, generously."""
    codec = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "cp950"}.get((name or "").lower(), name)
    try:
        return data.decode(codec).removeprefix("\ufeff") if codec else None
    except (UnicodeDecodeError, LookupError):
        return None


def peers() -> dict[str, Callable[[bytes], str | None]]:
    """The detectors that are installed."""
    found: dict[str, Callable[[bytes], str | None]] = {"ours": ours}
    try:
        from charset_normalizer import from_bytes

        def normalizer(data: bytes) -> str | None:
            best = from_bytes(data).best()
            return str(best).removeprefix("\ufeff") if best else None

        found["charset-normalizer"] = normalizer
    except ImportError:
        print("charset-normalizer is not installed: left out")
    try:
        import chardet

        found["chardet"] = lambda data: named(data, chardet.detect(data)["encoding"])
    except ImportError:
        print("chardet is not installed: left out")
    return found


def texts() -> tuple[list[str], list[str]]:
    """Simplified and traditional texts."""
    with lzma.open(DATA / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        simplified = [json.loads(line)["text"] for number, line in enumerate(lines) if number % 2][:400]
    drcd = json.loads((DATA / "drcd_test.json").read_text(encoding="utf-8"))
    traditional = [p["context"] for article in drcd["data"] for p in article["paragraphs"]]
    try:
        from opencc import OpenCC

        traditional += [OpenCC("s2t").convert(text[:2000]) for text in simplified[:100]]
    except ImportError:
        print("OpenCC is not installed: traditional text from DRCD alone")
    return simplified, traditional


def snippets(sources: tuple[list[str], ...], n: int, low: int, high: int) -> Iterator[str]:
    """``n`` random pieces of ``low`` to ``high`` characters, half of them traditional."""
    draw = random.Random(low * 100 + high)
    while n:
        text = draw.choice(draw.choice(sources))
        length = draw.randint(low, high)
        start = draw.randrange(max(1, len(text) - length))
        piece = text[start : start + length].replace("\r", "")
        if piece.strip():
            n -= 1
            yield piece


def main() -> None:
    """Print one table of accuracy by length for each detector, and our failures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--snippets", type=int, default=2000, help="snippets a length (peers get a tenth)")
    parser.add_argument("--failures", action="store_true", help="print what ours reads wrong")
    options = parser.parse_args()
    sources = texts()
    for name, read in peers().items():
        print(f"\n{name}\n{'characters':>12}" + "".join(f"{codec:>15}" for codec in CODECS))
        for low, high in LENGTHS:
            right, seen = Counter[str](), Counter[str]()
            for piece in snippets(sources, options.snippets if name == "ours" else options.snippets // 10, low, high):
                for codec in CODECS:
                    data = encoded(piece, codec)
                    if data is None:
                        continue
                    seen[codec] += 1
                    answer = read(data)
                    right[codec] += answer == piece
                    if options.failures and name == "ours" and answer != piece:
                        print(codec, repr(piece), "->", repr(answer))
            row = "".join(f"{right[c] / max(1, seen[c]):>15.4f}" for c in CODECS)
            print(f"{low:>8}-{high:<3}" + row, flush=True)


if __name__ == "__main__":
    main()
