"""Which field of a document's record a question asks for: its number, its issuer, its date, its addressee and so on.

The names are those of ``corpus.official``, ``title`` and ``proposer``, whom a reply is addressed to; the words that ask
for them stand in ``lexicon/record_fields.tsv``. They are told too, because they say nothing about which
document is meant.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from corpus.masthead import NUMBER
from rag.question import Question

_PAPER = r"(?:文件|通知|意见|答复|函|复函|决定|批复|公告|通告|通报|办法|方案|回复|公文|文|令|报告)"
_ONE = re.compile(
    rf"(?:这|那|该|此|一)[一两]?(?:份|个|封|件|则)[^，。]{{0,16}}{_PAPER}|《[^》]+》|关于[^，。]{{2,60}}的[^，。]{{0,6}}{_PAPER}"
    rf"|{_PAPER}(?:的|上|里|是|[，,])|(?:答复|回复|批复|转发|答应)\S{{2,40}}(?:那|的)(?:一?[份个封件])"
)
"""A document that is spoken of as one."""
STRONG = frozenset(("copies", "number", "attachments", "printed", "printed_by", "proposer", "answered", "proposal"))
"""Fields whose words hardly ask for anything else."""
_IDLE = re.compile(
    rf"请问|想知道|想问|麻烦|查一?下|告诉我|这(?:份|个|封|件)|那(?:份|个|封|件)|(?:份|个|封|件)(?={_PAPER})|是|的|了|吗|呢|么|多少|什么|谁|哪|几|有|给|由|在|它|都"
    r"|\b(?:what|which|who|whom|when|is|was|the|of|to|a|an|and|did|does|it|this|that|document|please)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class AskedField:
    """The field ``name``, and the question's ``rest`` in simplified characters: what says which document is meant."""

    name: str
    rest: str


def asked_field(question: Question) -> AskedField | None:
    """The field that ``question`` asks for; ``None`` where it asks for something else."""
    paper = question.kind in ("metadata", "document") or NUMBER.search(question.plain) or _ONE.search(question.plain)
    for name, pattern in _fields():
        match = pattern.search(question.plain)
        if match is not None and (name in STRONG or paper):
            rest = question.plain[: match.start()] + " " + question.plain[match.end() :]
            return AskedField(name=name, rest=_IDLE.sub(" ", rest))
    return None


@lru_cache
def _fields() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The fields with their patterns; a line that begins with # is a remark, or says what ``{who}`` stands for."""
    table = resources.files("rag") / "lexicon" / "record_fields.tsv"
    lines = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()]
    who = next(line[1] for line in lines if line[0] == "# who")
    return tuple(
        (line[0], re.compile(line[1].replace("{who}", who), re.IGNORECASE)) for line in lines if line[0][:1] != "#"
    )
