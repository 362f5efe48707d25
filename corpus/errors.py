"""Everything that can be wrong with a user's file, one class each.

    CorpusError
      UnreadableFile        it cannot be opened, or its library cannot parse it
      UnsupportedFormat     no loader for this suffix
      WrongSuffix           the content is not what the suffix says
      EmptyFile             no text at all
      EncryptedFile         a password is needed
      NoTextLayer           a PDF of pictures
      UnknownEncoding       no supported encoding decodes it
      FileTooLarge          over the configured size
      OutsideFolder         a link that leaves the folder
      HiddenFile            a name that starts with a dot

``str(error)`` is one English line that says what was found, where, and what to do; ``facts`` holds its variable
parts by name, so that the interface can say the same in another language.
"""

from typing import ClassVar


class CorpusError(Exception):
    """Base of the tree. ``path`` is the file concerned, ``facts`` the values that ``template`` names."""

    template: ClassVar[str] = "{path}: cannot be used"

    def __init__(self, path: str, **facts: object) -> None:
        self.path = path
        self.facts: dict[str, object] = {"path": path, **facts}
        super().__init__(self.template.format(**self.facts))


class UnreadableFile(CorpusError):
    """The file cannot be opened or parsed; ``detail`` is what the library said."""

    template = "{path}: cannot be read ({detail}); check the file and its permissions"


class UnsupportedFormat(CorpusError):
    """There is no loader for ``suffix``; ``supported`` lists those there are."""

    template = "{path}: no reader for '{suffix}' files; convert it to one of {supported}"


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

    template = "{path}: {pages} page(s) without a text layer (a scan?); run text recognition on it first"


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
    """A file or folder whose name starts with a dot."""

    template = "{path}: hidden, so it was left out; name it on the command line to index it"
