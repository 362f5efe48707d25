"""``python -m embeddings.training [--smoke] [--data FOLDER] [--output FOLDER]``: makes the bundled encoder."""

import argparse
import os
import time
from pathlib import Path

from embeddings.bundled import bundled_folder, write_manifest
from embeddings.encoder import load_encoder
from embeddings.training.card import card
from embeddings.training.pairs import material
from embeddings.training.recipe import SMOKE, Recipe
from embeddings.training.train import build


def main(arguments: list[str] | None = None) -> None:
    """Train, save as a plain sentence-transformers model, write the model card and the manifest."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.training", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"), help="the folder with the data files")
    parser.add_argument("--output", type=Path, help="where the model goes; default: the bundled encoder's place")
    parser.add_argument("--smoke", action="store_true", help="a tiny worthless model in seconds; needs --output")
    chosen = parser.parse_args(arguments)
    if chosen.smoke and chosen.output is None:
        parser.error("--smoke makes a worthless model: say with --output where it should go")
    if not chosen.data.is_dir():
        parser.error(f"{chosen.data}: no such folder; give the folder of the data files with --data")
    # Nothing here needs a server, so none may be asked.
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
    recipe, output = (SMOKE, chosen.output) if chosen.smoke else (Recipe(), chosen.output or bundled_folder())
    begun = time.perf_counter()
    model = build(material(chosen.data, laws_at_most=recipe.laws_at_most), recipe, _tell)
    minutes = (time.perf_counter() - begun) / 60
    output.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(str(output), create_model_card=False)
    (output / "README.md").write_text(card(recipe, minutes), encoding="utf-8")
    for file in output.iterdir():
        file.chmod(0o644)  # safetensors writes files that nobody else may read
    write_manifest(output)
    size = sum(path.stat().st_size for path in output.rglob("*") if path.is_file())
    print(f"{output}: {load_encoder(str(output)).name}, {size / 1e6:.1f} MB, {minutes:.1f} minutes")


def _tell(done: int, steps: int, loss: float) -> None:
    print(f"step {done} of {steps}, loss {loss:.3f}", flush=True)


if __name__ == "__main__":
    main()
