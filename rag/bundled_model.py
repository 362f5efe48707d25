"""Owner of onnxruntime: the trained reader that comes with the program, or one made by the same recipe, without torch.

The folder is a plain transformers checkpoint; beside it, in ``onnx/``, lies the same network in 8 bits. It starts in a
tenth of a second, where torch and transformers take several.
"""

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np

from rag.errors import ReaderDamaged
from rag.reader_inputs import Ids, Input, Marks, make_input, padded
from rag.span_model import Logits, Scores, Stretch, readable

GRAPH = "onnx/model_qint8.onnx"
REACH = 160
"""Characters read in one piece: what it was trained on."""
_BATCH = 4
"""Stretches in one pass, of about the same length: more on a CPU only adds padding."""


def bundled_folder() -> Path:
    """Where the trained reader lies that comes with the program."""
    return Path(str(resources.files("rag") / "weights" / "reader"))


class BundledModel:
    """A :class:`rag.span_model.SpanModel` over a checkpoint of ``rag.training.reader``."""

    reach = REACH

    def __init__(self, folder: Path) -> None:
        """Load the network and the tokenizer.

        Raises:
            ReaderDamaged: A file is missing or cannot be understood.
        """
        import onnxruntime
        from tokenizers import Tokenizer

        self.name = folder.name
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 3
            self._network = onnxruntime.InferenceSession(
                str(folder / GRAPH), options, providers=["CPUExecutionProvider"]
            )
            self._marks = Marks(cls=self._tokenizer.token_to_id("[CLS]"), sep=self._tokenizer.token_to_id("[SEP]"))
        except Exception as error:  # both libraries raise plain exceptions of their own for everything
            raise ReaderDamaged(path=str(folder), detail=" ".join(str(error).split())[:160]) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
        """The scores of each stretch, in order."""
        asked = self._ids(question)
        read = [self._tokenizer.encode(readable(stretch.text), add_special_tokens=False) for stretch in stretches]
        inputs = []
        for stretch, tokens in zip(stretches, read, strict=True):
            ids = np.asarray(tokens.ids, np.int32)
            inputs.append(make_input(asked, self._ids(stretch.headings), ids, (0, len(ids)), self._marks))
        scores: list[Scores | None] = [None] * len(inputs)
        order = sorted(range(len(inputs)), key=lambda i: len(inputs[i].ids))
        for at in range(0, len(order), _BATCH):
            batch = order[at : at + _BATCH]
            for i, (begin, end) in zip(batch, self._run([inputs[i] for i in batch]), strict=True):
                offsets = np.asarray(read[i].offsets, np.int32).reshape(-1, 2)
                scores[i] = Scores(firsts=offsets[:, 0], lasts=offsets[:, 1], begin=begin, end=end)
        return tuple(each for each in scores if each is not None)

    def _run(self, inputs: Sequence[Input]) -> list[tuple[Logits, Logits]]:
        """Logits of each input's window, less those of there being no answer."""
        ids, types, mask = padded(inputs)
        begin, end = self._network.run(
            ["start_logits", "end_logits"], {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
        )
        places = [slice(each.start, each.start + each.tokens) for each in inputs]
        return [(b[place] - b[0], e[place] - e[0]) for b, e, place in zip(begin, end, places, strict=True)]

    def _ids(self, text: str) -> Ids:
        return np.asarray(self._tokenizer.encode(readable(text), add_special_tokens=False).ids, np.int32)


@lru_cache(maxsize=1)
def bundled_model() -> BundledModel:
    """The trained reader that comes with the program, loaded once.

    Raises:
        ReaderDamaged: Its files are missing or cannot be understood.
    """
    return BundledModel(bundled_folder())
