"""A data folder of made-up sentences in the layouts of the real one, for recipes to be tried on."""

import json
import lzma
from pathlib import Path

ARTICLES = 40


def law(number: int) -> str:
    body = [f"第{n}条 第{number}号仓库的第{n}扇门由值班员看管。每晚{n}点锁门，次日{n + 1}点开门。" for n in range(1, 6)]
    return f"# 仓库{number}守则\n\n<!-- INFO END -->\n\n## 第一章 总则\n\n" + "\n\n".join(body)


def squad(prefix: str) -> dict[str, object]:
    def paragraph(number: int) -> dict[str, object]:
        context = f"{prefix}{number}號塔高{number}米。塔在河邊。"
        answer = {"text": f"{number}米", "answer_start": context.index(f"{number}米")}
        asked = {"id": f"q{number}", "question": f"{prefix}{number}號塔有多高？", "answers": [answer]}
        return {"id": f"{prefix}{number}", "context": context, "qas": [asked]}

    return {"data": [{"id": str(n), "title": f"塔{n}", "paragraphs": [paragraph(n)]} for n in range(ARTICLES)]}


def official(number: int) -> dict[str, str]:
    text = law(number).split("\n\n")[3].replace(" ", "")
    place = f"仓库{number}.md#7"
    return {
        "pid": place,
        "title": "守则",
        "text": text,
        "question": "门谁管",
        "answer": "值班员",
        "style": "paraphrase",
    }


def write_data(folder: Path) -> Path:
    """Laws, a policy and three kinds of questions under ``folder``; returns it."""
    lines = [json.dumps({"path": f"仓库{number}.md", "text": law(number)}) for number in range(ARTICLES)]
    (folder / "laws.jsonl.xz").write_bytes(lzma.compress("\n".join(lines).encode()))
    (folder / "policies").mkdir()
    (folder / "policies" / "metadata.json").write_text(json.dumps([{"file": "p1", "title": "巡查通知"}]))
    (folder / "policies" / "p1.txt").write_text("巡查通知\n各仓库每周巡查一次，结果报主管科室备案。\n")
    for name in ("cmrc2018_dev", "drcd_dev", "drcd_test"):
        (folder / f"{name}.json").write_text(json.dumps(squad(name[0])))
    rows = [json.dumps(official(number)) for number in range(ARTICLES)]
    (folder / "official_qa.jsonl").write_text("\n".join(rows))
    return folder
