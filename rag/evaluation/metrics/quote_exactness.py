"""Is a quote what stands at its place?

    quote exactness = share of quotes with  text[start:end] == quote

The program promises 1.0, so anything less is a defect; see ``rag.citations``.
"""


def is_exact(text: str, start: int, end: int, quote: str) -> bool:
    """Whether ``quote`` is ``text[start:end]``, offsets in Unicode characters; an empty quote is none."""
    return 0 <= start < end <= len(text) and text[start:end] == quote
