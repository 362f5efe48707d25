"""What the functions for other programs give back, as JSON Schema; the records themselves are made in ``ui.records``.

Only what a caller relies on is required: fields are added freely, none is renamed.
"""

from typing import Any

Schema = dict[str, Any]

_TEXT: Schema = {"type": "string"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_PERHAPS: Schema = {"anyOf": [_TEXT, {"type": "null"}]}  # not a list of types, which Gradio's client cannot read
_ORDINAL: Schema = {"anyOf": [_COUNT, {"type": "null"}]}
_PAGE: Schema = {**_ORDINAL, "description": "Page, where the file has pages."}
_SECTION: Schema = {"type": "array", "items": _TEXT, "description": "Headings above it, the outermost first."}
_ADDRESS: Schema = {"type": "string", "description": "How it is cited, such as 第五条第二款; empty where it is not."}


def _object(required: str, **properties: Schema) -> Schema:
    return {"type": "object", "properties": properties, "required": required.split()}


def _many(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "description": description}


_DOCUMENT = _object(
    "id title number issuer date",
    id={"type": "string", "description": "For open_source."},
    title=_TEXT,
    number={**_PERHAPS, "description": "文号"},
    issuer={**_PERHAPS, "description": "发文机关"},
    date={**_PERHAPS, "description": "成文日期, ISO 8601"},
)
_SIZED = {
    **_DOCUMENT,
    "properties": {**_DOCUMENT["properties"], "paragraphs": _COUNT, "characters": _COUNT},
    "required": [*_DOCUMENT["required"], "paragraphs", "characters"],
}
_INSIDE = _many(_TEXT, "Names of the collections (集合) that it is in.")
_LISTED = {
    **_SIZED,
    "properties": {**_SIZED["properties"], "collections": _INSIDE},
    "required": [*_SIZED["required"], "collections"],
}
_PLACE = {"document": _DOCUMENT, "section": _SECTION, "address": _ADDRESS, "paragraph": _COUNT, "page": _PAGE}
_OFFSETS = {"start": _COUNT, "end": _COUNT, "score": {"type": "number"}}
_PASSAGE = _object("document section page text start end", **_PLACE, text=_TEXT, **_OFFSETS)
_CITATION = _object(
    "marker document section page quote start end highlights",
    marker={"type": "integer", "minimum": 1},
    **_PLACE,
    quote={"type": "string", "description": "The exact words: the document's text from start to end."},
    **_OFFSETS,
    highlights=_many({"type": "array", "items": _COUNT}, "Spans of the answer inside the quote, same offsets."),
)
_SCOPE: Schema = {"type": "object", "description": "What was asked of, where that was not everything."}

ANSWER = _object(
    "question answer answered reason reason_code kind confidence citations nearest",
    question=_TEXT,
    asked={"type": "string", "description": "The question as it was searched for: a follow-up completed."},
    answer={"type": "string", "description": "Empty where not answered."},
    answered={"type": "boolean"},
    reason={**_PERHAPS, "description": "Why there is no answer, in words."},
    reason_code=_PERHAPS,
    kind=_TEXT,
    items=_many(_TEXT, "The members of a list, in order."),
    arithmetic={"type": "string", "description": "How the answer was computed, where it was."},
    claims=_many({"type": "object"}, "Where documents disagree, what each says."),
    confidence={"type": "number", "minimum": 0, "maximum": 1},
    citations=_many(_CITATION, "The sources; never empty where answered."),
    nearest=_many(_PASSAGE, "Where not answered, the passages that came closest."),
    scope=_SCOPE,
)
PASSAGES = _object("question passages", question=_TEXT, passages=_many(_PASSAGE, "Best first."), scope=_SCOPE)
DOCUMENTS = _object(
    "documents total offset",
    documents=_many(_LISTED, "In the order of their files."),
    total={**_COUNT, "description": "How many there are in all that fit."},
    offset=_COUNT,
    scope=_SCOPE,
)
EXCERPT = _object(
    "document quote start end text text_start text_end next section address page paragraph",
    document=_SIZED,
    quote={"type": "string", "description": "The document's characters from start to end."},
    start=_COUNT,
    end=_COUNT,
    text={"type": "string", "description": "The quote with what stands around it."},
    text_start={**_COUNT, "description": "quote == text[start - text_start : end - text_start]"},
    text_end=_COUNT,
    next={**_ORDINAL, "description": "Where reading goes on, as `start`; null at the document's end."},
    section=_SECTION,
    address=_ADDRESS,
    page=_PAGE,
    paragraph={
        **_ORDINAL,
        "description": "Ordinal, from 0, of the paragraph that the quote begins in.",
    },
)
ERROR = _object("error", error={"type": "string", "description": "One line: what was wrong."})
