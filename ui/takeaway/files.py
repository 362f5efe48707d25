"""A kept conversation as a file in one of its forms."""

import re
import time

from ui.conversation_store import Kept
from ui.language import Language
from ui.page_download import Download
from ui.takeaway.markdown import markdown
from ui.takeaway.page import page
from ui.takeaway.word import word

MEDIA = {
    "md": "text/markdown",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html",
}
LONGEST_NAME = 40
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff\u202a-\u202e\u2066-\u2069]+')


def taken(kept: Kept, form: str, language: Language) -> Download:
    """``kept`` as ``md``, ``docx`` or ``html``, named by its title."""
    date = time.strftime("%Y-%m-%d")
    if form == "docx":
        content = word(kept, language, date=date)
    else:
        text = markdown(kept, language, date=date) if form == "md" else page(kept, language, date=date)
        content = text.encode("utf-8", "replace")
    called = _NOT_IN_NAMES.sub(" ", kept.head.name)[:LONGEST_NAME].strip(" .") or "wenju"
    return Download(name=f"{called}.{form}", media=MEDIA[form], content=content)
