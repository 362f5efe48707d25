"""The recipe of the bundled encoder: ``python -m embeddings.training`` makes it, ``--smoke`` proves the way."""
