"""The data files as they stand in the data folder, read into articles of paragraphs and into questions.

Every article has a key (``law:PATH``, ``policy:FILE``, ``cmrc:PARAGRAPH``, ``drcd:ARTICLE``) by which
:func:`embeddings.training.split.held_out` keeps it for training or for measuring, as a whole.
"""

import json
import lzma
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

SQUAD_FILES = {"cmrc2018_dev.json": "cmrc", "drcd_dev.json": "drcd", "drcd_test.json": "drcd"}
"""Question sets in the layout of SQuAD, with the prefix of their article keys."""

_LAYOUT_SPACE = re.compile(r"(?<=[^\x00-\xff])\s+|\s+(?=[^\x00-\xff])")


@dataclass(frozen=True, kw_only=True)
class Section:
    """The paragraphs under one heading of an article; ``heading`` is empty where there is none."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Article:
    """One law, policy or encyclopedia article."""

    key: str
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """A question and the paragraph that it was written on.

    ``style`` is ``paraphrase`` or ``lexical`` where the data say so; ``answerable`` whether the paragraph answers it.
    """

    article: str
    question: str
    paragraph: str
    answer: str
    style: str = ""
    answerable: bool = True


def tidy(text: str) -> str:
    """``text`` without the white space that only layout put beside Chinese characters."""
    return _LAYOUT_SPACE.sub("", text.strip())


def laws(folder: Path) -> Iterator[Article]:
    """The laws of ``laws.jsonl.xz``, Markdown with headings."""
    with lzma.open(folder / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        for line in lines:
            law = json.loads(line)
            body = law["text"].partition("<!-- INFO END -->")
            title = re.match(r"#\s*(.+)", body[0].strip())
            name = tidy(title[1]) if title else Path(law["path"]).stem
            yield Article(key=f"law:{law['path']}", title=name, sections=_sections(body[2] or body[0]))


def policies(folder: Path) -> Iterator[Article]:
    """The State Council documents of ``policies``, one paragraph a line."""
    for entry in json.loads((folder / "policies" / "metadata.json").read_text(encoding="utf-8")):
        text = (folder / "policies" / f"{entry['file']}.txt").read_text(encoding="utf-8")
        yield Article(key=f"policy:{entry['file']}", title=entry["title"], sections=_sections(text))


def encyclopedia(folder: Path) -> Iterator[Article]:
    """The Wikipedia paragraphs behind the questions of :data:`SQUAD_FILES`."""
    for file, prefix in SQUAD_FILES.items():
        for entry in json.loads((folder / file).read_text(encoding="utf-8"))["data"]:
            for number, paragraph in enumerate(entry["paragraphs"]):
                key = f"{prefix}:{entry['id'] if 'id' in entry else paragraph['id']}"
                body = Section(heading="", paragraphs=(tidy(paragraph["context"]),))
                yield Article(key=key, title=entry.get("title", "") if number == 0 else "", sections=(body,))


def squad_questions(folder: Path) -> Iterator[Question]:
    """The questions of :data:`SQUAD_FILES` on their paragraphs."""
    for file, prefix in SQUAD_FILES.items():
        for entry in json.loads((folder / file).read_text(encoding="utf-8"))["data"]:
            for paragraph in entry["paragraphs"]:
                key = f"{prefix}:{entry['id'] if 'id' in entry else paragraph['id']}"
                for asked in paragraph["qas"]:
                    yield Question(
                        article=key,
                        question=asked["question"],
                        paragraph=tidy(paragraph["context"]),
                        answer=asked["answers"][0]["text"],
                    )


def search_questions(folder: Path) -> Iterator[Question]:
    """What people type to find a paragraph of a law: the questions of ``search_questions.jsonl`` beside this file.

    A line is {"law": path in laws.jsonl.xz, "start", "end": the paragraph in its text, "questions": [...]}.
    """
    written = (resources.files("embeddings.training") / "search_questions.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in written.splitlines()]
    wanted = {row["law"] for row in rows}
    with lzma.open(folder / "laws.jsonl.xz", "rt", encoding="utf-8") as lines:
        texts = {law["path"]: law["text"] for law in map(json.loads, lines) if law["path"] in wanted}
    for row in rows:
        if (whole := texts.get(row["law"])) is not None:
            for question in row["questions"]:
                paragraph = tidy(whole[row["start"] : row["end"]])
                yield Question(article=f"law:{row['law']}", question=question, paragraph=paragraph, answer="")


def official_questions(folder: Path) -> Iterator[Question]:
    """The questions of ``official_qa.jsonl`` on paragraphs of the laws and policies."""
    with (folder / "official_qa.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            document = row["pid"].rpartition("#")[0]
            yield Question(
                article=f"law:{document}" if document.endswith(".md") else f"policy:{document}",
                question=row["question"],
                paragraph=tidy(row["text"]),
                answer=row["answer"],
                style=row["style"],
                answerable=bool(row["answer"]),
            )


def _sections(text: str) -> tuple[Section, ...]:
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in map(tidy, text.splitlines()):
        if line.startswith("#"):
            found.append((tidy(line.lstrip("#")), []))
        elif line:
            found[-1][1].append(line)
    return tuple(Section(heading=heading, paragraphs=tuple(body)) for heading, body in found if body)
