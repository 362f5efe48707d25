"""From questions to answers: the one place where the order of things is written down."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from rag.answer import Answer, Asked, Consultation, Passage, Timing
from rag.citations import cite, cite_each, cite_further
from rag.comparison import comparison
from rag.disagreement import claims, disagreeing
from rag.follow_up import Turn, needs_answer
from rag.interfaces import Finding, Lists, Names, Reader, Reading, Records, Retriever
from rag.progress import searching
from rag.question import Question, understand
from rag.scope import Scope
from rag.side_by_side import computed, found, measured, stands, states, sure
from rag.two_part import together, two_questions
from rag.understood import Understood, Way
from rag.variants import simplified

NEAREST = 3
SURE = 0.5
"""How likely a document must be the one that is asked about for others to be left out."""


@dataclass(frozen=True, kw_only=True)
class Pipeline:
    """A retriever, readers, and the confidence under which silence is the better answer.

    ``reader`` reads passages, ``records`` what documents say of themselves; ``lists`` finds the lists that documents
    spell out, ``names`` the documents that are named.
    """

    retriever: Retriever
    reader: Reader
    top_k: int
    threshold: float
    records: Records | None = None
    lists: Lists | None = None
    names: Names | None = None

    def ask(
        self, question: str, history: Sequence[str] = (), *, top_k: int | None = None, scope: Scope | None = None
    ) -> Answer:
        """Answer ``question``, a follow-up to the questions in ``history`` (oldest first) where it reads like one."""
        return self.consult([Asked(question=question, history=tuple(history), scope=scope)], top_k=top_k)[0].answer

    def consult(self, asked: Sequence[Asked], *, top_k: int | None = None, depth: int = 0) -> tuple[Consultation, ...]:
        """Answer several questions together, each as if it stood alone; times are each one's share of the whole.

        ``top_k`` passages are read; at least ``depth`` are retrieved and returned.
        """
        started = perf_counter()
        ways = [self._ways(each) for each in asked]
        read, spent = self._read([way for these in ways for way in these], top_k or self.top_k, depth)
        readings = iter(read)
        found = [max((next(readings) for _ in these), key=lambda r: r.confidence, default=None) for these in ways]
        found, more = self._asked_there(found, top_k or self.top_k)
        drawn_up = [self._consultation(each, best) for each, best in zip(asked, found, strict=True)]
        drawn_up = [self._compared(each, drawn) for each, drawn in zip(asked, drawn_up, strict=True)]
        drawn_up = [self._both(each, drawn) for each, drawn in zip(asked, drawn_up, strict=True)]
        share = 1 / max(len(asked), 1)
        timing = Timing(
            retrieve=(spent.retrieve + more.retrieve) * share,
            read=(spent.read + more.read) * share,
            total=1000 * (perf_counter() - started) * share,
        )
        return tuple(
            replace(c, answer=replace(c.answer, timing_ms=timing), draft=replace(c.draft, timing_ms=timing))
            for c in drawn_up
        )

    def _compared(self, asked: Asked, drawn: Consultation) -> Consultation:
        """``drawn``, or where figures are to be set side by side what comes of the answers to each.

        One figure alone is no answer then, but where the document says how they compare.
        """
        wanted = comparison(simplified(drawn.answer.asked))
        ways = [self._ways(Asked(question=each, scope=asked.scope))[:1] for each in wanted.questions] if wanted else []
        if wanted is None or not all(ways):
            return drawn
        may_stand = drawn.answer.answered and stands(wanted, ways[0][0].question, drawn.answer, drawn.passages)
        if may_stand and wanted.operation == "difference" and states(wanted, drawn.answer):
            return drawn
        read, _ = self._read([way for (way,) in ways], self.top_k, 0)

        def again(number: int, passages: Sequence[Passage]) -> Sequence[Finding]:
            mine = read[number]
            whole = passages is mine.retrieved
            told = mine.findings if whole else self.reader.read([mine.way.question], [passages])[0].findings
            return [each for each in told if measured(mine.way.question, passages[each.passage], each)]

        figures = found(wanted, [each.retrieved for each in read], again)
        result = computed(wanted, [each.words for each in figures]) if figures else None
        if figures is None or result is None:
            return drawn if may_stand else _refused(drawn)
        draft = replace(
            drawn.draft,
            answer=result.text,
            arithmetic=result.arithmetic,
            kind="span",
            items=(),
            claims=(),
            reason=None,
            confidence=sure(figures),
            citations=cite_each(
                [replace(each.finding, passage=n) for n, each in enumerate(figures)], [each.passage for each in figures]
            ),
        )
        if draft.confidence < self.threshold:
            return drawn if may_stand else replace(_refused(drawn), draft=draft)
        passages = (*(each.passage for each in figures), *drawn.passages)
        return Consultation(answer=draft, draft=draft, passages=passages)

    def _both(self, asked: Asked, drawn: Consultation) -> Consultation:
        """``drawn``, or the answers to both questions where two are asked and both are answered."""
        parts = two_questions(simplified(asked.question))
        if parts is None:
            return drawn
        found = self.consult([replace(asked, question=part) for part in parts])
        answer = together(asked.question, found)
        passages = tuple(dict.fromkeys(passage for each in found for passage in each.passages))
        return drawn if answer is None else Consultation(answer=answer, draft=answer, passages=passages)

    def _turns(self, asked: Asked) -> list[Turn]:
        """What was asked before; with the last answer where the question may speak of it (它, 第二个)."""
        turns = [Turn(question=question) for question in asked.history]
        if turns and needs_answer(asked.question):
            said = self.ask(asked.history[-1], asked.history[:-1], scope=asked.scope)
            turns[-1] = Turn(question=asked.history[-1], answer=said.answer, items=said.items)
        return turns

    def _ways(self, asked: Asked) -> list[Way]:
        """The ways to understand a question; what one asks of a document that it names is searched for in that one."""
        found = []
        readings = understand(asked.question, self._turns(asked))
        for question in readings:
            scope = asked.scope or None
            named = self.names.named(question, scope) if self.names is not None else None
            rest = understand(named.rest)[0] if named is not None and named.scope is not None else question
            chosen = named.scope if named is not None and named.scope is not None else scope
            missing = named is not None and named.scope is None
            if rest.terms:
                typed = readings[-1] if question is not readings[-1] else None
                found.append(Way(asked=question.text, question=rest, scope=chosen, missing=missing, typed=typed))
        return found

    def _asked_there(self, found: Sequence[Understood | None], k: int) -> tuple[list[Understood | None], Timing]:
        """Where what may be a whole question was surer with words of earlier ones, what it finds where those lead.

        The earlier words tell which document is meant; what is asked of it are the words that were typed. An answer is
        as sure as the less sure of the two.
        """
        ways = {}
        for place, read in enumerate(found):
            if read is not None and read.findings and read.way.typed is not None and read.way.typed.terms:
                document = read.retrieved[read.findings[0].passage].document.id
                ways[place] = replace(read.way, question=read.way.typed, scope=Scope(documents=(document,)))
        settled = list(found)
        again, spent = self._read(list(ways.values()), k, 0)
        for place, there in zip(ways, again, strict=True):
            before = found[place]
            most = before.confidence if before is not None else 0.0
            lowered = tuple(replace(each, confidence=min(each.confidence, most)) for each in there.findings)
            settled[place] = replace(there, findings=lowered)
        return settled, spent

    def _read(self, ways: Sequence[Way], k: int, depth: int) -> tuple[list[Understood], Timing]:
        """Retrieve for each way to understand a question in its scope, and read the first ``k`` passages of each."""
        started = perf_counter()
        questions = [way.question for way in ways]
        searching()
        retrieved = self._retrieve(questions, [way.scope for way in ways], max(k, depth))
        between = perf_counter()
        read = self.reader.read(questions, [passages[:k] for passages in retrieved]) if ways else ()
        spent = Timing(retrieve=1000 * (between - started), read=1000 * (perf_counter() - between))
        return [self._understood(*each) for each in zip(ways, retrieved, read, strict=True)], spent

    def _understood(self, way: Way, found: tuple[Passage, ...], reading: Reading) -> Understood:
        """What the passages say, and before it what the record of a document says where the question asks for that."""
        passages, findings = reranked(found, reading.ranking), reading.findings
        said = self.records.read(way.question, found, way.scope) if self.records is not None else None
        if said is not None and said.sure >= SURE:
            findings = tuple(each for each in findings if found[each.passage].document.id == said.document)
        if said is not None and said.passage is not None and said.finding is not None:
            stated = replace(said.finding, passage=len(found))
            first = stated.confidence >= max((each.confidence for each in findings), default=0.0) or said.sure >= SURE
            findings = (stated, *findings) if first else (*findings, stated)
            passages = (said.passage, *passages) if first else passages
            found = (*found, said.passage)
        spelt = self.lists.read(way.question, passages) if self.lists is not None and said is None else None
        if spelt is not None:
            shown = (*spelt.passages, *passages)
            return Understood(way=way, retrieved=shown, passages=shown, findings=spelt.findings, whole=True)
        return Understood(way=way, retrieved=found, passages=passages, findings=findings)

    def _retrieve(self, ways: Sequence[Question], scopes: Sequence[Scope | None], k: int) -> list[tuple[Passage, ...]]:
        """The passages for each of ``ways``; those that are asked of the same documents are searched for together."""
        found: dict[int, tuple[Passage, ...]] = {}
        for scope in dict.fromkeys(scopes):
            places = [place for place, each in enumerate(scopes) if each == scope]
            found |= zip(places, self.retriever.retrieve([ways[n] for n in places], k, scope), strict=True)
        return [found[place] for place in range(len(ways))]

    def _consultation(self, asked: Asked, read: Understood | None) -> Consultation:
        """The answer that a user sees, and what it would be without the threshold."""
        if read is None:
            return unanswered(asked, "empty_question")
        within = asked.scope.said if asked.scope else None
        answer = Answer(question=asked.question, asked=read.way.asked, scope=within)
        judged = _answer(read, answer, self.threshold)
        draft = judged if judged.answered else _answer(read, answer, 0.0)
        return Consultation(answer=judged, draft=draft, passages=read.passages)


def unanswered(asked: Asked, reason: str) -> Consultation:
    """What comes of a question for which nothing was read."""
    said = asked.scope.said if asked.scope else None
    answer = Answer(question=asked.question, asked=asked.question, reason=reason, scope=said)
    return Consultation(answer=answer, draft=answer)


def _refused(drawn: Consultation) -> Consultation:
    """``drawn`` without what it says."""
    answer = drawn.answer
    bare = Answer(question=answer.question, asked=answer.asked, scope=answer.scope)
    nearest = tuple(drawn.passages[:NEAREST])
    return replace(
        drawn, answer=replace(bare, reason="not_stated", nearest=nearest), draft=replace(drawn.draft, confidence=0.0)
    )


def _answer(read: Understood, answer: Answer, threshold: float) -> Answer:
    """Fill ``answer`` with the best finding, or with the reason why there is none."""
    findings, passages = read.findings, read.retrieved
    if not passages:
        return replace(answer, reason="nothing_found")
    nearest = read.passages[:NEAREST]
    if read.way.missing and threshold > 0:
        return replace(answer, reason="no_such_document", nearest=nearest)
    if not findings or read.confidence < threshold:
        return replace(answer, reason="not_stated", confidence=read.confidence, nearest=nearest)
    best = findings[0]
    members = findings if read.whole else findings[:1]
    items = tuple(passages[each.passage].text[start:end] for each in members for start, end in each.answers)
    citations = cite_each(findings, passages) if read.whole else cite(findings, passages, threshold)
    other = [] if read.whole else disagreeing(findings, passages, threshold)
    further = cite_further(other, passages, len(citations))
    words = [passages[each.passage].text[slice(*each.answers[0])] for each in other]
    shown = best.text or "、".join(items)
    return replace(
        answer,
        answer=shown,
        claims=claims(shown, citations, list(zip(words, further, strict=True))) if other else (),
        kind=best.kind,
        items=items if best.kind == "list" else (),
        confidence=best.confidence,
        citations=(*citations, *further),
    )


def reranked(passages: Sequence[Passage], ranking: Sequence[int]) -> tuple[Passage, ...]:
    """``passages`` with those that were read in the reader's order, then the others as they were."""
    return (*(passages[number] for number in ranking), *passages[len(ranking) :])
