"""Documents that are ZIP archives of XML (DOCX, EPUB, ODT, OFD): bounded reading of their parts."""

import io
import lzma
import zipfile
import zlib
from types import TracebackType

from corpus.errors import EncryptedFile, UnreadableFile
from corpus.loaders.markup import Node, xml_tree

MOST_BYTES = 96 * 2**20
"""What all parts of one document may unpack to; text alone never comes near it."""
_ENCRYPTED = 0x1
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    RuntimeError,  # an unknown method of compression, a password
    OSError,
    ValueError,
)
"""What zipfile and the libraries under it raise for an archive that is damaged, at whichever step it shows."""


class Package:
    """The parts of one document by name. The sizes that the archive declares are not believed."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = path
        self._left = MOST_BYTES
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise UnreadableFile(path, detail="a damaged or truncated archive") from error
        self._names = set(self._archive.namelist())

    def __enter__(self) -> "Package":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._archive.close()

    def __contains__(self, part: str) -> bool:
        return part in self._names

    def read(self, part: str) -> bytes:
        """The bytes of one part.

        Raises:
            EncryptedFile: The part is encrypted.
            UnreadableFile: It is missing or damaged, or the document unpacks to more than ``MOST_BYTES``.
        """
        if part not in self._names:
            raise UnreadableFile(self.path, detail=f"damaged: {part} is missing")
        if self._archive.getinfo(part).flag_bits & _ENCRYPTED:
            raise EncryptedFile(self.path)
        try:
            with self._archive.open(part) as stream:
                data = stream.read(self._left + 1)
        except DAMAGE as error:
            raise UnreadableFile(self.path, detail=f"damaged: {part} cannot be unpacked") from error
        if len(data) > self._left:
            raise UnreadableFile(self.path, detail=f"it unpacks to more than {MOST_BYTES // 2**20} MB")
        self._left -= len(data)
        return data

    def tree(self, part: str) -> Node:
        """The root element of an XML part; raises what ``read`` does."""
        return xml_tree(self.read(part), self.path, part)

    def tree_if_any(self, part: str) -> Node | None:
        """The root element of a part that not every document has."""
        return self.tree(part) if part in self else None
