"""Owner of onnxruntime: the trained reader that comes with the program, or one made by the same recipe, without torch.

The folder is a plain transformers checkpoint; beside it or in it lies the same network in 8 bits. It starts in a tenth
of a second, where torch and transformers take several.
"""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np

from embeddings.bundled import verify
from embeddings.errors import EncoderDamaged
from rag.errors import ReaderDamaged
from rag.progress import reading
from rag.reader_inputs import Ids, Input, Marks, make_input, padded, windows
from rag.span_model import Logits, Scores, Stretch, readable

GRAPH = "model_qint8.onnx"
REACH = 160
"""Characters read in one piece: what it was trained on."""
MOST_WORKERS = 4


def bundled_folder() -> Path:
    """Where the trained reader lies that comes with the program."""
    return Path(str(resources.files("rag") / "weights" / "reader"))


def graph_of(folder: Path) -> Path:
    """Where the 8-bit network of the checkpoint in ``folder`` lies: in its ``onnx/``, else in a folder beside it.

    Beside ``reader/`` that is ``reader_8bit/``; what is fetched from a hub is one folder.
    """
    inside = folder / "onnx" / GRAPH
    return inside if inside.is_file() else folder.with_name(f"{folder.name}_8bit") / GRAPH


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

        onnxruntime.disable_telemetry_events()  # what builds for Windows would note down for their maker
        self.name = folder.name
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._tokenizer.no_padding()
            self._tokenizer.no_truncation()
            self._tokenizer.encode_special_tokens = True  # a text that says "[SEP]" does not end there
            options = onnxruntime.SessionOptions()
            options.log_severity_level = 4  # its errors are raised as well
            options.intra_op_num_threads = 1  # stretches side by side are quicker than one stretch on all cores
            self._network = onnxruntime.InferenceSession(
                str(graph_of(folder)), options, providers=["CPUExecutionProvider"]
            )
            entries = self._tokenizer.get_vocab()
            self._marks = Marks(cls=entries["[CLS]"], sep=entries["[SEP]"])
            self._workers = ThreadPoolExecutor(min(MOST_WORKERS, os.cpu_count() or 1), thread_name_prefix="reader")
            self.score("0", [Stretch(headings="", text="0")])  # files that load may still not belong together
        except Exception as error:  # both libraries raise plain exceptions of their own for everything
            raise ReaderDamaged(path=str(folder), detail=" ".join(str(error).split())[:160]) from error

    def score(self, question: str, stretches: Sequence[Stretch]) -> tuple[Scores, ...]:
        """The scores of each stretch, in order; they do not depend on the other stretches."""
        asked = self._ids(question)
        scored = self._workers.map(lambda stretch: self._score(asked, stretch), stretches)
        return tuple(reading(scored, len(stretches)))

    def _score(self, asked: Ids, stretch: Stretch) -> Scores:
        read = self._tokenizer.encode(readable(stretch.text), add_special_tokens=False)
        ids, above = np.asarray(read.ids, np.int32), self._ids(stretch.headings)
        # Some characters are several tokens: "……" is six. More than one window is rare.
        inputs = [make_input(asked, above, ids, window, self._marks) for window in windows(len(ids))]
        begin, end = _joined(len(ids), [(each, *self._run(each)) for each in inputs])
        offsets = np.asarray(read.offsets, np.int32).reshape(-1, 2)
        return Scores(firsts=offsets[:, 0], lasts=offsets[:, 1], begin=begin, end=end)

    def _run(self, made: Input) -> tuple[Logits, Logits]:
        """Logits of the window, less those of there being no answer.

        One window at a time: on a CPU several together are no faster, and as the 8 bits are scaled to what is run
        together, what stands beside a stretch would change its scores.
        """
        ids, types, mask = padded([made])
        begin, end = self._network.run(
            ["start_logits", "end_logits"], {"input_ids": ids, "token_type_ids": types, "attention_mask": mask}
        )
        place = slice(made.start, made.start + made.tokens)
        return begin[0][place] - begin[0][0], end[0][place] - end[0][0]

    def _ids(self, text: str) -> Ids:
        return np.asarray(self._tokenizer.encode(readable(text), add_special_tokens=False).ids, np.int32)


def _joined(tokens: int, parts: Sequence[tuple[Input, Logits, Logits]]) -> tuple[Logits, Logits]:
    """Logits of all windows as those of one text: of each token in the window where it is farthest from an edge."""
    begin, end, depth = np.zeros(tokens, np.float32), np.zeros(tokens, np.float32), np.full(tokens, -1)
    for made, begins, ends in parts:
        here = np.arange(made.first, made.first + made.tokens)
        inward = np.minimum(np.arange(made.tokens), np.arange(made.tokens)[::-1])
        deeper = inward > depth[here]
        begin[here[deeper]], end[here[deeper]] = begins[deeper], ends[deeper]
        depth[here[deeper]] = inward[deeper]
    return begin, end


@lru_cache(maxsize=1)
def bundled_model() -> BundledModel:
    """The trained reader that comes with the program, loaded once.

    Raises:
        ReaderDamaged: Its files are missing or cannot be understood.
    """
    folder = bundled_folder()
    try:
        verify(folder)
        verify(graph_of(folder).parent)
    except EncoderDamaged as error:
        raise ReaderDamaged(path=str(folder), detail=error.facts["detail"]) from error
    return BundledModel(folder)
