"""The recipe of the trained reader: ``python -m rag.training.reader``."""
