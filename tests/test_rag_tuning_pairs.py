"""Pairs made of documents, kept apart, and how they are judged by."""

import random
from pathlib import Path

import numpy as np
import pytest

from corpus.document import Document, Paragraph, content_hash, document_id
from rag.index_store import IndexWriter, Snapshot, open_snapshot
from rag.tuning.clozes import cloze
from rag.tuning.general import general_pairs
from rag.tuning.material import Material, read_material
from rag.tuning.negatives import lessons
from rag.tuning.pairs import Pair, Pairs, counted, make_pairs
from rag.tuning.ranks import ranks
from rag.tuning.split import LEAST, Split, split
from rag.tuning.verdict import MARGIN, Judgement, compare
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
            writer.add(each, ENCODER.encode_passages([unit.text for unit in units(each)]))
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


def test_many_documents_stay_whole(material: Material) -> None:
    parts = split(material)
    assert len(parts.held_out) == 60
    for first, last in set(material.document_spans):
        assert len({parts.judges(place) for place in range(first, last)}) == 1
    assert 5 <= parts.held_out.sum() <= 25


@pytest.mark.parametrize(("documents", "groups"), [(LEAST // 2, LEAST), (LEAST // 2 - 1, 4 * (LEAST // 2 - 1))])
def test_few_are_split_by_section_and_fewer_by_paragraph(tmp_path: Path, documents: int, groups: int) -> None:
    material = read_material(opened(tmp_path, *(document(number) for number in range(documents))).documents)
    parts = split(material)
    assert len(parts.held_out) == groups == len(set(parts.groups.tolist()))
    assert 0 < parts.held_out.sum() < groups


def test_a_document_stays_on_its_side_when_others_come(tmp_path: Path, material: Material) -> None:
    more = read_material(opened(tmp_path / "more", *(document(number) for number in reversed(range(90)))).documents)
    sides = [
        {text: parts.judges(place) for place, text in enumerate(known.texts)}
        for known, parts in ((known, split(known)) for known in (material, more))
    ]
    assert {text: sides[1][text] for text in sides[0]} == sides[0]


def test_the_kinds_of_pairs(material: Material) -> None:
    pairs = make_pairs(material, split(material))
    assert counted(pairs.to_learn).keys() == {"heading", "opening", "halves", "cloze", "neighbour"}
    place = pairs.to_learn[0].paragraph
    text, even = material.texts[place], place % 2 == 0
    sentences = [f"{part}。" for part in text.split("。")[:-1]]
    by_kind = {pair.kind: pair for pair in pairs.to_learn if pair.paragraph == place}
    section = material.sections[material.section_of[place]]
    assert by_kind["heading"].query == f"{section.title} {section.heading}"
    assert by_kind["heading"].alike == (section.first, section.last)
    assert (by_kind["opening"].query, by_kind["opening"].passage) == (sentences[0], sentences[1] + sentences[2])
    assert by_kind["halves"].query + by_kind["halves"].passage == text
    assert by_kind["cloze"].passage == text and ("多少" in by_kind["cloze"].query or "哪个" in by_kind["cloze"].query)
    (neighbour,) = [pair for pair in of_kind(pairs.to_learn, "neighbour") if pair.alike[0] // 2 == place // 2]
    assert (neighbour.query, neighbour.passage) == (material.texts[place - place % 2], material.texts[place | 1])
    assert neighbour.alike == (place - place % 2, place - place % 2 + 2) and ("neighbour" in by_kind) != even


def seen(pairs: Pairs, judged: bool) -> str:
    return "\n".join(pair.query + pair.passage for pair in (pairs.to_judge if judged else pairs.to_learn))


@pytest.mark.parametrize("documents", [60, 15])
def test_nothing_that_is_judged_by_was_learnt(tmp_path: Path, documents: int) -> None:
    material = read_material(opened(tmp_path, *(document(number) for number in range(documents))).documents)
    parts = split(material)
    pairs = make_pairs(material, parts)
    learnt, judged = seen(pairs, False), seen(pairs, True)
    for place, text in enumerate(material.texts):
        telling = text[: text.index("。")]  # no other paragraph has these words
        assert telling not in (learnt if parts.judges(place) else judged)
    # A clause can stand in every document.
    queries = [{pair.query for pair in side if pair.kind != "cloze"} for side in (pairs.to_learn, pairs.to_judge)]
    assert queries[1] and not queries[0] & queries[1]


def test_no_more_pairs_than_asked_for_and_the_same_ones_again(material: Material) -> None:
    parts = split(material)
    pairs = make_pairs(material, parts, to_learn=7, to_judge=3)
    assert set(counted(pairs.to_learn).values()) == {7}
    assert set(counted(pairs.to_judge).values()) == {3}
    assert make_pairs(material, parts, to_learn=7, to_judge=3) == pairs
    assert make_pairs(material, parts, to_learn=7, to_judge=3, seed=1) != pairs


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


def test_a_wrong_paragraph_is_one_to_learn_from_and_not_alike(snapshot: Snapshot, material: Material) -> None:
    parts = split(material)
    pairs = make_pairs(material, parts).to_learn
    found = lessons(pairs, material, parts, snapshot.lexical)
    assert len(found) == len(pairs)
    for pair, lesson in zip(pairs, found, strict=True):
        assert (lesson.query, lesson.passage, lesson.alike) == (pair.query, pair.passage, pair.alike)
        if lesson.wrong:
            text, place = lesson.wrong
            assert material.texts[place] == text and not parts.judges(place)
            assert not pair.alike[0] <= place < pair.alike[1]
    assert sum(lesson.wrong is not None for lesson in found) > len(found) / 2


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


def test_a_split_says_which_side_a_paragraph_is_on() -> None:
    parts = Split(np.asarray([0, 0, 1]), np.asarray([True, False]))
    assert [parts.judges(place) for place in range(3)] == [True, True, False]
