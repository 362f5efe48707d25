"""The tokenizer of the trained reader: every character is one token, in its simplified form and lower case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.training.charsmap import compiled, simplified_forms
from embeddings.training.tokenizer import level_one

if TYPE_CHECKING:
    from tokenizers import Tokenizer

SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


def character_tokenizer(texts: Iterable[str], size: int) -> Tokenizer:
    """At most ``size`` entries: GB 2312 level 1, then the characters of ``texts`` by how often they occur."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Precompiled(compiled(simplified_forms()))]
    )
    seen = Counter(character for text in texts for character in normalizer.normalize_str(text))
    always = dict.fromkeys((*SPECIAL, *level_one()))
    often = [c for c, times in seen.most_common() if c not in always and not c.isspace() and times > 1]
    entries = [*always, *often[: size - len(always)]]
    tokenizer = Tokenizer(models.WordLevel({c: n for n, c in enumerate(entries)}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizer
    divided = [(r"\s+", "removed"), (r".", "isolated")]
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(pattern), behavior=behavior) for pattern, behavior in divided]
    )
    return tokenizer


def tokenizer_of(reader: Path) -> Tokenizer:
    """The tokenizer of the finished reader in the folder ``reader``, as it was before marks were laid around a text."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(reader / "tokenizer.json"))
    tokenizer.post_processor = None
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer
