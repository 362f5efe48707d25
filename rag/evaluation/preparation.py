"""Before the first question is asked: are its documents here, do its answers stand in them, what is to be hidden."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.evaluation.case import Dataset
from rag.evaluation.documents import Consulted, Documents
from rag.evaluation.errors import EvidenceNowhere, UnknownDocuments
from rag.evaluation.judging import Prepared
from rag.evaluation.metrics.containment import holds, is_verdict
from rag.evaluation.metrics.folding import fold

NAMED = 5
"""Unknown documents that a message names."""
WIDESPREAD = 20
"""An answer that stands in more documents than this does not say which one it was taken from."""


@dataclass(frozen=True, kw_only=True)
class Caution:
    """Something about a test set that its figures should be read with.

    ``answers_nowhere``     ``count`` questions, ``listed`` as (id, first accepted answer): it stands in no document
    ``evidence_nowhere``    ``count`` questions, ``listed`` as (id, evidence)
    ``contexts_left_out``   ``count`` texts of the test set could not be indexed, ``listed`` by name
    ``cannot_leave_out``    ``count`` questions, ``listed`` by id: nobody said which document answers them
    """

    key: str
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(kw_only=True)
class _Findings:
    """What was noticed on the way."""

    answers: list[tuple[str, str]] = field(default_factory=list)
    evidence: list[tuple[str, str]] = field(default_factory=list)
    checked: int = 0


def prepare(dataset: Dataset, library: Consulted, documents: Documents) -> tuple[list[Prepared], list[Caution]]:
    """Every case with its documents, and what is worth a warning.

    Raises:
        UnknownDocuments: A name of the test set is no document of the index.
        EvidenceNowhere: Not one of its answers stands in any document.
    """
    missing = _contexts_left_out(dataset, library)
    resolved = _resolve(dataset, library, documents, set(missing))
    found = _Findings()
    if not dataset.retrieval_only:
        for prepared in resolved:
            if prepared.case.answerable:
                _check(prepared, documents, found)
        if found.checked and len(found.answers) == found.checked:
            raise EvidenceNowhere(path=dataset.path, folder=library.folder)
    named: dict[str, Sequence[object]] = {
        "answers_nowhere": found.answers, "evidence_nowhere": found.evidence, "contexts_left_out": missing
    }  # fmt: skip
    return resolved, [caution(key, listed) for key, listed in named.items() if listed]


def caution(key: str, listed: Sequence[object]) -> Caution:
    """A caution about all that is ``listed``."""
    return Caution(key=key, facts={"count": len(listed), "listed": list(listed)})


def leave_out(prepared: Iterable[Prepared], documents: Documents) -> tuple[list[Prepared], list[Caution]]:
    """The answerable questions once more, each with every document to be hidden that says what answers it.

    Copies that hold the same evidence are hidden with it.
    """
    left_out, cannot = [], []
    for each in prepared:
        if not each.case.answerable:
            continue
        if hidden := _saying(each, documents):
            left_out.append(replace(each, hidden=hidden))
        else:
            cannot.append(each.case.id)
    return left_out, [caution("cannot_leave_out", cannot)] if cannot else []


def _saying(prepared: Prepared, documents: Documents) -> frozenset[str]:
    case = prepared.case
    copies = [documents.holding(piece) for piece in case.evidence]
    hidden = prepared.documents.union(*copies)
    if hidden:
        return hidden
    holding = frozenset().union(*(documents.holding(a) for a in (*case.answers, *case.items) if not is_verdict(a)))
    return holding if len(holding) <= WIDESPREAD else frozenset()


def _contexts_left_out(dataset: Dataset, library: Consulted) -> list[str]:
    """Names of the test set's own texts that hold nothing to be indexed."""
    if not dataset.contexts or library.filled is None:
        return []
    return sorted(failure.path.rsplit("/", 1)[-1].removesuffix(".txt") for failure in library.filled.failed)


def _resolve(dataset: Dataset, library: Consulted, documents: Documents, missing: set[str]) -> list[Prepared]:
    """Names to ids. A test set with texts of its own may be asked of an index that calls them otherwise."""
    elsewhere = bool(dataset.contexts) and library.filled is None
    resolved, unknown = [], dict[str, None]()
    for case in dataset.cases:
        ids = {name: documents.named(name) for name in (*case.documents, *case.relevance)}
        if not elsewhere:
            unknown |= dict.fromkeys(name for name, found in ids.items() if not found and name not in missing)
        answering = frozenset().union(*(ids[name] for name in case.documents))
        resolved.append(Prepared(case=case, documents=answering))
    if unknown:
        names = "、".join([*unknown][:NAMED]) + ("…" if len(unknown) > NAMED else "")
        raise UnknownDocuments(path=dataset.path, count=len(unknown), names=names, folder=library.folder)
    return resolved


def _check(prepared: Prepared, documents: Documents, found: _Findings) -> None:
    """Note where neither the answers nor the evidence of a question stand where they are said to."""
    case = prepared.case
    ids = prepared.documents or documents.records
    pieces = [fold(piece) for piece in case.evidence]
    lost = next((n for n, piece in enumerate(pieces) if not any(piece in documents.folded(id) for id in ids)), None)
    if lost is not None:
        found.evidence.append((case.id, case.evidence[lost]))
    wanted = case.items or tuple(answer for answer in case.answers if not is_verdict(answer))
    if not wanted:
        return
    found.checked += 1
    need = all if case.items else any
    if not need(_stands(answer, ids, documents) for answer in wanted):
        found.answers.append((case.id, wanted[0]))


def _stands(answer: str, ids: Iterable[str], documents: Documents) -> bool:
    """The folded text is a first, quick look; where a word ends only the text itself says."""
    folded = fold(answer)
    return any(folded in documents.folded(id) and holds(documents.text(id), answer) for id in ids)
