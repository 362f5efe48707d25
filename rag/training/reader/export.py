"""A trained network as files: a plain transformers checkpoint in half precision, and beside it one in 8 bits."""

from __future__ import annotations

import logging
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.bundled_model import graph_of
from rag.reader_inputs import LEVELS

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer
    from transformers import BertForQuestionAnswering

INPUTS = ("input_ids", "token_type_ids", "attention_mask")
OUTPUTS = ("start_logits", "end_logits")


def save(model: BertForQuestionAnswering, tokenizer: Tokenizer, folder: Path) -> None:
    """Write it into ``folder``, so that AutoModelForQuestionAnswering and AutoTokenizer load it; the other beside it.

    The 8-bit copy is made from the half precision weights, so that both say the same but for its rounding.
    """
    import torch
    from transformers import BertForQuestionAnswering, PreTrainedTokenizerFast

    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as place:
        half = Path(place) / "half"
        model.half().save_pretrained(half)  # type: ignore[no-untyped-call]
        model.float()  # type: ignore[no-untyped-call]
        _plain(tokenizer)
        PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
            tokenizer_object=tokenizer, cls_token="[CLS]", sep_token="[SEP]", pad_token="[PAD]", unk_token="[UNK]",
            model_max_length=model.config.max_position_embeddings,
            model_input_names=list(INPUTS),
        ).save_pretrained(half)  # fmt: skip
        # Written out plainly, attention becomes a graph a twelfth faster than torch's fused one does.
        rounded = BertForQuestionAnswering.from_pretrained(half, dtype=torch.float32, attn_implementation="eager")
        rounded.eval()  # type: ignore[no-untyped-call]
        graph = graph_of(half)
        graph.parent.mkdir()
        quantised(rounded, graph)
        shutil.copytree(half, folder, dirs_exist_ok=True)
        shutil.copytree(graph.parent, graph_of(folder).parent, dirs_exist_ok=True)


def quantised(model: BertForQuestionAnswering, file: Path) -> None:
    """The network as an ONNX graph with 8-bit weights, each row on a scale of its own."""
    import torch
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    example = torch.ones((2, 16), dtype=torch.long)
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length")
    shape: dict[int, Any] = {0: batch, 1: length}
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.getLogger("root").setLevel(logging.ERROR)
        whole, ready = Path(place) / "whole.onnx", Path(place) / "ready.onnx"
        torch.onnx.export(
            _as_tuple(model), tuple(example.clone() for _ in INPUTS), str(whole),
            input_names=INPUTS, output_names=OUTPUTS, dynamic_shapes=(tuple(shape for _ in INPUTS),),
            dynamo=True, external_data=False, verbose=False,
        )  # fmt: skip
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        # Weights with sign, in 7 of their 8 bits: so CPUs without VNNI multiply two bytes by two at a time, and no sum
        # overflows. A fifth faster there than 8 bits without sign; F1 on what was kept apart is the same (0.005).
        quantize_dynamic(str(ready), str(file), weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)


def _as_tuple(model: BertForQuestionAnswering) -> torch.nn.Module:
    """``model`` with its logits alone for output, in the order of ``OUTPUTS``."""
    import torch

    class Logits(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
            said = self.model(**dict(zip(INPUTS, inputs, strict=True)))
            return said.start_logits, said.end_logits

    return Logits()


def _plain(tokenizer: Tokenizer) -> None:
    """Have ``tokenizer`` lay out a question and a text as the network expects it, but for the shared characters."""
    from tokenizers.processors import TemplateProcessing

    marks = [(mark, tokenizer.token_to_id(mark)) for mark in ("[CLS]", "[SEP]")]
    tokenizer.post_processor = TemplateProcessing(
        single="[CLS] $A [SEP]", pair=f"[CLS]:0 $A:0 [SEP]:0 [SEP]:{LEVELS} $B:{LEVELS} [SEP]:{LEVELS}",
        special_tokens=marks,
    )  # fmt: skip
