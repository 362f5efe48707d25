"""Bytes to text: the same text out of every encoding, short files included."""

import codecs
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import UnknownEncoding
from corpus.loaders.encoding import decode, detect

SIMPLIFIED = ("关于印发通知", "第三条 2024年3月1日起施行", "编号：ABC-001", "乙方：", "　　一、总则", "共12项，占95.5%")
TRADITIONAL = ("關於發布通知", "第三條 自民國113年起實施", "臺北市政府公告", "編號：ABC-001", "（一）總則")
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


@pytest.mark.parametrize("text", SIMPLIFIED)
@pytest.mark.parametrize("codec", [*UNICODE, "gb18030"])
def test_short_simplified_text_survives_every_encoding(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "a.txt") == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("codec", [*UNICODE, "gb18030", "big5", "cp950", "big5hkscs"])
def test_short_traditional_text_survives_every_encoding(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "a.txt") == text


@pytest.mark.parametrize(
    "text", ["OK", "Meeting at 10:30", "2024", "café résumé", "Привет мир", "日本語のテキスト", "📄 文件"]
)
@pytest.mark.parametrize("codec", UNICODE)
def test_other_scripts_survive_unicode(text: str, codec: str) -> None:
    assert decode(text.encode(codec), "a.txt") == text


def test_two_characters_in_utf_16_without_mark() -> None:
    assert decode("通知".encode("utf-16-le"), "a.txt") == "通知"
    assert decode("通知".encode("utf-16-be"), "a.txt") == "通知"


def test_marks_of_every_kind_are_taken_off() -> None:
    for mark, codec in ((codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le")):
        assert decode(mark + "会议纪要".encode(codec), "a.txt") == "会议纪要"
    assert decode("\ufeff会议纪要".encode("gb18030"), "a.txt") == "会议纪要"


def test_full_width_slash_of_big5_is_the_one_people_type() -> None:
    assert decode("收／支".encode("big5"), "a.txt") == decode("收／支".encode("cp950"), "a.txt") == "收／支"


def test_line_ends_are_one_kind_and_nul_is_dropped() -> None:
    assert decode("甲\r\n乙\r丙\u2028丁\x00戊\n".encode(), "a.txt") == "甲\n乙\n丙\n丁戊\n"


def test_one_broken_byte_in_a_long_file_costs_one_character_not_the_file() -> None:
    text = "本办法由办公室负责解释。" * 100
    data = text.encode()
    broken = decode(data[:600] + b"\xff" + data[600:], "a.txt")
    assert broken == text[:200] + "\ufffd" + text[200:]
    for codec in ("utf-8", "gb18030", "utf-16-le"):
        assert decode(text.encode(codec)[:-1], "a.txt").startswith(text[:-1])


def test_a_short_broken_file_is_refused() -> None:
    with pytest.raises(UnknownEncoding, match="save it as UTF-8"):
        decode(b"\xff\x80\xff", "a.txt")


@pytest.mark.parametrize("length", [300, 5000])
def test_noise_is_refused(length: int) -> None:
    assert detect(random.Random(7).randbytes(length)) is None


def test_a_declared_encoding_is_a_hint_that_the_bytes_can_overrule() -> None:
    rare = "没忙牛".encode("gb18030")  # also the UTF-8 form of three accented letters
    assert decode(rare, "a.html", declared="gb2312") == "没忙牛"
    assert decode("工作总结报告".encode(), "a.html", declared="gb2312") == "工作总结报告"


@given(
    st.text(
        alphabet=st.sampled_from("第一二三章条款本市区县人民政府办公室关于通知的意见，。：（）《》0123456789年月日 \n"),
        min_size=8,
    )
)
def test_office_chinese_survives_every_encoding(text: str) -> None:
    for codec in (*UNICODE, "gb18030"):
        found = detect(text.encode(codec))
        assert found is not None
        assert found.text == text, codec
