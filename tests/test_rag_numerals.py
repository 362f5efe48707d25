from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.numerals import chinese, plain, value_of

WORTH = {
    "三": 3,
    "十": 10,
    "十二": 12,
    "二十": 20,
    "九十五": 95,
    "一百": 100,
    "一百零八": 108,
    "一百一十": 110,
    "一百二": 120,
    "三百六十五": 365,
    "两千零五": 2005,
    "三千五": 3500,
    "九千九百九十九": 9999,
    "一万": 10**4,
    "一万二": 12_000,
    "一万零五十": 10_050,
    "十二万": 120_000,
    "一千九百万": 19_000_000,
    "壹佰贰拾万": 1_200_000,
    "两亿三": 230_000_000,
    "三亿五千万": 350_000_000,
    "三万亿": 3 * 10**12,
    "一千二百三十四万五千六百七十八": 12_345_678,
    "二〇二〇": 2020,
    "二零二零": 2020,
    "二○二○": 2020,
    "19000000": 19_000_000,
    "1900万": 19_000_000,
    "1.9千万": 19_000_000,
    "1.2万亿": 12 * 10**11,
    "5百": 500,
    "1亿2000万": 120_000_000,
    "三点五": Decimal("3.5"),
    "三点五亿": 350_000_000,
    "零点三八": Decimal("0.38"),
    "0.38": Decimal("0.38"),
    "零": 0,
}


@pytest.mark.parametrize(("numeral", "worth"), WORTH.items())
def test_worth(numeral: str, worth: int | Decimal) -> None:
    assert value_of(numeral) == worth


@pytest.mark.parametrize(
    "numeral", ["", "万", "千万", "百", "三四十", "十七八", "百三", "一万亿万", "1.5亿2000万", "几十", "三点", "家"]
)
def test_what_is_no_numeral_has_no_worth(numeral: str) -> None:
    assert value_of(numeral) is None


@given(st.integers(1, 9999), st.sampled_from(["", "万", "亿"]))
def test_what_is_written_is_read_again(number: int, step: str) -> None:
    assert value_of(chinese(number) + step) == number * {"": 1, "万": 10**4, "亿": 10**8}[step]


def test_written_as_people_write() -> None:
    said = [chinese(number) for number in (3, 10, 12, 38, 100, 108, 110, 1005, 2020)]
    assert said == ["三", "十", "十二", "三十八", "一百", "一百零八", "一百一十", "一千零五", "二千零二十"]


def test_plain_digits() -> None:
    assert [plain(Decimal(value)) for value in ("19000000.0", "3.50", "0.38", "100")] == [
        "19000000",
        "3.5",
        "0.38",
        "100",
    ]
