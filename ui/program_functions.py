"""The four functions that other programs may call, as JSON Schema says it: names, parameters, what comes back.

Gradio's interface (:mod:`ui.page_endpoints`) and the MCP tools (:mod:`ui.mcp_server`) are described from here, and the
guard lets no other name and no other parameter through. Descriptions are read by programs and by assistants that decide
what to call: English, with the Chinese words where those are what a value is called.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ui.program_results import ANSWER, DOCUMENTS, EXCERPT, PASSAGES, Schema

MOST_VALUES = 1000
"""Of one parameter; every value of a scope is a search of its own."""
MOST_PASSAGES = 100
MOST_DOCUMENTS = 1000
SOME_DOCUMENTS = 100
LONGEST_TEXT = 20_000
"""Characters of a document in one answer; the next call goes on from there."""
AROUND, MOST_AROUND = 200, 5_000
"""Characters on each side of a span."""


@dataclass(frozen=True, kw_only=True)
class Function:
    """One function; ``parameters`` are JSON Schemas by name, each with a description."""

    name: str
    title: str
    description: str
    parameters: Mapping[str, Schema]
    required: tuple[str, ...] = ()
    result: Schema

    def input_schema(self) -> Schema:
        """All parameters as one object."""
        properties = {name: dict(schema) for name, schema in self.parameters.items()}
        schema: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
        return {**schema, "required": list(self.required)} if self.required else schema


def _texts(description: str) -> Schema:
    return {"type": "array", "items": {"type": "string"}, "maxItems": MOST_VALUES, "description": description}


def _number(least: int, greatest: int | None, default: int | None, description: str) -> Schema:
    limits = {"minimum": least} if greatest is None else {"minimum": least, "maximum": greatest}
    said = {} if default is None else {"default": default}
    return {"type": "integer", **limits, **said, "description": description}


QUESTION: Schema = {
    "type": "string",
    "description": "The question in natural language, Chinese or English (问题), at most 2000 characters. "
    "Whole questions work better than keywords.",
}
SCOPE: Mapping[str, Schema] = {
    "documents": _texts("Only these documents (文件): ids, paths, file names or titles. Several are alternatives."),
    "folders": _texts("Only documents whose files lie in one of these folders (文件夹)."),
    "issuers": _texts("Only documents whose issuer's name (发文机关) contains one of these words."),
    "years": {
        "type": "array",
        "items": {"type": "integer", "minimum": 1000, "maximum": 2999},
        "maxItems": MOST_VALUES,
        "description": "Only documents of these years (年份): of their date, else of their number.",
    },
    "numbers": _texts("Only documents with one of these numbers (文号), such as 国发〔2020〕1号, in any brackets."),
    "collections": _texts("Only documents of one of these collections (集合), by name; list_documents has them."),
}
"""Which documents; all six may be left out, and those that are given all have to fit."""

ASK = Function(
    name="ask",
    title="问：回答并引出处 Ask with citations",
    description="Answer one question from the user's own documents (向自己的文件提问). Gives a short answer and for "
    "each source the exact words with their offsets, so that they can be checked with open_source. Where the documents "
    "do not state the answer, `answered` is false, `reason` says so, and `nearest` has the passages that came closest.",
    parameters={
        "question": QUESTION,
        "history": _texts(
            "Questions asked before in the same conversation, oldest first, for follow-ups such as 那2023年呢."
        ),
        **SCOPE,
    },
    required=("question",),
    result=ANSWER,
)
SEARCH = Function(
    name="search",
    title="找：相关的段落 Find passages",
    description="Find the passages that belong to a question, best first, without answering it (只找段落，不作回答): "
    "to read more than `ask` cites, or to answer what takes several passages together.",
    parameters={
        "question": QUESTION,
        "top_k": _number(1, MOST_PASSAGES, None, "How many passages; as many as the program is set to where left out."),
        **SCOPE,
    },
    required=("question",),
    result=PASSAGES,
)
LIST = Function(
    name="list_documents",
    title="列：有哪些文件 List documents",
    description="List the documents that can be asked (有哪些文件), in the order of their files: id, title, number "
    "(文号), issuer (发文机关), date, size and collections (集合). Page through them with offset and limit.",
    parameters={
        "query": {
            "type": "string",
            "default": "",
            "description": "Words, with spaces between, that all have to stand in the title, the number or the issuer.",
        },
        "offset": _number(0, None, 0, "How many documents to pass over."),
        "limit": _number(1, MOST_DOCUMENTS, SOME_DOCUMENTS, "How many documents to give at most."),
        **SCOPE,
    },
    result=DOCUMENTS,
)
OPEN = Function(
    name="open_source",
    title="看：原文 Open the source",
    description="Read a document, or a stretch of it with what stands around it (打开原文，核对引文). `start`, `end` "
    "are those of a citation or a passage; `quote` is then the same words. Without them the document is read from its "
    f"beginning, {LONGEST_TEXT} characters at a time: call again with `start` set to `next`.",
    parameters={
        "document": {
            "type": "string",
            "description": "The document's id, as in `document.id` of a citation (文件编号).",
        },
        "start": _number(0, None, None, "Offset of the first character, from 0."),
        "end": _number(0, None, None, "Offset behind the last character."),
        "around": _number(0, MOST_AROUND, AROUND, "Characters to add on each side, where `end` is given."),
    },
    required=("document",),
    result=EXCERPT,
)

FUNCTIONS: Mapping[str, Function] = {each.name: each for each in (ASK, SEARCH, LIST, OPEN)}
