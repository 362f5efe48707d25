"""What is searched of a document, and with which words above it."""

from corpus.document import Document, Paragraph
from rag.units import units


def document(title: str, *parts: tuple[str, int | None, tuple[str, ...]]) -> Document:
    paragraphs = []
    start = 0
    for text, heading, section in parts:
        paragraphs.append(Paragraph(start=start, end=start + len(text), heading=heading, section=section))
        start += len(text) + 1
    return Document(
        id="d",
        path="/d.txt",
        title=title,
        text="\n".join(text for text, _, _ in parts),
        paragraphs=tuple(paragraphs),
        metadata={"number": "南政办〔2021〕16号"},
        content_hash="h",
    )


def test_headings_and_title_count_for_what_stands_under_them() -> None:
    found = units(
        document(
            "绿化意见",
            ("绿化意见", None, ()),
            ("一、目标", 1, ()),
            ("种树三万棵。", None, ("一、目标",)),
        )
    )
    assert [(unit.ordinal, unit.text) for unit in found] == [(2, "种树三万棵。")]
    assert found[0].words == "绿化意见 南政办〔2021〕16号 一、目标\n种树三万棵。"


def test_a_document_of_headings_alone_is_searched_all_the_same() -> None:
    assert [unit.text for unit in units(document("目录", ("一、甲", 1, ()), ("二、乙", 1, ())))] == ["一、甲", "二、乙"]
