"""Made-up outcomes of an evaluation, every stage and kind among them, and the summary that they add up to."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import fmean
from typing import Any

from rag.answer import Answer, Citation, DocumentRecord, Passage, Timing
from rag.evaluation.case import Case
from rag.evaluation.metrics import METRICS
from rag.evaluation.outcome import Outcome, Stage

THRESHOLD = 0.2
BY = ("f1", "answer_recall", "hit@1", "hit@5", "false_refusal")
HOSTILE = '</script><script>window.hit=1</script><img src=x onerror="window.hit=2">'
TURNED = "前\u202e后\u2066面\u2028新行\x1b[31m\ud800&amp;"
PARKS = DocumentRecord(id="d1", path="parks.txt", title="青禾市产业园区情况", number="青发〔2024〕7号", issuer="青禾市")
ROADS = DocumentRecord(id="d2", path="roads.docx", title="云岭县道路养护办法")
HARBOUR = DocumentRecord(id="d3", path="harbour.md", title="Harbour report")
ODD = DocumentRecord(id="d4", path="<b>.txt", title=f"<b>{HOSTILE}")


@dataclass(frozen=True)
class Row:
    """One question in brief; ``quote`` marks the answer inside it where it holds it."""

    question: str
    accepted: tuple[str, ...]
    given: str
    stage: Stage
    confidence: float
    type: str | None = "number"
    style: str | None = "lexical"
    evidence: tuple[str, ...] = ()
    quote: str = ""
    document: DocumentRecord = PARKS
    rank: int | None = 1
    asked: str = ""


ROWS = (
    Row("青禾市有多少个产业园区？", ("12个",), "12个", "right", 0.93, evidence=("青禾市共有产业园区12个",),
        quote="2023年，青禾市共有产业园区12个，入驻企业340家。"),
    Row("园区里有几家企业？", ("340家",), "340家", "right", 0.81, style="paraphrase", evidence=("入驻企业340家",),
        quote="青禾市共有产业园区12个，入驻企业340家。"),
    Row("那绿化面积呢？", ("56.5公顷", "五十六点五公顷"), "56.5公顷", "right", 0.74, style="follow-up",
        evidence=("绿化面积达到56.5公顷",), quote="全市园区绿化面积达到56.5公顷。",
        asked="青禾市园区的绿化面积呢？", rank=2),
    Row("县道每年检查几次？", ("4次",), "2次", "wrong_words", 0.55, evidence=("县道每年检查4次，乡道每年检查2次",),
        quote="县道每年检查4次，乡道每年检查2次，村道由村民委员会自行安排。", document=ROADS),
    Row("养护经费由谁拨付？", ("县财政局",), "交通运输局", "not_read", 0.41, type="name", style="paraphrase",
        evidence=("养护经费由县财政局按季度拨付",), quote="养护计划由交通运输局编制。", document=ROADS, rank=3),
    Row("办法从哪天起施行？", ("2022年5月1日",), "2023年5月1日", "wrong_document", 0.62, type="date",
        evidence=("本办法自2022年5月1日起施行",), quote="本办法自2023年5月1日起施行。", document=ODD),
    Row("冬季除雪的要求是什么？", ("雪停后24小时内清除",), "", "refused", 0.12, type="reason", style="paraphrase",
        evidence=("主要道路应当在雪停后24小时内清除积雪",), document=ROADS, rank=2),
    Row("谁负责路灯？", ("照明所",), "", "not_retrieved", 0.05, type="name", style="paraphrase",
        evidence=("路灯由照明所管理",), document=ROADS, rank=None),
    Row("桥梁多久检测一次？", ("每三年",), "每年", "not_retrieved", 0.33, type="number",
        evidence=("桥梁每三年检测一次",), quote="隧道每年检测一次。", document=ROADS, rank=None),
    Row("园区的食堂几点开门？", (), "", "refused_rightly", 0.06, type="unanswerable", rank=None),
    Row("园区的总投资是多少？", (), "340家", "answered_wrongly", 0.37, type="unanswerable",
        quote="青禾市共有产业园区12个，入驻企业340家。", rank=None),
    Row("How many berths does the harbour have?", ("14 berths", "14"), "14 berths", "right", 0.88,
        evidence=("The harbour has 14 berths",), quote="The harbour has 14 berths, two of them for ferries.",
        document=HARBOUR),
    Row("Which ships have priority?", ("ferries",), "ferries and tugs", "wrong_words", 0.47, type="name",
        style="paraphrase", evidence=("Ferries have priority over all other ships",),
        quote="Ferries have priority over all other ships; ferries and tugs pay no dues.", document=HARBOUR),
    Row(f"哪个标签{HOSTILE}？", (f"七个{HOSTILE}",), f"八个{HOSTILE}", "wrong_words", 0.29, type=HOSTILE[:24],
        style="<i>", evidence=(f"共有七个{HOSTILE}标签",), quote=f"共有八个{HOSTILE}标签{TURNED}", document=ODD),
    Row(f"方向{TURNED}？", (TURNED,), TURNED, "right", 0.58, type=None, style=None, evidence=(TURNED,), quote=TURNED),
    Row("园区重点发展哪些产业？", ("新材料、生物医药、电子信息",), "新材料、电子信息", "wrong_words", 0.66, type="list",
        evidence=("重点发展新材料、生物医药和电子信息三个产业",),
        quote="重点发展新材料、生物医药和电子信息三个产业。"),
)  # fmt: skip
HIDDEN = ((0, "", False), (3, "4次", True), (5, "2023年", False))
"""Leave-one-out: which row is asked again, what is answered then, and whether another document says so too."""


def outcomes() -> tuple[Outcome, ...]:
    """Forty of them: the rows above until there are 37, then three with their document hidden."""
    asked = [_outcome(ROWS[n % len(ROWS)], n) for n in range(37)]
    return (*asked, *(_hidden(asked[n], given, elsewhere) for n, given, elsewhere in HIDDEN))


def summary() -> dict[str, Any]:
    """What :func:`outcomes` add up to, in the shape of ``eval --json``."""
    every = outcomes()
    asked = [each for each in every if not each.hidden]
    answerable = [each for each in asked if each.case.answerable]
    unanswerable = [each for each in asked if not each.case.answerable]
    hidden = [each for each in every if each.hidden]
    answered = [each for each in asked if each.answer.answered]
    return {
        "program": "0.1.0", "test_set": "tests/made-up <b>.jsonl", "format": "jsonl", "index": "/data/index",
        "date": "2026-01-02T03:04:05+00:00", "top_k": 8, "threshold": THRESHOLD, "n": len(asked),
        "right": mean([not each.failed for each in asked]),
        "precision": mean([not each.failed for each in answered]),
        "coverage": len(answered) / len(asked),
        "answerable": {"n": len(answerable)} | {name: _mean_of(answerable, name) for name in _group("answerable")},
        "unanswerable": {"n": len(unanswerable), "refused": mean([not e.answer.answered for e in unanswerable])},
        "left_out": {"n": len(hidden), "refused": mean([not each.answer.answered for each in hidden]),
                     "elsewhere": mean([each.elsewhere for each in hidden])},
        "quote_exactness": 1.0,
        "by_type": _by(asked, [each.case.type for each in asked]),
        "by_style": _by(asked, [each.case.style for each in asked]),
        "stages": dict(Counter(each.stage for each in asked)),
        "calibration": _calibration(asked), "risk_coverage": _risk_coverage(asked),
        "latency": {"n": len(asked), "p50_ms": 21.4, "p95_ms": 1234.5},
        "indexing": {"documents": 4, "paragraphs": 120, "seconds": None},
        "cautions": [{"key": "answers_nowhere", "count": 2, "listed": [["q3", "4次"], ["q8<b>", HOSTILE]]},
                     {"key": "never_heard_of", "count": 1}],
        "seconds": 1.9, "questions": [],
    }  # fmt: skip


def empty_summary() -> dict[str, Any]:
    """Nothing applies: every figure is null, every block empty."""
    return summary() | {
        "n": 0, "right": None, "precision": None, "coverage": None, "quote_exactness": None,
        "answerable": {"n": 0} | dict.fromkeys(_group("answerable")), "unanswerable": {"n": 0, "refused": None},
        "by_type": {}, "by_style": {}, "stages": {}, "calibration": {"ece": None, "bins": []},
        "risk_coverage": {"aurc": None, "points": []}, "latency": {"n": 0, "p50_ms": None, "p95_ms": None},
        "left_out": {"n": 0, "refused": None, "elsewhere": None},
        "indexing": {"documents": 0, "paragraphs": 0, "seconds": None}, "cautions": [], "seconds": None,
    }  # fmt: skip


def retrieval_summary() -> dict[str, Any]:
    """Of a test set with relevant documents alone (BEIR): only the passages are measured."""
    found = {"hit@1": 0.5, "hit@5": 0.75, "hit@10": 0.8, "recall@5": 0.7, "mrr@10": 0.6, "ndcg@10": 0.64}
    made = empty_summary() | {"format": "beir", "n": 20, "latency": {"n": 20, "p50_ms": 8.0, "p95_ms": 11.0}}
    made["answerable"] = made["answerable"] | {"n": 20} | found
    del made["left_out"]
    return made


def mean(values: Sequence[float]) -> float | None:
    return fmean(values) if values else None


def _outcome(row: Row, n: int) -> Outcome:
    confidence = round(row.confidence * (1 - n / 200), 4)
    case = Case(
        id=f"q{n}", question=row.question, answers=row.accepted, evidence=row.evidence, type=row.type, style=row.style,
        items=tuple(row.accepted[0].split("、")) if row.type == "list" else (), where=str(n + 1),
        documents=(row.document.path,) if row.accepted else (),
    )  # fmt: skip
    answer = _answer(row, confidence)
    draft = answer if answer.answered else replace(answer, reason=None, answer="照明所", kind="span")
    return Outcome(
        case=case, answer=answer, draft=draft, draft_right=row.stage in ("right", "refused"), stage=row.stage,
        scores=_scores(row), rank=row.rank, documents=(row.document.title,) if row.accepted else (),
    )  # fmt: skip


def _answer(row: Row, confidence: float) -> Answer:
    asked = row.asked or row.question
    timing = Timing(retrieve=8.0, read=13.4, total=21.4)
    if not row.given:
        near = Passage(document=ROADS, paragraph=2, section=("第二章",), page=None, text="道路养护由县级负责。",
                       start=9, end=19)  # fmt: skip
        return Answer(question=row.question, asked=asked, reason="not_stated", confidence=confidence, nearest=(near,),
                      timing_ms=timing)  # fmt: skip
    place = row.quote.find(row.given)
    start = 100
    citation = Citation(
        marker=1, document=row.document, section=("二、园区", "（一）概况"), paragraph=4, page=3, quote=row.quote,
        start=start, end=start + len(row.quote), score=7.5,
        highlights=((start + place, start + place + len(row.given)),) if place >= 0 else (),
    )  # fmt: skip
    return Answer(question=row.question, asked=asked, answer=row.given, kind="span", confidence=confidence,
                  citations=(citation,), timing_ms=timing,
                  items=tuple(row.given.split("、")) if row.type == "list" else ())  # fmt: skip


def _scores(row: Row) -> dict[str, float]:
    if not row.accepted:
        return {"refused": float(not row.given)}
    right, found = float(row.stage == "right"), row.rank or 99
    scores = {"right": right, "em": right, "f1": right or 0.4 * bool(row.given), "answer_recall": right,
              "false_refusal": float(not row.given), "mrr@10": 1 / found if found <= 10 else 0.0}  # fmt: skip
    return scores | {f"hit@{k}": float(found <= k) for k in (1, 5, 10)}


def _hidden(outcome: Outcome, given: str, elsewhere: bool) -> Outcome:
    answer = replace(outcome.answer, answer=given) if given else _answer(Row("", (), "", "refused_rightly", 0.1), 0.1)
    stage: Stage = "answered_wrongly" if given else "refused_rightly"
    return replace(
        outcome, answer=replace(answer, question=outcome.case.question, asked=outcome.case.question), stage=stage,
        scores={"refused": float(not given)}, rank=None, hidden=("d1",), elsewhere=elsewhere,
    )  # fmt: skip


def _group(group: str) -> list[str]:
    return [name for name, metric in METRICS.items() if metric.group == group]


def _mean_of(chosen: Sequence[Outcome], metric: str) -> float | None:
    return mean([each.scores[metric] for each in chosen if metric in each.scores])


def _by(asked: Sequence[Outcome], names: Sequence[str | None]) -> dict[str, dict[str, Any]]:
    table = {}
    for name in dict.fromkeys(name for name in names if name):
        chosen = [each for each, its in zip(asked, names, strict=True) if its == name]
        figures = {metric: _mean_of(chosen, metric) for metric in BY}
        table[name] = {"n": len(chosen), "right": mean([not each.failed for each in chosen])} | figures
    return table


def _calibration(asked: Sequence[Outcome]) -> dict[str, Any]:
    bins = []
    for n in range(10):
        held = [each for each in asked if n <= each.draft.confidence * 10 < n + 1]
        confidence = mean([each.draft.confidence for each in held])
        right = mean([bool(each.draft_right) for each in held])
        bins.append({"from": n / 10, "to": (n + 1) / 10, "n": len(held), "confidence": confidence, "right": right})
    return {"ece": 0.118, "bins": bins}


def _risk_coverage(asked: Sequence[Outcome]) -> dict[str, Any]:
    points, wrong = [], 0
    for place, each in enumerate(sorted(asked, key=lambda each: -each.draft.confidence), start=1):
        wrong += not each.draft_right
        points.append({"coverage": place / len(asked), "risk": wrong / place, "confidence": each.draft.confidence})
    return {"aurc": 0.287, "points": points}
