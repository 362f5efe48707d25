"""What can be wrong with an index or a request.

    RagError
      IndexMissing          nothing at the index folder
      IndexDamaged          a file of the index is missing or is not what the manifest says
      IndexFormat           written by another version of the format
      IndexBusy             another process is writing to it
      EncoderMismatch       made by another encoder than the one that is set
      CollectionsDamaged    the file of the collections cannot be understood
      ReadOnlyIndex         the bundled samples cannot be changed
      NotTunable            the encoder that is set is of a kind that cannot be tuned
      TooLittle             an index with too few paragraphs to tune an encoder on
      UnknownDocument       no document with this id
      BadScope              what should say which documents to ask cannot be understood
      NotInIndex            what it names belongs to no document
        NoSuchCollection    there is no collection of this name
      BadCollectionName     what cannot be the name of a collection
      CollectionExists      a collection of this name is there already
      NoSuchPath            a path to be indexed does not exist
      ReaderDamaged         the bundled reader's weights are missing or cannot be understood
      ReaderUnusable        what was named as the reader is none
        ReaderNotFound      it is not on this machine
      SettingsError         a settings file or variable that cannot be understood
      EvaluationError       a test set or a result; its branch is drawn in rag.evaluation.errors

The errors of the leaves pass through; they are named here again so that the interface needs to import ``rag`` alone.
"""

from typing import ClassVar

from corpus.errors import CorpusError as CorpusError
from corpus.errors import EmptyFile as EmptyFile
from embeddings.errors import EmbeddingsError as EmbeddingsError


class RagError(Exception):
    """Base of the tree. ``facts`` holds the values that ``template`` names."""

    template: ClassVar[str] = "the request cannot be carried out"

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.template.format(**facts))


class IndexUnusable(RagError):
    """An index that cannot be opened; the command line ends with exit code 3."""


class IndexMissing(IndexUnusable):
    """``folder`` holds no index."""

    template = "{folder}: no index here; make one with 'wenju index FOLDER --index {folder}'"


class IndexDamaged(IndexUnusable):
    """``detail`` says which part of the index in ``folder`` is wrong."""

    template = "{folder}: the index is damaged ({detail}); delete this folder and index the documents again"


class IndexFormat(IndexUnusable):
    """Format ``found`` on disk, ``expected`` by this program."""

    template = (
        "{folder}: index format {found}, this program reads {expected};"
        " delete this folder and index the documents again"
    )


class EncoderMismatch(IndexUnusable):
    """Vectors of ``found`` cannot be compared with those of ``expected``."""

    template = (
        "{folder}: made with the encoder {found}, but {expected} is set;"
        " set that encoder again or index into another folder"
    )


class CollectionsDamaged(IndexUnusable):
    """``detail`` says what is wrong with the file ``path``; the documents of the index are as they were."""

    template = (
        "{path}: the collections cannot be read ({detail}); restore this file, or delete it and make them anew:"
        " no document is lost"
    )


class IndexBusy(RagError):
    """Another writer holds the lock."""

    template = "{folder}: another process is changing this index; wait for it to finish and try again"


class ReadOnlyIndex(RagError):
    """The bundled samples."""

    template = "the bundled samples cannot be changed; index your own documents with 'wenju index FOLDER'"


class NotTunable(RagError):
    """``encoder`` is no static model."""

    template = (
        "{encoder}: only a static encoder, such as the bundled one, can be tuned;"
        " leave the setting 'encoder' out and index into another folder"
    )


class TooLittle(RagError):
    """The index in ``folder`` has ``found`` paragraphs, ``least`` are needed, and not all may be short or copies."""

    template = (
        "{folder}: {found} paragraphs are too few to tune an encoder on and to judge it by;"
        " index more documents (at least {least} paragraphs of some length)"
    )


class UnknownDocument(RagError):
    """``id`` names no document of the index, or several."""

    template = "'{id}' names no document of this index, or several; 'wenju docs list' shows them all"


class BadScope(RagError):
    """``found`` stands where a scope should, or in one."""

    template = (
        "a scope is an object with documents, folders, issuers, years, numbers or collections, each a text or a list of"
        " texts (a year has four digits); found {found}"
    )


class NotInIndex(RagError):
    """No document has ``name`` as its ``particular``; ``nearest`` are names that there are."""

    template = "no document of this index has the {particular} '{name}'; the nearest there are: {nearest}"


class NoSuchCollection(NotInIndex):
    """No collection is called ``name``; ``nearest`` are names that there are."""

    template = "this index has no collection '{name}'; the nearest there are: {nearest}"


class BadCollectionName(RagError):
    """``found`` was to be the name of a collection, which has at most ``longest`` characters."""

    template = "{found} cannot be the name of a collection: 1 to {longest} characters that can be seen, in one line"


class CollectionExists(RagError):
    """A collection ``name`` is there already."""

    template = "there is a collection '{name}' already; choose another name"


class NoSuchPath(RagError):
    """``path`` was asked to be indexed."""

    template = "{path}: no such file or folder"


class ReaderDamaged(RagError):
    """``path`` holds the weights, ``detail`` says what is wrong with them."""

    template = "{path}: the reader's weights cannot be used ({detail}); install the program again"


class ReaderUnusable(RagError):
    """``path`` was asked for as a reader; ``detail`` says why it cannot be one."""

    template = (
        "{path}: no extractive reader can be loaded from here ({detail}); give a folder with a model for question"
        " answering that transformers can load, 'bundled' or 'none'"
    )


class ReaderNotFound(ReaderUnusable):
    """``path`` is neither a folder nor a name in the local cache of Hugging Face."""

    template = (
        "{path}: no such folder, and no model of this name in the local cache; 'wenju models' lists those that are here"
    )


class SettingsError(RagError):
    """``where`` is the file or variable, ``detail`` what is wrong with it."""

    template = "{where}: {detail}"
