"""Make the trained reader: ``python -m rag.training.reader [--smoke | --device cuda] [--data DIR] [--body FILE]``.

With ``--reader FOLDER`` in place of a body it goes on from a finished reader, with five layers where it has fewer.

Reads the data folder, trains (hours on a CPU, minutes on a GPU), writes a checkpoint that plain transformers loads, the
same network in 8 bits, and the model card. A run that was interrupted goes on from its checkpoint in the work folder.
Afterwards ``python -m rag.training --reader bundled`` fits the weights that combine it with the evidence.
"""

import argparse
import logging
import os
from dataclasses import replace
from pathlib import Path

from embeddings.bundled import write_manifest
from rag.bundled_model import bundled_folder, graph_of
from rag.training.reader.card import card, start_of
from rag.training.reader.evaluate import evaluate
from rag.training.reader.export import save
from rag.training.reader.material import material
from rag.training.reader.model import blended, deeper
from rag.training.reader.recipe import DEEPER, GPU, SMOKE, Recipe
from rag.training.reader.train import marks_of, train
from rag.training.reader.vocabulary import tokenizer_of


def main(arguments: list[str] | None = None) -> None:
    """Train, write, and say how good it is."""
    parser = argparse.ArgumentParser(prog="python -m rag.training.reader", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder with the data files")
    parser.add_argument("--output", type=Path, help="where the reader goes; default: the bundled one's place")
    parser.add_argument("--work", type=Path, default=Path("build/reader"), help="folder of the checkpoint")
    start = parser.add_mutually_exclusive_group()
    start.add_argument("--body", type=Path, help="model.safetensors of all-MiniLM-L6-v2, whose layers are started from")
    start.add_argument("--reader", type=Path, help="folder of a finished reader to go on from, with five layers")
    parser.add_argument("--device", choices=("cpu", "cuda"), default="cpu")
    parser.add_argument("--steps", type=int, help="other than the recipe's")
    parser.add_argument("--smoke", action="store_true", help="a tiny worthless reader in a minute; needs --output")
    chosen = parser.parse_args(arguments)
    if chosen.smoke and chosen.output is None:
        parser.error("--smoke makes a worthless reader: say with --output where it should go")
    if not chosen.data.is_dir():
        parser.error(f"{chosen.data}: no such folder; give the folder of the data files with --data")
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    logging.getLogger("rag.training.reader").setLevel(logging.INFO)
    recipe = SMOKE if chosen.smoke else DEEPER if chosen.reader else GPU if chosen.device == "cuda" else Recipe()
    if chosen.steps is not None:
        recipe = replace(recipe, steps=chosen.steps, decay=min(recipe.decay, chosen.steps // 3))
    output = chosen.output or bundled_folder()
    ready = material(chosen.data, recipe, tokenizer_of(chosen.reader) if chosen.reader else None)
    model = train(ready, recipe, chosen.work, body=chosen.body, reader=chosen.reader, device=chosen.device)
    if chosen.reader and recipe.kept:
        blended(model, deeper(chosen.reader, recipe.layers), recipe.kept)
    figures = evaluate(model, ready.apart, marks_of(ready.tokenizer), ready.tokenizer)
    save(model, ready.tokenizer, output)
    (output / "README.md").write_text(
        card(recipe, len(ready.learnt), figures, start_of(chosen.body, chosen.reader)), "utf-8"
    )
    for file in output.rglob("*.safetensors"):
        file.chmod(0o644)  # safetensors writes files that nobody else may read
    write_manifest(output)
    write_manifest(graph_of(output).parent)


if __name__ == "__main__":
    main()
