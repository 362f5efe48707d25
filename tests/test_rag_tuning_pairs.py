"""Pairs made of documents, kept apart, and how they are judged by."""

import random
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document, Paragraph, content_hash, document_id
from rag.index_store import IndexWriter, Snapshot, open_snapshot
from rag.tuning.clozes import cloze
from rag.tuning.general import general_pairs
from rag.tuning.kept_back import LEAST, clusters, kept_back
from rag.tuning.material import Material, read_material
from rag.tuning.pairs import Pair, counted, make_pairs
from rag.tuning.ranks import ranks
from rag.tuning.verdict import MARGIN, Judgement, compare
from rag.unit_vectors import unit_vectors
from rag.units import units
from tests.fakes import HashEncoder

ENCODER = HashEncoder()
SENTENCES = "桥长{n}公里，由第{n}养护站负责日常巡查。每年春天检查一次桥面和护栏。遇到大雾天气时应当限制货车通行。"


def document(number: int, sections: int = 2, paragraphs: int = 2) -> Document:
    """A title, and under each heading paragraphs that stand nowhere else."""
    lines, found, start = [f"第{number}号桥"], [], 0
    above: tuple[str, ...] = ()
    marks: list[tuple[str, tuple[str, ...], int | None]] = [(lines[0], (), 1)]
    for section in range(sections):
        above = (f"第{section}章 规定{number}",)
        marks.append((above[0], (), 2))
        marks += [(SENTENCES.format(n=100 * number + 10 * section + n), above, None) for n in range(paragraphs)]
    for text, section_above, heading in marks:
        found.append(Paragraph(start=start, end=start + len(text), section=section_above, heading=heading))
        start += len(text) + 1
    text = "\n".join(text for text, _, _ in marks)
    digest = content_hash(text.encode())
    return Document(
        id=document_id(f"/{number}", digest),
        path=f"/{number}",
        title=lines[0],
        text=text,
        paragraphs=tuple(found),
        content_hash=digest,
    )


def opened(folder: Path, *documents: Document) -> Snapshot:
    with IndexWriter(folder, ENCODER) as writer:
        for each in documents:
            writer.add(each, unit_vectors(ENCODER, units(each)))
        writer.publish()
    return open_snapshot(folder, ENCODER)


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    return opened(tmp_path, *(document(number) for number in range(60)))


@pytest.fixture
def material(snapshot: Snapshot) -> Material:
    return read_material(snapshot.documents)


def of_kind(pairs: tuple[Pair, ...], kind: str) -> list[Pair]:
    return [pair for pair in pairs if pair.kind == kind]


def test_paragraphs_are_numbered_as_they_were_indexed(tmp_path: Path) -> None:
    last, first = document(9), document(1)  # by path it would be the other way round
    snapshot = opened(tmp_path, last, first)
    material = read_material(snapshot.documents)
    assert material.texts == [unit.text for each in (last, first) for unit in units(each)]
    assert (np.diff(material.ids) > 0).all()
    assert [p.text for p in snapshot.documents.passages(material.ids.tolist())] == material.texts
    assert [(s.title, s.heading, s.first, s.last) for s in material.sections] == [
        ("第9号桥", "第0章 规定9", 0, 2),
        ("第9号桥", "第1章 规定9", 2, 4),
        ("第1号桥", "第0章 规定1", 4, 6),
        ("第1号桥", "第1章 规定1", 6, 8),
    ]
    assert material.section_of.tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    assert material.document_spans == [(0, 4), (0, 4), (4, 8), (4, 8)]
    assert [material.number(int(id)) for id in material.ids] == list(range(8))
    assert material.number(int(material.ids[0]) - 1) is None and material.number(10**6) is None


def test_of_copies_neither_tells_anything(tmp_path: Path) -> None:
    copy = document(1)
    other = Document(**{**vars(copy), "id": "copy", "path": "/copy"})
    material = read_material(opened(tmp_path, copy, other, document(2)).documents)
    assert material.telling.tolist() == [False] * 8 + [True] * 4


def test_what_is_kept_back_is_a_quarter_and_always_the_same() -> None:
    chosen = [kept_back("heading", str(n)) for n in range(2000)]
    assert 400 < sum(chosen) < 600
    assert chosen == [kept_back("heading", str(n)) for n in range(2000)]
    assert chosen != [kept_back("question", str(n)) for n in range(2000)]
    assert kept_back("a\udcff") in (True, False)


