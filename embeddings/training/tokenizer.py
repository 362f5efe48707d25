"""The tokenizer: characters and frequent words of Chinese, pieces of Latin words, figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from embeddings.training.charsmap import compiled, simplified_forms

if TYPE_CHECKING:
    from tokenizers import Tokenizer

LONGEST = 4
"""Characters of the longest word."""

UNKNOWN = "[UNK]"

_RUNS = r"\p{Han}+|[\p{L}\p{M}&&[^\p{Han}]]+|\p{N}+"
"""What is kept: runs of Chinese characters, of other letters, of digits. Punctuation says nothing here."""


def trained(texts: Sequence[str], size: int) -> Tokenizer:
    """A byte-pair tokenizer of ``size`` entries, without splitting at white space, which Chinese does not have.

    Every character of GB 2312 level 1 and every one seen five times is an entry, in its simplified form: the normaliser
    maps traditional characters there, so that both scripts give the same tokens. Anything rarer falls to its bytes.
    """
    from tokenizers import trainers

    tokenizer = _bare()
    normalised = [tokenizer.normalizer.normalize_str(text) for text in texts]
    seen = Counter(character for text in normalised for character in text)
    alphabet = {*level_one(), *(character for character, times in seen.items() if times >= 5 and character.isalnum())}
    every_byte = [f"<0x{byte:02X}>" for byte in range(256)]
    trainer = trainers.BpeTrainer(
        vocab_size=size - len(every_byte),
        initial_alphabet=sorted(alphabet),
        limit_alphabet=len(alphabet),
        special_tokens=[UNKNOWN],
        max_token_length=LONGEST,
        min_frequency=5,
        show_progress=False,
    )
    tokenizer.train_from_iterator(normalised, trainer=trainer)
    return _with_bytes(tokenizer, every_byte)


def _bare() -> Tokenizer:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers

    tokenizer = Tokenizer(models.BPE(unk_token=UNKNOWN))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.NFKC(), normalizers.Lowercase(), normalizers.Precompiled(compiled(simplified_forms()))]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex(_RUNS), behavior="removed", invert=True)
    return tokenizer


def _with_bytes(tokenizer: Tokenizer, every_byte: Iterable[str]) -> Tokenizer:
    """The same tokenizer with one entry more for each byte, into which unknown characters fall."""
    import json

    from tokenizers import Tokenizer

    state = json.loads(tokenizer.to_str())
    vocabulary = state["model"]["vocab"]
    for token in every_byte:
        vocabulary[token] = len(vocabulary)
    state["model"]["byte_fallback"] = True
    return Tokenizer.from_str(json.dumps(state, ensure_ascii=False))


def level_one() -> list[str]:
    """The 3,755 most common simplified characters (GB 2312, rows 16 to 55)."""
    codes = (bytes([row, cell]) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [character for code in codes if (character := code.decode("gb2312", "ignore"))]
