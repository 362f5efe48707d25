"""Owner of transformers and torch: runs any extractive reader that lies on this machine, and never looks elsewhere.

Its input is built as such models are fine-tuned: ``[CLS] question [SEP] passage [SEP]`` by its own tokenizer, with the
position of the first mark for "no answer". Where a text is longer than the model can see, it is read in windows with a
stride, and each token's logits are taken from the window that shows most around it.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.answer import Span
from rag.errors import ReaderUnusable
from rag.progress import reading
from rag.span_model import Logits, Scores, Stretch, readable

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

REACH = 400
"""Characters read in one piece."""
LONGEST_INPUT = 512
_BATCH = 4


class TransformersModel:
    """A :class:`rag.span_model.SpanModel` over transformers' models for question answering, in float32 on the CPU."""

    reach = REACH

    def __init__(self, path: str) -> None:
        """Load it from a folder, or by its name from the local cache of Hugging Face.

        Raises:
            ReaderUnusable: There is nothing of the kind, or it does not answer questions.
        """
        self.name = Path(path).name
        self._tokenizer, self._model = _loaded(path)
        positions = getattr(self._model.config, "max_position_embeddings", None) or LONGEST_INPUT
        self._longest = min(LONGEST_INPUT, positions - 2, self._tokenizer.model_max_length)  # RoBERTa's first is 2

    def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
        """The scores of each stretch, in order; headings are not shown to it."""
        asked = self._shortened(readable(question))
        texts = [readable(stretch.text) for stretch in stretches]
        batches = (self._batch(asked, texts[start : start + _BATCH]) for start in range(0, len(texts), _BATCH))
        return tuple(reading((scores for batch in batches for scores in batch), len(texts)))

    def _shortened(self, question: str) -> str:
        """The end of ``question``, where it asks, in at most half of what the model sees at once."""
        most = self._longest // 2
        read = self._tokenizer(question, add_special_tokens=False, return_offsets_mapping=True, verbose=False)
        places = read["offset_mapping"]
        return question if len(places) <= most else question[places[-most][0] :]

    def _batch(self, question: str, texts: Sequence[str]) -> list[Scores]:
        import torch

        encoded = self._tokenizer(
            [question] * len(texts), list(texts), truncation="only_second", max_length=self._longest,
            stride=self._longest // 4, padding=True, return_overflowing_tokens=True, return_offsets_mapping=True,
            return_tensors="pt",
        )  # fmt: skip
        owners = encoded.pop("overflow_to_sample_mapping").tolist()
        offsets = encoded.pop("offset_mapping").numpy()
        with torch.inference_mode():
            said = self._model(**encoded)
        windows: list[list[_Window]] = [[] for _ in texts]
        for row, owner in enumerate(owners):
            inside = [i for i, side in enumerate(encoded.sequence_ids(row)) if side == 1]
            begin, end = said.start_logits[row].float().numpy(), said.end_logits[row].float().numpy()
            windows[owner].append((offsets[row][inside], begin[inside] - begin[0], end[inside] - end[0]))
        return [_together(each) for each in windows]


_Window = tuple[Any, Logits, Logits]
"""Offsets of its tokens, shape (n, 2), with their logits."""


def _together(windows: Sequence[_Window]) -> Scores:
    """The windows of one text as one: each token's logits are those of the window where it is farthest from an edge."""
    best: dict[Span, tuple[int, float, float]] = {}
    for offsets, begin, end in windows:
        here: dict[Span, tuple[float, float]] = {}  # a character can be several tokens: each speaks for it
        for (first, last), *said in zip(offsets.tolist(), begin.tolist(), end.tolist(), strict=True):
            before = here.get((first, last), (-np.inf, -np.inf))
            if last > first:
                here[first, last] = (max(said[0], before[0]), max(said[1], before[1]))
        for i, (place, logits) in enumerate(here.items()):
            inward = min(i, len(here) - 1 - i)
            if inward >= best.get(place, (-1, 0.0, 0.0))[0]:
                best[place] = (inward, *logits)
    places = sorted(best)
    columns = np.asarray([(*place, *best[place][1:]) for place in places], np.float64).reshape(-1, 4)
    return Scores(
        firsts=columns[:, 0].astype(np.int32),
        lasts=columns[:, 1].astype(np.int32),
        begin=columns[:, 2].astype(np.float32),
        end=columns[:, 3].astype(np.float32),
    )


def _loaded(path: str) -> tuple[PreTrainedTokenizerBase, PreTrainedModel]:
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    folder = Path(path).expanduser()
    where = str(folder.resolve()) if folder.exists() else path
    try:
        with _silence():
            tokenizer = AutoTokenizer.from_pretrained(where, local_files_only=True, trust_remote_code=False)
            model, report = AutoModelForQuestionAnswering.from_pretrained(
                where, local_files_only=True, trust_remote_code=False, output_loading_info=True
            )
    except Exception as error:  # each architecture fails in its own way
        raise ReaderUnusable(path=path, detail=" ".join(str(error).split())[:200]) from error
    if missing := sorted(report["missing_keys"]):
        raise ReaderUnusable(path=path, detail=f"not trained to answer questions: {missing[0]} is missing")
    if not tokenizer.is_fast:
        raise ReaderUnusable(path=path, detail="its tokenizer does not say where its tokens stand (no fast tokenizer)")
    if len(tokenizer) <= len(tokenizer.all_special_tokens):  # transformers makes one of marks alone where there is none
        raise ReaderUnusable(path=path, detail="its tokenizer is missing, or knows no words")
    tokenizer.padding_side = "right"
    if tokenizer("0", "0").sequence_ids(0)[0] is not None:
        raise ReaderUnusable(path=path, detail="its input does not begin with a mark to stand for 'no answer'")
    return tokenizer, model.float().eval()


@contextmanager
def _silence() -> Iterator[None]:
    """No progress bar and no report of what was loaded: standard error is for people."""
    from transformers import utils

    library: Any = utils.logging  # has types, but not for all of it
    verbosity, bars = library.get_verbosity(), library.is_progress_bar_enabled()
    library.set_verbosity(logging.CRITICAL)
    library.disable_progress_bar()
    try:
        yield
    finally:
        library.set_verbosity(verbosity)
        if bars:
            library.enable_progress_bar()
