"""Words that could answer a question by their form."""

import pytest

from rag.spans import DATES


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("每周一闭馆，周二至周日开放。", ["每周一", "周二至周日"]),
        ("星期六、星期日照常办理。", ["星期六、星期日"]),
        ("每个星期三下午2:00接访。", ["每个星期三", "2:00"]),
        ("每周一次例会，一周三天值班，两周一报。", []),
        ("2022年10月1日起，周末除外。", ["2022年10月1日起", "周末"]),
    ],
)
def test_days_of_the_week_are_dates(text: str, found: list[str]) -> None:
    assert [match[0] for match in DATES.finditer(text)] == found
