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
from ui import catalog, catalog_cli
from ui.catalog_errors import CHINESE, explain
from ui.doctor import LIBRARIES
from ui.language import Catalogue

CATALOGUES = {
    "RENDER": catalog.RENDER,
    "HELP": catalog_cli.HELP,
    "USAGE": catalog_cli.USAGE,
    "MESSAGES": catalog_cli.MESSAGES,
    "DOCTOR": catalog_cli.DOCTOR,
    "FIELDS": catalog_cli.FIELDS,
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
    if error.__module__ in ("corpus.errors", "embeddings.errors", "rag.errors")
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
