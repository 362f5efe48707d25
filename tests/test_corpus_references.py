"""The documents that a text names."""

import pytest

from corpus.references import references


@pytest.mark.parametrize(
    ("text", "title", "number"),
    [
        ("按照《水渠管理办法》办理。", "水渠管理办法", None),
        ("按照《水渠管理办法》（松政发〔2019〕3号）办理。", "水渠管理办法", "松政发〔2019〕3号"),
        ("按照《水渠管理办法》(松政发[2019] 3号)办理。", "水渠管理办法", "松政发〔2019〕3号"),
        ("根据松政发〔2019〕3号文件办理。", None, "松政发〔2019〕3号"),
        ("见《关于印发〈水渠管理办法〉的通知》。", "关于印发〈水渠管理办法〉的通知", None),
    ],
)
def test_one_document(text: str, title: str | None, number: str | None) -> None:
    (found,) = references(text)
    assert (found.title, found.number) == (title, number)


def test_each_with_its_place() -> None:
    text = "《甲办法》和《乙办法》（松政发〔2019〕3号）同时适用，另见松水函〔2020〕8号。"
    found = references(text)
    assert [text[each.start : each.end] for each in found] == [
        "《甲办法》",
        "《乙办法》（松政发〔2019〕3号",
        "松水函〔2020〕8号",
    ]


def test_none_at_all() -> None:
    assert references("每月一次，不得遗漏（见下表）。") == []
