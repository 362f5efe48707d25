"""Inside a scope the retriever finds what is left of the full rankings when everything else is taken out."""

from dataclasses import replace

import numpy as np
import pytest

from corpus.document import Document, Paragraph, content_hash, document_id
from embeddings.encoder import Vectors
from rag.errors import NotInIndex
from rag.fusion import reciprocal_rank_fusion
from rag.index_store import IndexWriter, Snapshot, open_snapshot
from rag.question import understand
from rag.retriever import HybridRetriever, K
from rag.scope import Scope, contains
from tests.fakes import HashEncoder

ENCODER = HashEncoder()
OFFICES = ("财政部", "海关总署", "林业局")
WORDS = ("桥梁检测", "养护资金", "苗木补贴", "检测资金", "桥梁养护")


def document(place: int) -> Document:
    """Four paragraphs, each unlike any other, of words that other documents have as well."""
    texts = [f"{WORDS[(place + n) % 5]}第{place}次共{n}项" for n in range(4)]
    text, path = "\n".join(texts), f"/data/{place % 2}/{place}.txt"
    starts = [sum(len(each) + 1 for each in texts[:n]) for n in range(4)]
    digest = content_hash(text.encode())
    return Document(
        id=document_id(path, digest),
        path=path,
        title=f"文件{place}",
        text=text,
        paragraphs=tuple(Paragraph(start=s, end=s + len(t)) for s, t in zip(starts, texts, strict=True)),
        metadata={"issuer": OFFICES[place % 3], "date": f"{2018 + place % 4}-01-01"},
        content_hash=digest,
    )


def vectors(place: int) -> Vectors:
    """Four rows of which no two are equally near to anything."""
    rows = np.random.default_rng(place).normal(size=(4, ENCODER.dimension)).astype(np.float32)
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("index")
    for places in (range(20), range(20, 30)):
        with IndexWriter(folder, ENCODER) as writer:
            for place in places:
                each = document(place)
                writer.add(each, vectors(place))
            if places.start:
                for place in (3, 4, 21):
                    writer.remove(document(place).id)
            writer.publish()
    return open_snapshot(folder, ENCODER)


SCOPES = (
    Scope(documents=("文件5",)),
    Scope(folders=("/data/1",)),
    Scope(issuers=("财政部", "林业")),
    Scope(years=(2019, 2021), folders=("data",)),
    Scope(issuers=("海关总署",), years=(2018,)),
    Scope(folders=("/",)),
)


@pytest.mark.parametrize("scope", SCOPES, ids=str)
@pytest.mark.parametrize("hidden", [(), (1, 5, 17)])
def test_retrieval_in_a_scope_is_the_full_ranking_filtered(
    snapshot: Snapshot, scope: Scope, hidden: tuple[int, ...]
) -> None:
    store = snapshot.documents
    inside = {id for r in store.records() if contains(scope, r) for id in store.paragraph_ids(r.id)}
    without = {id for place in hidden for id in store.paragraph_ids(document(place).id)}
    retriever = HybridRetriever(snapshot=snapshot, encoder=ENCODER, candidates=6, without=without)
    for asked in ("桥梁检测多少次？", "养护资金第三次", "苗木补贴共有几项"):
        (question,) = understand(asked)
        (near,) = snapshot.vectors.search(ENCODER.encode_queries([question.text]), len(snapshot.vectors))
        full = (
            [id for id, _ in snapshot.lexical.search(question.text, 1000)],
            [id for id, score in near if score > 0],
        )
        allowed = inside - without
        fused = reciprocal_rank_fusion([[id for id in ranking if id in allowed][:6] for ranking in full], k=K)
        (found,) = retriever.retrieve([question], 5, scope)
        passages = store.passages([id for id, _ in fused[:5]])
        assert found == tuple(replace(p, score=score) for p, (_, score) in zip(passages, fused, strict=False))
        assert bool(found) == bool(allowed)


def test_no_scope_and_an_empty_one_are_everything(snapshot: Snapshot) -> None:
    retriever = HybridRetriever(snapshot=snapshot, encoder=ENCODER, candidates=50)
    (question,) = understand("桥梁检测多少次？")
    everything = retriever.retrieve([question], 9)
    assert everything == retriever.retrieve([question], 9, Scope()) == retriever.retrieve([question], 9, None)
    assert len({p.document.id for p in everything[0]}) > 1


def test_a_scope_that_holds_nothing_finds_nothing_and_one_of_unknown_names_is_an_error(snapshot: Snapshot) -> None:
    retriever = HybridRetriever(snapshot=snapshot, encoder=ENCODER, candidates=50)
    (question,) = understand("桥梁检测多少次？")
    assert retriever.retrieve([question], 9, Scope(documents=("文件5",), issuers=("财政部",))) == ((),)
    with pytest.raises(NotInIndex, match="财政所"):
        retriever.retrieve([question], 9, Scope(issuers=("财政所",)))
    with pytest.raises(NotInIndex, match="文件21"):
        retriever.retrieve([question], 9, Scope(documents=("文件21",)))


def test_inside_a_scope_weak_passages_come_up_that_the_whole_index_buries(snapshot: Snapshot) -> None:
    retriever = HybridRetriever(snapshot=snapshot, encoder=ENCODER, candidates=2)
    (question,) = understand("桥梁检测多少次？")
    (everywhere,), (inside,) = (retriever.retrieve([question], 2, scope) for scope in (None, SCOPES[0]))
    assert {p.document.title for p in inside} == {"文件5"}
    assert "文件5" not in {p.document.title for p in everywhere}
