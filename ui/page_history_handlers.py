"""What can be done with kept conversations, without Gradio; what comes in is checked here or by the store."""

from rag.settings import Settings
from ui.catalog_history import HISTORY
from ui.conversation_store import ConversationStore, new_id
from ui.language import Language, say
from ui.page_download import Download
from ui.page_exchange import Exchange
from ui.page_history import FORMATS, find_html, history_html
from ui.takeaway.files import taken

LONGEST_SEARCH = 200
Exchanges = tuple[Exchange, ...]


class HistoryHandlers:
    """One method for each thing that can happen; ``person`` is who is at the page."""

    def __init__(self, settings: Settings) -> None:
        self._store = ConversationStore(settings.home)

    def find(self, language: Language) -> str:
        """The field in which one searches."""
        return find_html(language)

    def listed(self, person: str, current: str, wanted: object, language: Language, problem: str = "") -> str:
        """The conversations that hold ``wanted``."""
        words = wanted[:LONGEST_SEARCH] if isinstance(wanted, str) else ""
        try:
            heads = self._store.heads(person, words)
        except OSError as error:
            heads, problem = (), _not_kept(error, language)
        return history_html(heads, current, language, wanted=words, problem=problem)

    def keep(self, person: str, current: str, exchanges: Exchanges, language: Language) -> tuple[str, str]:
        """Keep ``exchanges`` in the conversation ``current``, or in a new one; its id, and what went wrong."""
        id = current or new_id()
        try:
            return (id if self._store.keep(person, id, exchanges) else current), ""
        except OSError as error:
            return current, _not_kept(error, language)

    def open(self, person: str, id: object, language: Language) -> tuple[str, Exchanges, str]:
        """The id and the exchanges of a conversation, and what went wrong; the id is empty where there is none."""
        try:
            kept = self._store.load(person, id)
        except OSError as error:
            return "", (), _not_kept(error, language)
        if kept is None:
            return "", (), say(HISTORY, language, "gone")
        return kept.head.id, kept.exchanges, ""

    def rename(self, person: str, id: object, title: object, language: Language) -> str:
        """Give it another name; says what went wrong."""
        try:
            return "" if self._store.rename(person, id, title) else say(HISTORY, language, "gone")
        except OSError as error:
            return _not_kept(error, language)

    def remove(self, person: str, id: object, language: Language) -> str:
        """Delete it; says what went wrong."""
        try:
            return "" if self._store.remove(person, id) else say(HISTORY, language, "gone")
        except OSError as error:
            return _not_kept(error, language)

    def take(self, person: str, id: str, form: str, language: Language) -> Download | None:
        """The conversation as a file; ``None`` where ``person`` has none of this id, or there is no such form."""
        kept = self._store.load(person, id) if form in FORMATS else None
        return taken(kept, form, language) if kept is not None else None


def _not_kept(error: OSError, language: Language) -> str:
    return say(HISTORY, language, "not_kept", detail=error.strerror or str(error))