@pytest.mark.parametrize(
    ("documents", "groups"), [(LEAST, LEAST), (LEAST - 1, 2 * (LEAST - 1)), (LEAST // 2 - 1, 4 * (LEAST // 2 - 1))]
)
def test_luck_is_shared_by_documents_or_sections_or_by_nobody(tmp_path: Path, documents: int, groups: int) -> None:
    material = read_material(opened(tmp_path, *(document(number) for number in range(documents))).documents)
    found = clusters(material, range(len(material.texts)))
    assert len(set(found)) == groups
    for first, last in set(material.document_spans):
        assert len(set(found[first:last])) == groups // documents


def test_the_kinds_of_pairs(material: Material) -> None:
    pairs = make_pairs(material)
    assert counted(pairs.to_learn).keys() == {"heading", "sentence", "halves"}
    assert counted(pairs.to_judge).keys() == {"heading", "cloze"}
    assert counted(pairs.to_judge)["cloze"] == len(material.texts)
    for pair in (*pairs.to_learn, *pairs.to_judge):
        text, section = material.texts[pair.paragraph], material.sections[material.section_of[pair.paragraph]]
        sentences = [f"{part}。" for part in text.split("。")[:-1]]
        if pair.kind == "heading":
            assert (pair.query, pair.passage) == (f"{section.title} {section.heading}", text)
            assert pair.alike == (section.first, section.last)
            continue
        assert pair.alike == (pair.paragraph, pair.paragraph + 1)
        if pair.kind == "sentence":
            assert pair.query in sentences and pair.passage == text.replace(pair.query, "")
        elif pair.kind == "halves":
            assert pair.query + pair.passage == text
        else:
            assert pair.passage == text and pair.query.endswith("？") and pair.query not in text


def test_no_query_that_is_judged_by_was_learnt(material: Material) -> None:
    pairs = make_pairs(material)
    assert not {pair.query for pair in pairs.to_judge} & {pair.query for pair in pairs.to_learn}
    judged = {pair.query for pair in of_kind(pairs.to_judge, "heading")}
    learnt = {pair.query for pair in of_kind(pairs.to_learn, "heading")}
    assert len(judged | learnt) == len(material.sections) == 120
    assert 15 <= len(judged) <= 45


def test_a_title_alone_finds_any_paragraph_of_its_document(tmp_path: Path) -> None:
    plain = [document(number, sections=0) for number in range(3)]
    bodies = [
        Document(
            **{
                **vars(each),
                "text": f"{each.text}\n{SENTENCES.format(n=n)}",
                "paragraphs": (
                    *each.paragraphs,
                    Paragraph(start=len(each.text) + 1, end=len(each.text) + 1 + len(SENTENCES.format(n=n))),
                ),
            }
        )
        for n, each in enumerate(plain)
    ]
    material = read_material(opened(tmp_path, *bodies).documents)
    pairs = make_pairs(material)
    assert not of_kind(pairs.to_judge, "heading"), "a title is no heading, and is learnt from"
    assert {(pair.query, pair.alike) for pair in of_kind(pairs.to_learn, "heading")} == {
        (f"第{n}号桥", (n, n + 1)) for n in range(3)
    }


def test_no_more_pairs_than_asked_for_and_the_same_ones_again(material: Material) -> None:
    pairs = make_pairs(material, to_learn=300, to_judge=3)
    assert counted(pairs.to_judge) == {"heading": 3, "cloze": 3}
    assert len(pairs.to_learn) <= 300
    assert len({pair.paragraph for pair in pairs.to_learn}) == len(material.texts), (
        "one of each rather than all of some"
    )
    assert len(make_pairs(material, to_learn=50).to_learn) == 50
    assert make_pairs(material, to_learn=300, to_judge=3) == pairs
    assert make_pairs(material, to_learn=300, to_judge=3, seed=1) != pairs


@pytest.mark.parametrize(
    ("text", "queries"),
    [
        ("全市新增床位37张。", {"全市新增床位多少张？"}),
        ("大桥于2022年10月1日正式通车。", {"大桥于什么时候正式通车？"}),
        ("评审依据：市交通〔2020〕15号，现予施行。", {"评审依据：哪个文件，现予施行？"}),
        ("联系人：欧阳小红，每天在岗。", {"联系人：谁，每天在岗？"}),
        ("桥长100公里，由第100养护站负责。", {"桥长多少公里，由第100养护站负责？"}),
        ("The canal is 45 miles long in all.", {"The canal is how many miles long in all?"}),
        ("晴空万里无云。", set()),
        ("37家。", set()),
        ("", set()),
    ],
)
def test_a_clause_becomes_a_question(text: str, queries: set[str]) -> None:
    made = {query for seed in range(40) if (query := cloze(text, random.Random(seed)))}
    assert made == queries


def test_ranks_count_the_nearer_ones_that_are_not_alike() -> None:
    """With 8 columns the query a is (0, 1, 0, ...): its cosine is 1 with a, 2/sqrt(5) with aab, 1/sqrt(2) with ab."""

    def pair(passage: str, *alike: int) -> Pair:
        return Pair(kind="cloze", query="a", passage=passage, paragraph=alike[0], alike=(alike[0], alike[1]))

    texts = ["a", "ab", "aab", "b", "ab"]
    pairs = [pair("ab", 1, 2), pair("b", 3, 4), pair("a", 0, 1), pair("ab", 0, 3), pair("aab", 2, 3)]
    # The other ab is as near as the first, so it is not before it.
    assert ranks(ENCODER, pairs, texts).tolist() == [3, 5, 1, 1, 2]
    assert ranks(ENCODER, pairs, texts * 3000)[0] == 1 + 2 * 3000


def judgement(general: float = 0.0, questions: float | None = None, gained: bool = True) -> Judgement:
    """Ten pairs of ten groups that come first instead of second; of others the reciprocal rank changes by so much."""

    def changed(by: float) -> object:
        # Among 100 pairs so many times a fall from rank 1 to rank 2, each a change of -1/2.
        after = np.ones(100, dtype=np.int64)
        after[: round(-by * 200)] = 2
        return compare(np.ones(100, dtype=np.int64), after, np.arange(100))

    second, first = np.full(10, 2), np.ones(10, dtype=np.int64)
    held_out = compare(second, first if gained else second, np.arange(10))
    by_kind = {} if questions is None else {"question": changed(questions)}
    return Judgement(held_out=held_out, by_kind=by_kind, general=changed(general))  # type: ignore[arg-type]


def test_it_is_kept_only_if_better_and_nothing_else_fell() -> None:
    assert judgement().reason is None
    assert judgement(general=-MARGIN + 0.005, questions=-MARGIN + 0.005).reason is None
    assert judgement(gained=False).reason == "not_better"
    assert judgement(general=-MARGIN - 0.005).reason == "general_worse"
    assert judgement(questions=-MARGIN - 0.005).reason == "questions_worse"


def test_figures_are_of_pairs_and_chance_is_of_groups() -> None:
    """Ranks 1, 2, 4, 11 make MRR@10 (1 + 1/2 + 1/4 + 0) / 4; the same twenty times in one group prove nothing."""
    before, after = np.asarray([1, 2, 4, 11]), np.asarray([1, 1, 1, 1])
    each = compare(np.tile(before, 5), np.tile(after, 5), np.arange(20))
    assert (each.n, each.hit_before, each.hit_after, each.mrr.n) == (20, 0.25, 1.0, 20)
    assert each.mrr.mean_first == pytest.approx((1 + 1 / 2 + 1 / 4) / 4)
    assert each.mrr.mean_second == 1.0 and each.mrr.p_value < 0.05
    whole = compare(np.tile(before, 5), np.tile(after, 5), np.zeros(20, dtype=np.int64))
    assert (whole.mrr.mean_second, whole.mrr.n, whole.mrr.p_value) == (1.0, 1, 1.0)


def test_the_general_questions_have_their_paragraphs() -> None:
    pairs, texts = general_pairs()
    assert len(texts) > 500 and 1000 < len(pairs) <= 1500
    assert all(texts[pair.paragraph] == pair.passage and pair.query for pair in pairs)
    assert len({pair.paragraph for pair in pairs}) > 500
