"""Who signed a document and when: the names and the day that stand at its end."""

import re
from collections.abc import Sequence

from corpus.official.forms import DAY, ORGAN, iso
from corpus.official.statement import Statement, whole

_NAME = re.compile(rf"(?:[\u4e00-\u9fff]*{ORGAN}(?:（[\u4e00-\u9fff]+）)?)(?:[ 、]+[\u4e00-\u9fff]*{ORGAN})*")
_SEAT = re.compile(r"[\u4e00-\u9fff]{1,6}?[省市县区州盟旗]")
_LONGEST = 40
_LINES = 5


def signed(texts: Sequence[str]) -> dict[str, Statement]:
    """Issuer and date: of the first day alone on its line that has names of offices above it, else of the first."""
    found: dict[str, Statement] = {}
    for i, text in enumerate(texts):
        if DAY.fullmatch(text.removesuffix("印发")) is None:
            continue
        above = range(i - 1, max(i - 1 - _LINES, -1), -1)
        names: list[int] = []
        for n in above:
            name = _shown(texts[n])
            if len(name) > _LONGEST or _NAME.fullmatch(name) is None:
                break
            names.insert(0, n)
        day = iso(text)
        stated = {"date": Statement(value=day, places=(whole(i, text),))} if day is not None else {}
        if names:
            value = "、".join(_apart(re.sub("[ 、]+", "、", _shown(texts[n]))) for n in names)
            return {"issuer": Statement(value=value, places=tuple(whole(n, texts[n]) for n in names)), **stated}
        found = found or stated
    return found


def _shown(text: str) -> str:
    return re.sub(r"&\w+;", "", text).strip()


def _apart(names: str) -> str:
    """``names`` with a mark between two offices of one place that stand together: 某市财政局某市民政局."""
    seat = _SEAT.match(names)
    return re.sub(rf"(?<=[局厅部委办院会处])(?={seat[0]})", "、", names) if seat is not None else names
