"""Two languages, complete: the same facts in both, and Chinese for every error there is."""

import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import corpus.errors
import embeddings.errors
import rag.errors
import rag.evaluation.errors
from rag import name_table
from rag.evaluation.errors import CaseField, Phrase
from ui import (
    catalog,
    catalog_cli,
    catalog_collections,
    catalog_doctor,
    catalog_documents,
    catalog_history,
    catalog_login,
    catalog_models,
    catalog_programs,
    catalog_scope,
    catalog_source,
    catalog_tune,
)
from ui.catalog_errors import CHINESE, PARTICULARS, PHRASES, explain
from ui.doctor import LIBRARIES
from ui.language import Catalogue

CATALOGUES = {
    "RENDER": catalog.RENDER,
    "HELP": catalog_cli.HELP,
    "USAGE": catalog_cli.USAGE,
    "MESSAGES": catalog_cli.MESSAGES,
    "DOCTOR": catalog_doctor.DOCTOR,
    "MODELS": catalog_models.MODELS,
    "TUNE": catalog_tune.TUNE,
    "FIELDS": catalog_cli.FIELDS,
    "SCOPE": catalog_scope.SCOPE,
    "HISTORY": catalog_history.HISTORY,
    "TAKEAWAY": catalog_history.TAKEAWAY,
    "SOURCE": catalog_source.SOURCE,
    "AUTH": catalog_login.AUTH,
    "LOGIN": catalog_login.LOGIN,
    "PROGRAMS": catalog_programs.PROGRAMS,
    "DOCUMENTS": catalog_documents.DOCUMENTS,
    "COLLECTIONS": catalog_collections.COLLECTIONS,
}
VALUES = {"size": 60.0, "limit": 50.0, "pages": 3}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def tree(error: type[Exception]) -> Iterator[type[Exception]]:
    yield error
    for child in error.__subclasses__():
        yield from tree(child)


ERRORS = [
    error
    for root in (corpus.errors.CorpusError, embeddings.errors.EmbeddingsError, rag.errors.RagError)
    for error in tree(root)
    if error.__module__ in ("corpus.errors", "embeddings.errors", "rag.errors", "rag.evaluation.errors")
]


@pytest.mark.parametrize("name", CATALOGUES)
def test_both_languages_name_the_same_facts(name: str) -> None:
    catalogue: Catalogue = CATALOGUES[name]
    for key, (chinese, english) in catalogue.items():
        assert chinese and english, key
        assert fields(chinese) == fields(english), key


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: error.__name__)
def test_every_error_has_chinese_with_the_facts_of_the_english(error: type[Exception]) -> None:
    template: str = error.template  # type: ignore[attr-defined]
    assert error.__name__ in CHINESE
    assert fields(CHINESE[error.__name__]) == fields(template)
    facts = {name: VALUES.get(name, f"<{name}>") for name in fields(template)}
    path = [facts.pop("path")] if issubclass(error, corpus.errors.CorpusError) else []
    made = error(*path, **facts)
    chinese = explain(made, "zh")  # type: ignore[arg-type]
    assert explain(made, "en") == str(made)  # type: ignore[arg-type]
    assert "\n" not in chinese and all(str(v) in chinese for v in [*path, *facts.values()] if isinstance(v, str))


@pytest.mark.parametrize("phrase", Phrase)
def test_every_phrase_has_chinese(phrase: Phrase) -> None:
    assert re.search("[一-鿿]", PHRASES[phrase]) or phrase in (Phrase.TRUTH, Phrase.UP_OR_DOWN)
    error = CaseField(path="p", where="w", field="f", expected=phrase, found=Phrase.MISSING)
    assert explain(error, "zh") == f"p，w：“f”应为{PHRASES[phrase]}，现在是缺失"
    assert str(error) == f"p, w: 'f' must be {phrase.value}, but is missing"


@pytest.mark.parametrize(
    ("fact", "chinese"),
    [
        ("line 12", "第 12 行"),
        ("column 3", "第 3 列"),
        ("at most 2000 characters", "不超过 2000 个字"),
        ("2001 characters", " 2001 个字"),
        ("at most 9 members", "不超过 9 项"),
        ("10 members", " 10 项"),
        ('"line 12"', '"line 12"'),  # quoted from the file: left alone
    ],
)
def test_what_is_said_with_figures_has_chinese(fact: str, chinese: str) -> None:
    error = CaseField(path="line 1", where=fact, field="f", expected=Phrase.LIST, found="3")
    assert explain(error, "zh") == f"line 1，{chinese}：“f”应为列表，现在是3"


def test_what_a_scope_names_has_chinese() -> None:
    assert set(PARTICULARS) == set(name_table.PARTICULARS.values())
    error = rag.errors.NotInIndex(particular="issuer", name="财政局", nearest="财政部")
    assert explain(error, "zh") == "索引里没有一个文件的发文机关是“财政局”；最接近的有：财政部"


def test_no_chinese_is_left_of_an_error_that_is_gone() -> None:
    assert set(CHINESE) == {error.__name__ for error in ERRORS}


def test_an_error_made_elsewhere_is_explained_by_its_ancestor() -> None:
    class Odd(rag.errors.IndexDamaged):
        pass

    assert explain(Odd(folder="/i", detail="d"), "zh").startswith("/i：索引已损坏（d）")


def test_the_doctor_knows_every_dependency() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    wanted = {re.split(r"[^\w.-]", line)[0] for line in project["dependencies"]}
    assert wanted <= set(LIBRARIES)
