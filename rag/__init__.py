"""The trunk: from a question to an answer with the exact words that prove it."""
