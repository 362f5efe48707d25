"""What can be wrong with a test set or with what is compared.

    RagError
      EvaluationError
        DatasetUnreadable     the file or folder cannot be opened, or is of no known kind
        DatasetEmpty          there is no question in it
        DatasetNotText        bytes that are not UTF-8
        CaseNotJson           a line or file that is not JSON
        CaseNotRow            a line that is not a row of a table
        CaseField             a field that is missing or of the wrong kind
        DuplicateCase         two questions with the same id
        UnknownDocuments      documents of the test set that are not in the index
        EvidenceNowhere       none of the test set's evidence or answers stands in the index
        UnknownMetric         a metric that is not measured
        PredictionsDamaged    a file of results that cannot be understood
        NotComparable         two results that share no question
        NothingKept           there is no interrupted run to go on with
        FeedbackUnusable      the thumbs of the chat cannot be read, kept or saved
        UnknownFeedback       no thumb with this id

``where`` is ``line 7`` in a file of lines, ``data[0].paragraphs[2].qas[1]`` in one of JSON. What a fact says in the
program's words and not in those of the file is a :class:`Phrase`, so that the interface can say it in another language,
or one of ``column 3``, ``5 characters``, ``at most 9 characters`` and the same with ``members``.
"""

from enum import StrEnum

from rag.errors import RagError


class Phrase(StrEnum):
    """What ``expected``, ``found`` and ``detail`` may say; anything else in them is quoted from the file."""

    TEXT = "a text"
    ACCEPTED = "a list of the accepted answers, empty where the documents do not say"
    TEXT_OR_TEXTS = "a text or a list of texts"
    TEXT_OR_NUMBER = "a text or a whole number"
    WRITABLE = "text that UTF-8 can hold"
    NUMBER = "a whole number"
    GRADE = "a whole number of at most three digits"
    TRUTH = "true or false"
    LIST = "a list"
    OBJECT = "an object"
    SHARE = "a number between 0 and 1"
    MOMENT = "a date and time as ISO 8601 writes them"
    UP_OR_DOWN = "'up' or 'down'"
    ONCE = "there once"
    SAME_GRADE = "the same grade wherever this pair stands"
    NO_ANSWERS = "empty where 'is_impossible' is true"
    ANSWERS = "a list with an answer where 'is_impossible' is false"
    QUERY_ID = "an '_id' of queries.jsonl"
    CORPUS_ID = "an '_id' of corpus.jsonl"
    COLUMN = "a column named in the first line"
    IN_COLUMN = "empty, for the first line names no such column (a cell with a comma goes in quotation marks)"

    MISSING = "missing"
    EMPTY = "empty"
    TWICE = "there twice"
    SURROGATE = "half of a surrogate pair"

    DEEP = "nested too deeply"
    DIGITS = "a number of too many digits"
    UNCLOSED = "a quotation mark that is never closed"
    AFTER_QUOTE = "characters behind a closing quotation mark; one inside a cell is written twice"
    LONG_CELL = "a cell of more than 131072 characters, or a quotation mark that is never closed"
    NO_SUCH_FILE = "no such file or folder"
    NOT_A_FILE = "a pipe or device, not a file; save it as a file first"
    PACKED = "a workbook or another packed file; save its sheet as CSV"
    OTHER_JSON = "JSON of no known kind; a test set is JSON as SQuAD, CMRC 2018 and DRCD have it, or one object a line"
    NOT_BEIR = (
        "a folder without corpus.jsonl, queries.jsonl and qrels; a test set is a file, or a folder as BEIR has it"
    )
    WHOLE_FILE = "the whole file"


class EvaluationError(RagError):
    """Base of this part of the tree."""

    template = "the evaluation cannot be carried out"


class DatasetUnreadable(EvaluationError):
    """``detail`` says why."""

    template = "{path}: cannot be read as a test set ({detail})"


class DatasetEmpty(EvaluationError):
    """A file without a question."""

    template = "{path}: there is no question in it; check that it is the right file and complete"


class DatasetNotText(EvaluationError):
    """``where`` is the line."""

    template = "{path}, {where}: not UTF-8; save the file as UTF-8"


class CaseNotJson(EvaluationError):
    """``where`` is the line, ``detail`` what the parser says."""

    template = "{path}, {where}: not JSON ({detail})"


class CaseNotRow(EvaluationError):
    """``where`` is the line that the row begins on, ``detail`` what is wrong with its quotation marks."""

    template = "{path}, {where}: not a row of a table ({detail})"


class CaseField(EvaluationError):
    """``field`` should be ``expected`` and is ``found``."""

    template = "{path}, {where}: '{field}' must be {expected}, but is {found}"


class DuplicateCase(EvaluationError):
    """``id`` stands at ``first`` and again at ``where``."""

    template = "{path}, {where}: the id '{id}' was used before ({first}); ids must differ"


class UnknownDocuments(EvaluationError):
    """``count`` names; ``names`` lists some of them."""

    template = (
        "{path}: {count} of its documents are not in the index {folder}: {names}; index them, or choose with --index"
    )


class EvidenceNowhere(EvaluationError):
    """Not one answer or evidence of the test set stands in any document."""

    template = "{path}: none of its answers stands in a document of {folder}; is this the right index?"


class UnknownMetric(EvaluationError):
    """``known`` lists what can be asked for."""

    template = "no metric '{name}' was measured here; there are {known}"


class PredictionsDamaged(EvaluationError):
    """``where`` is the line or the field."""

    template = "{path}, {where}: not a result of 'wenju eval' ({detail})"


class NotComparable(EvaluationError):
    """Two results of different questions."""

    template = "{first} and {second} have no question in common; compare two runs of the same test set"


class NothingKept(EvaluationError):
    """``--resume`` without an interrupted run of this test set on this index."""

    template = (
        "{path}: no interrupted run of this test set on this index, with these settings, is kept; leave out --resume"
    )


class FeedbackUnusable(EvaluationError):
    """``detail`` says why ``path`` cannot be read or written."""

    template = "{path}: feedback cannot be read or kept here ({detail}); check that the folder can be written to"


class UnknownFeedback(EvaluationError):
    """``id`` was never kept, or has been removed."""

    template = "no feedback with the id '{id}' is kept; it may have been removed"
