"""Texts in, a float32 matrix out. Knows strings and numpy; knows nothing of documents."""
