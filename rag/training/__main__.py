"""Fit the weights of the sentence reader: ``python -m rag.training [--reader PATH] [--data DIR] [--most N]``.

Ordering: a softmax over the sentences of all passages of a question, against the one that holds the answer; and one
over the candidate spans of that sentence, against those nearest to the answer. Confidence: logistic regression of
"the answer shown is right" on the questions as retrieved and, with their own paragraph hidden, as unanswerable ones.
The encoder has learnt from most articles; there its cosine says more than it will in use. So only the weights of spans,
which know nothing of it, are fitted on those articles; the others on half of the articles that it has not seen, and
the figures are of the other half. Each question is asked of all paragraphs together and of a few documents alone: how
much a word says, and how likely the answer is among what was found, depends on that; confidence is fitted on the
latter, which is how people ask. All of it on the CPU, in minutes.

With ``--reader bundled`` or another trained reader, which must not have seen those articles either, the weights are
those that combine it with the evidence; all of them are then fitted on half of the articles kept apart.
"""

import argparse
import json
import logging
import tempfile
from pathlib import Path

from embeddings.encoder import load_encoder
from rag.models import NONE, load_model
from rag.reader import TRAINED, UNTRAINED
from rag.training.pool import Example, Part, build_pool, examples, labelled_questions, small_pools
from rag.training.sentence_weights import fit, measure

log = logging.getLogger("rag.training")


def main() -> None:
    """Fit, write the weights, and report on the articles kept apart."""
    parser = argparse.ArgumentParser(prog="python -m rag.training", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--most", type=int, default=1200, help="questions of each set and part")
    parser.add_argument("--reader", default=NONE, help="trained reader to combine with: bundled, a folder, or none")
    parser.add_argument("--output", type=Path, help="default: the file in rag/weights that is read in use")
    parser.add_argument("--measure", action="store_true", help="fit nothing; measure the weights in the output file")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    log.setLevel(logging.INFO)
    encoder, model = load_encoder(None), load_model(arguments.reader)
    output = arguments.output or Path("rag/weights") / (TRAINED if model else UNTRAINED)
    with tempfile.TemporaryDirectory() as folder:
        snapshot = build_pool(arguments.data, Path(folder) / "all", encoder)

        def part(name: Part) -> list[Example]:
            chosen = labelled_questions(arguments.data, most=arguments.most, part=name)
            log.info("%s: %d questions", name, len(chosen))
            found = list(examples(snapshot, encoder, chosen))
            if name != "seen":
                for small, mine in small_pools(arguments.data, Path(folder) / name, encoder, chosen):
                    found += examples(small, encoder, mine, small=True)
            return found

        if arguments.measure:
            weights = json.loads(output.read_text(encoding="utf-8"))["weights"]
        else:
            seen = [] if model else part("seen")
            weights = fit(seen, part("unseen"), encoder, model)
        apart = part("measured")
        figures = {
            name: measure([e for e in apart if e.official == official], encoder, weights, model)
            for name, official in (("official", True), ("encyclopedia", False))
        }
    said = {"most": arguments.most, "measured on articles kept apart": figures, "weights": weights}
    output.write_text(json.dumps(said, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    log.info(json.dumps(figures, indent=1, ensure_ascii=False))


if __name__ == "__main__":
    main()
