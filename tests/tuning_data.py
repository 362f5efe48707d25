"""Documents whose headings say in other words what their paragraphs are about, and a static model that knows nothing.

Every character of ``SAID`` goes with the one of ``MEANT`` at the same place: a heading of three of the first stands
over a paragraph of the three that go with them.
"""

import json
import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file
from tokenizers import Tokenizer, models, pre_tokenizers

from rag.tuning.general import general_pairs

STATIC = "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding"
SAID = "春夏秋冬山川河海花草树木鸟兽鱼虫"
MEANT = "红黄蓝绿刀枪剑戟琴棋书画茶酒饭菜"
FILLER = "的了在是和有就也都要到去来说会着看自好"
DOCUMENTS, SECTIONS = 48, 5


def write_model(folder: Path, dimension: int = 32) -> Path:
    """A token for each character, each with a random vector."""
    folder.mkdir(parents=True, exist_ok=True)
    characters = sorted({*SAID, *MEANT, *FILLER, *"第号文件是什么时候多少0123456789"})
    tokenizer = Tokenizer(models.BPE({character: place for place, character in enumerate(characters)}, []))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    table = np.random.default_rng(1).standard_normal((len(characters), dimension)).astype(np.float16)
    save_file({"embedding.weight": table}, folder / "model.safetensors")
    (folder / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": STATIC}]))
    (folder / "config_sentence_transformers.json").write_text(json.dumps({"prompts": {}}))
    return folder


def write_documents(folder: Path, *, related: bool = True, documents: int = DOCUMENTS) -> Path:
    """Markdown files; where they are not ``related``, what a paragraph is about has nothing to do with its heading."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = random.Random(7)
    for number in range(documents):
        lines = [f"# 第{number}号\n"]
        for _ in range(SECTIONS):
            heading = draw.sample(range(len(SAID)), 3)
            text = heading if related else draw.sample(range(len(MEANT)), 3)
            lines += [f"## {''.join(SAID[place] for place in heading)}\n", f"{_paragraph(text, draw)}\n"]
        (folder / f"{number:02}.md").write_text("\n".join(lines), encoding="utf-8")
    return folder


def ask_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty general questions that no encoder here knows a word of, where the judgement is not what is tested."""
    asked, texts = general_pairs()
    unknown = tuple(replace(each, query="ABC") for each in asked[:20])
    monkeypatch.setattr("rag.tuning.tuning.general_pairs", lambda: (unknown, texts[:20]))


def _paragraph(places: list[int], draw: random.Random) -> str:
    """Two sentences of the same characters in another order, with words that say nothing between them."""
    sentences = []
    for _ in range(2):
        characters = [*(MEANT[place] for place in places), *draw.choices(FILLER, k=9)]
        draw.shuffle(characters)
        sentences.append("".join(characters) + "。")
    return "".join(sentences)
