"""What texts measure, as documents and as people say it."""

from decimal import Decimal

import pytest

from rag.measures import formally, measures


@pytest.mark.parametrize(
    ("said", "kind", "worth"),
    [
        ("六十二岁", "age", "62"),
        ("一年半", "time", str(365 * 1440 * 3 // 2)),
        ("六个月", "time", str(180 * 1440)),
        ("半年", "time", str(180 * 1440)),
        ("俩月", "time", str(60 * 1440)),
        ("一个半月", "time", str(45 * 1440)),
        ("两个来月", "time", str(63 * 1440)),
        ("三个礼拜", "time", str(21 * 1440)),
        ("十个工作日", "time", str(14 * 1440)),
        ("三刻钟", "time", "45"),
        ("一米六", "length", "1.6"),
        ("60公分", "length", "0.60"),
        ("300平", "平方米", "300"),
        ("两公顷", "area", "30"),
        ("一家四口", "count", "4"),
        ("刚满九十", "", "90"),
        ("罚五百", "", "500"),
        ("三分之二", "%", str(Decimal(2) * Decimal(100) / 3)),
        ("八成", "%", "80"),
        ("刚过半", "%", "50.1"),
        ("晚上八点半", "hour", str(20 * 60 + 30)),
        ("夜里两点", "hour", "120"),
        ("半夜十二点", "hour", "1440"),
        ("17:30", "hour", str(17 * 60 + 30)),
        ("每月25号", "day of month", "25"),
        ("星期天", "weekday", "7"),
        ("3月10日", "day", str(3 * 31 + 10)),
    ],
)
def test_one_measure(said: str, kind: str, worth: str) -> None:
    (found,) = measures(formally(said))

    assert (found.kind, found.worth.quantize(Decimal("0.001"))) == (kind, Decimal(worth).quantize(Decimal("0.001")))


@pytest.mark.parametrize(
    "said", ["", "一口气开药", "口井", "平均", "方便", "第三条", "二十二号楼", "9" * 3000, "半" * 3000]
)
def test_no_measure(said: str) -> None:
    assert not [each for each in measures(formally(said)) if each.kind not in ("", "楼")]
