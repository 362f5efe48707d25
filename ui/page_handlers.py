"""What happens on the page, without Gradio: plain values in, HTML and plain values out; every input is checked here."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from rag.answer import Answer, DocumentRecord
from rag.errors import CorpusError, EmbeddingsError, RagError
from rag.readers import readers
from rag.scope import Scope
from rag.settings import Settings
from ui.catalog_history import HISTORY
from ui.chat import AS_SET, Ways
from ui.language import Language, say
from ui.page_answering import Answering, Stopped
from ui.page_conversation import conversation_html, welcome_html
from ui.page_desk import LONGEST_QUESTION, Desk
from ui.page_examples import Example, answerable, from_documents
from ui.page_exchange import Exchange, source_at
from ui.page_feedback import Remark
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_files import explain
from ui.page_header import header_html
from ui.page_scope import Choices, choices_of, chosen, kept, named, scope_html
from ui.page_settings import Running, settings_html, ways_of
from ui.source_handlers import SourceHandlers
from ui.source_places import Source

PROBLEMS = (RagError, CorpusError, EmbeddingsError, OSError)
EXCHANGES_KEPT = 50
Exchanges = tuple[Exchange, ...]


def page_language(settings: Settings, query: Mapping[str, str], accepted: str) -> Language:
    """What the address says (``?lang=``), else the settings, else what of the two the browser accepts first."""
    wanted = query.get("lang")
    if wanted in ("zh", "en"):
        return "zh" if wanted == "zh" else "en"
    if settings.language:
        return settings.language
    for choice in accepted.lower().split(","):
        if choice.strip().startswith(("zh", "en")):
            return "zh" if choice.strip().startswith("zh") else "en"
    return "zh"


def other(language: Language) -> Language:
    """The language to switch to."""
    return "en" if language == "zh" else "zh"


class Handlers:
    """One method for each thing that can happen, over the desk that all tabs share."""

    def __init__(
        self,
        desk: Desk,
        settings: Settings,
        examples: Sequence[Example],
        feedback: FeedbackHandlers,
    ) -> None:
        self.desk = desk
        self.feedback = feedback
        self._answering = Answering()
        self._settings = settings
        self.sources = SourceHandlers(desk, settings)
        self._examples = tuple(examples)
        self._tried: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
        self._trying = threading.Lock()

    def header(self, language: Language, person: str = "") -> str:
        """The name of the program and the buttons beside it; a way out for a ``person`` who has logged in."""
        return header_html(language, person)

    def settings(self, ways: Ways, language: Language) -> str:
        """How questions are answered, and what runs here."""
        try:
            encoder = self.desk.library.encoder_name
        except PROBLEMS:
            encoder = ""
        listed = readers(self._settings)
        running = Running(settings=self._settings, encoder=encoder, samples=self.desk.read_only, readers=listed)
        return settings_html(running, ways, language)

    def ways(self, top_k: object, threshold: object, reader: object) -> Ways:
        """How questions are answered when the settings of a browser say this."""
        return ways_of(top_k, threshold, reader, readers(self._settings))

    def conversation(self, exchanges: Exchanges, language: Language, remark: Remark | None = None) -> str:
        """The exchanges, or the welcome where there are none yet; ``remark`` is on a thumb given just now."""
        if exchanges:
            return conversation_html(exchanges, self.feedback.thumbs(remark), language)
        return self.welcome(language, self.find_questions())

    def welcome(self, language: Language, questions: Sequence[str] = ()) -> str:
        """What stands where nothing has been asked yet, with ``questions`` to click."""
        return welcome_html(questions, language, read_only=self.desk.read_only, empty=not self._documents())

    def find_questions(self) -> tuple[str, ...]:
        """Questions to click; found once for each state of the library, which takes seconds."""
        documents = self._documents()
        ids = tuple(record.id for record in documents)
        with self._trying:
            if self._tried[0] != ids:
                candidates = self._examples if self.desk.read_only and self._examples else from_documents(documents)
                try:
                    self._tried = ids, answerable(candidates, lambda question: self.desk.ask(question, ()))
                except PROBLEMS:
                    return ()
            return self._tried[1]

    def scope(self, scope: Scope, language: Language) -> str:
        """The row in which the documents to ask are chosen."""
        return scope_html(self._choices(), scope, language)

    def chosen(self, documents: object, issuers: object, years: object, collections: object = None) -> Scope:
        """The scope that the row says."""
        said = {"documents": documents, "issuers": issuers, "years": years, "collections": collections}
        return chosen(self._choices(), **said)

    def still_chosen(self, scope: Scope) -> Scope:
        """What of ``scope`` is left after documents came or went."""
        return kept(self._choices(), scope) if scope else scope

    def asked(self, question: object, exchanges: Exchanges, scope: Scope | None = None) -> Exchanges | None:
        """The exchanges with a question that waits for its answer; ``None`` where nothing was asked."""
        text = question.strip()[:LONGEST_QUESTION] if isinstance(question, str) else ""
        if not text:
            return None
        within = named(self._choices(), scope) if scope else ()
        return (*exchanges, Exchange(question=text, scope=scope or None, within=within))[-EXCHANGES_KEPT:]

    def again(self, key: object, exchanges: Exchanges) -> Exchanges | None:
        """The exchanges with the question ``key`` waiting for an answer again; ``None`` where there is none."""
        if not any(each.key == key for each in exchanges):
            return None
        return tuple(replace(each, answer=None, error=None) if each.key == key else each for each in exchanges)

    def answered(
        self, exchanges: Exchanges, key: object, language: Language, ways: Ways = AS_SET
    ) -> Iterator[Exchanges]:
        """The exchanges with the question ``key`` on its way, at last answered in the light of those before it."""
        place = next(place for place, each in enumerate(exchanges) if each.key == key)
        asked = exchanges[place]
        before = [each.question for each in exchanges[:place]]

        def shown(exchange: Exchange) -> Exchanges:
            return (*exchanges[:place], exchange, *exchanges[place + 1 :])

        try:
            ask = partial(self.desk.ask, asked.question, before, asked.scope, ways)
            for said in self._answering.run(asked.key, ask):
                new = replace(asked, answer=said) if isinstance(said, Answer) else replace(asked, step=said)
                yield shown(new)
        except Stopped:
            yield shown(replace(asked, error=say(HISTORY, language, "stopped")))
        except PROBLEMS as problem:
            yield shown(replace(asked, error=explain(problem, language)))

    def stop(self, key: object) -> None:
        """Have the question ``key`` answered no further."""
        self._answering.stop(key)

    def source(self, turn: object, source: object, exchanges: Exchanges, copy: object = None) -> Source | None:
        """The source with these two numbers in the conversation, or its copy with the third."""
        return source_at(exchanges, turn, source, copy)

    def listed(self, id: object) -> Source | None:
        """A document of the list, nothing in it marked."""
        return self.sources.listed(id)

    def document(self, opened: Source | None, language: Language) -> str:
        """The document beside the chat."""
        return self.sources.document(opened, language)

    def _choices(self) -> Choices:
        try:
            collections = self.desk.collected().counts
        except PROBLEMS:
            collections = {}
        return choices_of(self._documents(), collections)

    def _documents(self) -> tuple[DocumentRecord, ...]:
        try:
            return self.desk.documents()
        except PROBLEMS:
            return ()
