"""What happens on the page, without Gradio: plain values in, HTML and plain values out; every input is checked here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rag.answer import DocumentRecord
from rag.errors import CorpusError, EmbeddingsError, RagError
from rag.scope import Scope
from rag.settings import Settings
from ui.catalog_web import WEB
from ui.escaping import html
from ui.language import Language, say
from ui.page_conversation import Exchange, Source, conversation_html, source_at, welcome_html
from ui.page_desk import LONGEST_QUESTION, Desk
from ui.page_examples import Example, answerable, from_documents
from ui.page_feedback import Remark
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_files import explain, problem_html
from ui.page_scope import choices_of, chosen, kept, named, scope_html
from ui.source_view import document_html

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
        incoming: Path,
        feedback: FeedbackHandlers,
    ) -> None:
        self.desk = desk
        self.feedback = feedback
        self._incoming = incoming
        self._settings = settings
        self._examples = tuple(examples)
        self._tried: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def header(self, language: Language) -> str:
        """The name of the program and the buttons beside it."""
        views = "".join(
            f'<button type="button" data-view="{view}">{html(say(WEB, language, view))}</button>'
            for view in ("chat", "evaluation")
        )
        buttons = "".join(
            f'<button type="button" data-action="{action}"><span>{html(say(WEB, language, label))}</span></button>'
            for action, label in (("new", "new"), ("files", "files"), ("theme", "theme"), ("language", "switch"))
        )
        code = "zh-Hans" if language == "zh" else "en"
        name, label = html(say(WEB, language, "name")), html(say(WEB, language, "views"))
        return (
            f'<header class="bar" data-lang="{code}"><h1>{name}</h1>'
            f'<nav class="views" aria-label="{label}">{views}</nav><div class="actions">{buttons}</div></header>'
        )

    def conversation(self, exchanges: Exchanges, language: Language, remark: Remark | None = None) -> str:
        """The exchanges, or the welcome where there are none yet; ``remark`` is on a thumb given just now."""
        if exchanges:
            return conversation_html(exchanges, self.feedback.thumbs(remark), language)
        documents = self._documents()
        return welcome_html(self._offered(documents), language, read_only=self.desk.read_only, empty=not documents)

    def scope(self, scope: Scope, language: Language) -> str:
        """The row in which the documents to ask are chosen."""
        return scope_html(choices_of(self._documents()), scope, language)

    def chosen(self, documents: object, issuers: object, years: object) -> Scope:
        """The scope that the row says."""
        return chosen(choices_of(self._documents()), documents=documents, issuers=issuers, years=years)

    def still_chosen(self, scope: Scope) -> Scope:
        """What of ``scope`` is left after documents came or went."""
        return kept(choices_of(self._documents()), scope) if scope else scope

    def asked(self, question: object, exchanges: Exchanges, scope: Scope | None = None) -> Exchanges | None:
        """The exchanges with a question that waits for its answer; ``None`` where nothing was asked."""
        text = question.strip()[:LONGEST_QUESTION] if isinstance(question, str) else ""
        if not text:
            return None
        within = named(choices_of(self._documents()), scope) if scope else ()
        return (*exchanges, Exchange(question=text, scope=scope or None, within=within))[-EXCHANGES_KEPT:]

    def answered(self, exchanges: Exchanges, language: Language) -> Exchanges:
        """The exchanges with the last question answered, in the light of the questions before it."""
        *earlier, last = exchanges
        try:
            answer = self.desk.ask(last.question, [each.question for each in earlier], last.scope)
            return (*earlier, replace(last, answer=answer))
        except PROBLEMS as problem:
            return (*earlier, replace(last, error=explain(problem, language)))

    def source(self, turn: object, source: object, exchanges: Exchanges, copy: object = None) -> Source | None:
        """The source with these two numbers in the conversation, or its copy with the third."""
        return source_at(exchanges, turn, source, copy)

    def listed(self, id: object) -> Source | None:
        """A document of the list, nothing in it marked."""
        record = next((each for each in self._documents() if each.id == id), None)
        return Source(document=record) if record else None

    def document(self, opened: Source | None, language: Language) -> str:
        """The document beside the chat."""
        tools = "".join(
            f'<button type="button" data-action="{action}">{html(say(WEB, language, action))}</button>'
            for action in ("back", "close")
        )
        return f'<div class="tools">{tools}</div>{self._text(opened, language)}'

    def _offered(self, documents: Sequence[DocumentRecord]) -> tuple[str, ...]:
        """Questions to click; found once for each state of the library."""
        ids = tuple(record.id for record in documents)
        if self._tried[0] != ids:
            candidates = self._examples if self.desk.read_only and self._examples else from_documents(documents)
            try:
                self._tried = ids, answerable(candidates, lambda question: self.desk.ask(question, ()))
            except PROBLEMS:
                return ()
        return self._tried[1]

    def _documents(self) -> tuple[DocumentRecord, ...]:
        try:
            return self.desk.documents()
        except PROBLEMS:
            return ()

    def _text(self, opened: Source | None, language: Language) -> str:
        if opened is None:
            return f'<p class="hint">{html(say(WEB, language, "no_document"))}</p>'
        record = opened.document
        try:
            document = self.desk.document(record.id)
        except PROBLEMS as problem:
            return problem_html(explain(problem, language))
        return document_html(
            document,
            language,
            record=record,
            quote=opened.quote,
            highlights=opened.highlights,
            links=self.desk.links(document),
        )
