"""What a test set is made of: questions with the answers that are accepted, and sometimes the texts to ask them of."""

from collections.abc import Mapping
from dataclasses import dataclass, field

HIDDEN = "#hidden"
"""What the id of a question ends with where it is asked again with its document hidden."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question of a test set.

    Attributes:
        id: Unique in its test set.
        question: As it is asked.
        answers: Accepted alternatives; empty where the documents do not say. ``是`` or ``否`` (``yes`` or ``no``)
            first where the verdict is what counts.
        items: The members of a list, all of which count; then ``answers`` are other ways to write the whole.
        documents: Names of the documents that answer it, any of them; empty where the test set does not say. A name is
            a document's id, path, file name, file name without its suffix, title or 文号.
        evidence: The words that prove the answer, one entry a place; all of them are needed.
        relevance: For retrieval alone (BEIR): name of a document -> grade above 0.
        type: Kind of question, as the test set calls it.
        style: ``lexical``, ``paraphrase`` or another word of the test set's own.
        history: Questions asked before this one, oldest first.
        where: Where it stands in the file, for messages: ``12`` for a line, ``data[0].paragraphs[2].qas[1]`` in JSON.
    """

    id: str
    question: str
    answers: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    relevance: Mapping[str, int] = field(default_factory=dict)
    type: str | None = None
    style: str | None = None
    history: tuple[str, ...] = ()
    where: str = ""

    @property
    def hidden_id(self) -> str:
        """Its id where it is asked with its document hidden: another question."""
        return f"{self.id}{HIDDEN}"

    @property
    def answerable(self) -> bool:
        """Whether the documents say."""
        return bool(self.answers or self.items)


@dataclass(frozen=True, kw_only=True)
class Context:
    """A text that a test set brings with it: one document of a temporary index. ``name`` is what its cases call it."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A test set as it was read; nothing of the file has been left out.

    Attributes:
        path: The file or folder.
        format: ``jsonl``, ``csv``, ``squad`` (SQuAD, CMRC 2018, DRCD) or ``beir``.
        cases: In the order of the file.
        contexts: The texts that come with it; empty for ``jsonl`` and ``csv``.
        retrieval_only: There are no answers, only relevant documents (``beir``).
    """

    path: str
    format: str
    cases: tuple[Case, ...]
    contexts: tuple[Context, ...] = ()
    retrieval_only: bool = False
