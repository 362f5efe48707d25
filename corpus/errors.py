"""Everything that can be wrong with a user's file, one class each.

    CorpusError
      UnreadableFile        it cannot be opened, or its library cannot parse it
      UnsupportedFormat     no loader for this suffix
      OldOfficeFile         a binary .doc or .wps file
      WrongSuffix           the content is not what the suffix says
      EmptyFile             no text at all
      EncryptedFile         a password is needed
      NoTextLayer           a PDF of pictures
      UnknownEncoding       no supported encoding decodes it
      FileTooLarge          over the configured size
      OutsideFolder         a link that leaves the folder
      HiddenFile            a name that starts with a dot
      NotAFile              a pipe, socket or device

``str(error)`` is one English line that says what was found, where, and what to do; ``facts`` holds its variable
parts by name, so that the interface can say the same in another language.
"""

import re
from typing import ClassVar

# What would break a line of output or cannot be printed: control characters, changes of direction, bytes of a file name
# that are no UTF-8 (Python holds them as lone surrogates).
_UNPRINTABLE = re.compile("[\0-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def printable(path: str) -> str:
    """``path`` with every character that cannot stand in a line of output written as an escape."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape", "backslashreplace").decode("ascii"), path)


class CorpusError(Exception):
    """Base of the tree. ``path`` is the file concerned, ``facts`` the values that ``template`` names.

    Both hold printable text: a control character or a byte that is no UTF-8 in a file's name stands as an escape.
    """

    template: ClassVar[str] = "{path}: cannot be used"

    def __init__(self, path: str, **facts: object) -> None:
        self.path = printable(path)
        shown = {name: printable(fact) if isinstance(fact, str) else fact for name, fact in facts.items()}
        self.facts: dict[str, object] = {"path": self.path, **shown}
        super().__init__(self.template.format(**self.facts))


class UnreadableFile(CorpusError):
    """The file cannot be opened or parsed; ``detail`` is what the library said."""

    template = "{path}: cannot be read ({detail}); check the file and its permissions"


class UnsupportedFormat(CorpusError):
    """There is no loader for ``suffix``; ``supported`` lists those there are."""

    template = "{path}: no reader for '{suffix}' files; convert it to one of {supported}"


class OldOfficeFile(CorpusError):
    """A file in the binary format of Word up to 2003 or of WPS."""

    template = "{path}: an old Word or WPS file (.doc, .wps); open it in Word, WPS or LibreOffice and save it as .docx"


class WrongSuffix(CorpusError):
    """The file's bytes are of the kind ``found``, its name says ``suffix``."""

    template = "{path}: named '{suffix}' but its content is {found}; rename it"


class EmptyFile(CorpusError):
    """There is no text in the file."""

    template = "{path}: the file holds no text"


class EncryptedFile(CorpusError):
    """The file wants a password."""

    template = "{path}: encrypted; save a copy without a password and index that"


class NoTextLayer(CorpusError):
    """``pages`` pages, and not one of them has text."""

    template = (
        "{path}: {pages} page(s) without a text layer (a scan?); install text recognition (pip install 'wenju[ocr]')"
        " and index it again"
    )


class NoRecognition(CorpusError):
    """A picture, and nothing that reads pictures is installed."""

    template = "{path}: a picture; install text recognition (pip install 'wenju[ocr]') and index it again"


class NoTextFound(CorpusError):
    """Text recognition found nothing on any of ``pages`` pages."""

    template = "{path}: text recognition found nothing to read on {pages} page(s); scan it again, upright and sharper"


class UnknownEncoding(CorpusError):
    """Neither UTF-8, UTF-16, GB18030 nor Big5."""

    template = "{path}: not text in UTF-8, UTF-16, GB18030 or Big5; save it as UTF-8"


class FileTooLarge(CorpusError):
    """``size`` and ``limit`` in megabytes."""

    template = "{path}: {size:.1f} MB is over the limit of {limit:.1f} MB; raise max_file_mb to index it"


class OutsideFolder(CorpusError):
    """A symbolic link to ``target``, which lies outside the folder being indexed."""

    template = "{path}: a link that leaves the folder (to {target}); index the target itself if you want it"


class HiddenFile(CorpusError):
    """A file or folder whose name starts with a dot, or the lock file ``~$…`` of an office program."""

    template = "{path}: hidden, so it was left out; name it on the command line to index it"


class NotAFile(CorpusError):
    """Something that is neither file nor folder; ``kind`` says what."""

    template = "{path}: {kind}, not a file, so it was left out"
