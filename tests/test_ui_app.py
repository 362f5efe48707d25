import re
import socket
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from rag.answer import Answer, DocumentRecord
from rag.errors import ReadOnlyIndex, SettingsError, UnknownDocument
from rag.evaluation.feedback import FeedbackStore
from rag.library import IndexReport
from rag.settings import Settings
from tests.fake_web_library import FakeLibrary, read
from ui import app
from ui.catalog_web import EVALUATION, FEEDBACK, WEB
from ui.page_desk import Desk, Step
from ui.page_documents import DocumentsHandlers
from ui.page_examples import Example, answerable, from_documents
from ui.page_exchange import Exchange
from ui.page_feedback_handlers import FeedbackHandlers
from ui.page_handlers import Handlers, page_language
from ui.page_listing import View
from ui.page_paths import Places
from ui.page_uploads import Upload

PARKS = """青禾市产业园区情况
文号：青发〔2024〕7号
2023年青禾市共有产业园区12个，入驻企业340家。
园区绿化由市政部门负责。
"""
HOSTILE = (
    '<img src=x onerror="window.hit=1"><script>window.hit=2</script> ![x](http://example.org/x.png) ${1+1} {{value}}'
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, index=tmp_path / "default", max_file_mb=0.001)


@pytest.fixture
def samples(tmp_path: Path) -> FakeLibrary:
    path = tmp_path / "parks.txt"
    path.write_text(PARKS, encoding="utf-8")
    return FakeLibrary([read(path)], read_only=True)


@pytest.fixture
def desk(samples: Any, settings: Settings) -> Desk:
    return Desk(samples, settings, lambda given: FakeLibrary(max_bytes=given.max_file_bytes))  # type: ignore[arg-type]


@pytest.fixture
def listed(desk: Desk, settings: Settings, tmp_path: Path) -> DocumentsHandlers:
    return DocumentsHandlers(desk, settings, tmp_path / "incoming", Places())


@pytest.fixture
def handlers(desk: Desk, settings: Settings, tmp_path: Path) -> Handlers:
    return Handlers(desk, settings, (), FeedbackHandlers(FeedbackStore(settings.home)))


def upload(tmp_path: Path, name: str, text: str, folder: str = "incoming") -> Upload:
    (tmp_path / folder).mkdir(exist_ok=True)
    path = tmp_path / folder / f"{len(list((tmp_path / folder).iterdir()))}.part"
    path.write_text(text, encoding="utf-8")
    return Upload(path=path, name=name)


def indexed(steps: Iterator[Step | IndexReport]) -> IndexReport:
    *_, last = steps
    assert isinstance(last, IndexReport)
    return last


# documents in and out


def test_the_samples_give_way_to_an_index_of_ones_own(desk: Desk, samples: FakeLibrary, tmp_path: Path) -> None:
    old = desk.documents()[0]
    report = indexed(desk.add([upload(tmp_path, "新.txt", "新文件\n共有5个站点。\n")]))
    assert (report.added, report.failed, desk.read_only) == (1, (), False)
    assert [record.title for record in desk.documents()] == ["新文件"]
    assert Path(desk.documents()[0].path) == desk.uploads.root / "新.txt"
    assert desk.document(old.id).title == "青禾市产业园区情况"  # an answer given before can still be opened


def test_one_bad_file_does_not_stop_the_rest_and_is_named_as_its_user_names_it(desk: Desk, tmp_path: Path) -> None:
    sent = [
        upload(tmp_path, "表.xyz", "x"),
        upload(tmp_path, "空.txt", ""),
        upload(tmp_path, "大.txt", "长" * 1000),
        upload(tmp_path, "好.txt", "好文件\n"),
    ]
    *steps, report = desk.add(sent)
    assert isinstance(report, IndexReport)
    assert [failure.path for failure in report.failed] == ["表.xyz", "空.txt", "大.txt"]
    assert str(desk.uploads.root) not in "".join(str(failure.error) for failure in report.failed)
    assert [path.name for path in desk.uploads.root.iterdir()] == ["好.txt"]
    assert [step.name for step in steps if isinstance(step, Step)] == ["表.xyz", "空.txt", "大.txt", "好.txt", ""]


def test_where_every_upload_fails_the_samples_stay_open(desk: Desk, tmp_path: Path) -> None:
    assert indexed(desk.add([upload(tmp_path, "空.txt", "")])).failed
    assert desk.read_only and len(desk.documents()) == 1


def test_removing_takes_a_whole_id_and_deletes_our_copy(desk: Desk, tmp_path: Path) -> None:
    indexed(desk.add([upload(tmp_path, "新.txt", "新文件\n")]))
    record = desk.documents()[0]
    for wrong in ("", record.id[:6], "../x"):
        with pytest.raises(UnknownDocument):
            desk.remove(wrong)
    assert desk.remove(record.id).title == "新文件"
    assert desk.documents() == () and list(desk.uploads.root.iterdir()) == []


def test_the_samples_cannot_be_removed(desk: Desk) -> None:
    with pytest.raises(ReadOnlyIndex):
        desk.remove(desk.documents()[0].id)


def test_a_path_outside_the_incoming_folder_is_no_upload(listed: DocumentsHandlers, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    (tmp_path / "incoming").mkdir()
    for claim in ([{"path": str(secret)}], [{"path": f"{tmp_path}/incoming/../secret.txt"}], [{"path": 5}], "x", None):
        list(listed.upload(claim, "zh"))
    assert secret.exists() and listed.desk.read_only


# questions, answers, sources


def ask(handlers: Handlers, *questions: object) -> tuple[Exchange, ...]:
    exchanges: tuple[Exchange, ...] = ()
    for question in questions:
        asked = handlers.asked(question, exchanges)
        if asked is not None:
            *_, exchanges = handlers.answered(asked, asked[-1].key, "zh")
    return exchanges


def test_an_answer_comes_first_then_its_numbered_source(handlers: Handlers) -> None:
    shown = handlers.conversation(ask(handlers, "青禾市共有产业园区多少个"), "zh")
    answer, source = shown.index('class="answer"'), shown.index('class="source"')
    assert answer < source
    assert "《青禾市产业园区情况》（青发〔2024〕7号）" in shown
    assert "<mark>12个</mark>" in shown and "<mark>340家</mark>" in shown
    assert 'data-turn="0" data-source="0"' in shown


def test_a_follow_up_brings_the_questions_before_it(handlers: Handlers, samples: FakeLibrary) -> None:
    exchanges = ask(handlers, "青禾市共有产业园区多少个", "企业呢")
    assert samples.histories[-2:] == [(), ("青禾市共有产业园区多少个",)]
    assert "青禾市共有产业园区多少个 企业呢" in handlers.conversation(exchanges, "zh")


def test_a_refusal_is_called_one_and_its_passages_no_answer(handlers: Handlers) -> None:
    shown = handlers.conversation(ask(handlers, "园区的院长是谁，工资多高"), "zh")
    assert WEB["refused"][0] in shown and WEB["nearest"][0] in shown
    assert WEB["sources"][0] not in shown and "<mark>" not in shown


@pytest.mark.parametrize("question", ["", "  \n", None, 7, ["x"], {"a": 1}])
def test_what_is_no_question_asks_nothing(handlers: Handlers, question: object) -> None:
    assert ask(handlers, question) == ()


def test_a_question_has_a_longest_length(handlers: Handlers) -> None:
    assert len(ask(handlers, "问" * 10**5)[0].question) == 2000


@pytest.mark.parametrize("place", [(0, 9), (9, 0), (-1, 0), ("0", "0"), (None, None), (0.0, 0), ([], {})])
def test_a_click_on_what_is_not_there_opens_nothing(handlers: Handlers, place: tuple[object, object]) -> None:
    exchanges = ask(handlers, "青禾市共有产业园区多少个")
    assert handlers.source(*place, exchanges) is None


def test_an_opened_source_is_marked_where_its_offsets_say(handlers: Handlers) -> None:
    exchanges = ask(handlers, "青禾市共有产业园区多少个")
    shown = handlers.document(handlers.source(0, 0, exchanges), "zh")
    assert re.findall(r"<mark>(.*?)</mark>", shown) == ["2023年", "12个", "340家"]
    assert 'id="cited"' in shown


def test_a_listed_document_opens_and_an_unknown_one_does_not(handlers: Handlers) -> None:
    record = handlers.desk.documents()[0]
    assert "园区绿化" in handlers.document(handlers.listed(record.id), "zh")
    assert handlers.listed("nothing") is None and handlers.listed(["x"]) is None


def tags(markup: str) -> set[tuple[str, str]]:
    """Every tag, and every tag with each of its attributes."""
    found: set[tuple[str, str]] = set()

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.update({(tag, ""), *((tag, name) for name, _ in attrs)})

    Reader().feed(markup)
    return found


def test_text_of_documents_and_users_is_never_markup(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "hostile.txt"
    path.write_text(f"{HOSTILE}\n{HOSTILE} 共有3个\n", encoding="utf-8")
    library: Any = FakeLibrary([read(path)])
    feedback = FeedbackHandlers(FeedbackStore(settings.home))
    desk = Desk(library, settings, lambda _: library)
    handlers = Handlers(desk, settings, (), feedback)
    exchanges = ask(handlers, f"{HOSTILE} 共有几个")
    opened_in_list = View(opened=desk.documents()[0].id)
    listed = DocumentsHandlers(desk, settings, tmp_path, Places(allowed=(tmp_path,)))
    opened = handlers.document(handlers.source(0, 0, exchanges), "zh")
    for shown in (
        handlers.conversation(exchanges, "zh"),
        listed.files("zh", opened_in_list),
        listed.finder(View(words=HOSTILE), "zh"),
        opened,
        handlers.conversation((), "zh"),
    ):
        assert not tags(shown) & {("img", ""), ("script", ""), ("a", ""), ("iframe", "")}
        assert not {attribute for _, attribute in tags(shown) if attribute.startswith(("on", "src", "href"))}


def test_examples_are_made_of_what_documents_say_of_themselves() -> None:
    records = [
        DocumentRecord(id="1", path="", title="甲通知", issuer="某厅", date="2024-05-01"),
        DocumentRecord(id="2", path="", title="乙通知", issuer="某厅", date="2024-05-01"),
        DocumentRecord(id="3", path="", title="Third", number="No. 3"),
        DocumentRecord(id="4", path="", title="丁通知"),
        DocumentRecord(id="5", path="", title="长" * 100, number="1号"),
    ]
    assert list(from_documents(records)) == [
        Example(question="《甲通知》是哪个单位发的？", expected=("某厅",)),
        Example(question="《乙通知》是什么时候印发的？", expected=("2024-05-01", "2024年5月1日")),
        Example(question="What is the document number of “Third”?", expected=("No. 3",)),
    ]


def test_only_questions_with_the_expected_answer_are_offered() -> None:
    replies = {"对": "某厅发布", "错": "另一个厅", "拒": None, "随": "什么都行"}
    asked = []

    def ask(question: str) -> Answer:
        asked.append(question)
        reply = replies[question]
        return Answer(question=question, asked=question, answer=reply or "", reason=None if reply else "not_stated")

    candidates = [Example(question=each, expected=("某厅",)) for each in "对错拒"] + [Example(question="随")]
    assert answerable(candidates, ask) == ("对", "随")
    assert len(answerable([Example(question="对")] * 99, ask)) == 6 and len(asked) == 4 + 6


# languages


def test_every_text_is_there_twice_with_the_same_parts() -> None:
    for key, (chinese, english) in [*WEB.items(), *EVALUATION.items(), *FEEDBACK.items()]:
        assert chinese and english, key
        assert sorted(re.findall(r"{(\w+)", chinese)) == sorted(re.findall(r"{(\w+)", english)), key


@pytest.mark.parametrize(
    ("chosen", "query", "accepted", "language"),
    [
        ("en", {"lang": "zh"}, "en-US", "zh"),
        ("en", {"lang": "xx"}, "zh-CN", "en"),
        (None, {}, "fr-FR,en;q=0.8,zh;q=0.5", "en"),
        (None, {}, "zh-TW,en;q=0.8", "zh"),
        (None, {}, "", "zh"),
    ],
)
def test_the_language_of_the_page(
    settings: Settings, chosen: Any, query: dict[str, str], accepted: str, language: str
) -> None:
    wanted = Settings(home=settings.home, index=settings.index, language=chosen)
    assert page_language(wanted, query, accepted) == language


def test_english_pages_say_nothing_in_chinese_but_what_stands_in_documents(
    handlers: Handlers, listed: DocumentsHandlers
) -> None:
    opened = handlers.listed(handlers.desk.documents()[0].id)
    shown = handlers.header("en") + listed.files("en") + listed.foot("en") + handlers.conversation((), "en")
    shown += handlers.document(opened, "en").split('<div class="document-text"')[0]
    for text in re.split(r"<[^>]+>", shown):
        rest = re.sub("《?青禾市产业园区情况》?|青发〔2024〕7号|中文|的文号是什么？", "", text)
        assert not re.search(r"[一-鿿]", rest), text


# the server


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.org", "::", ""])
def test_a_page_without_a_password_is_for_this_machine_alone(settings: Settings, host: str) -> None:
    with pytest.raises(SettingsError, match="--host"):
        app.serve(settings, host=host, port=0, open_browser=False)


def test_a_taken_port_is_one_line(settings: Settings) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SettingsError, match="--port"):
        app.serve(settings, host="127.0.0.1", port=taken.getsockname()[1], open_browser=False)


def test_the_assets_ask_for_nothing_from_elsewhere() -> None:
    for name in (*app.STYLES, "report.css", *app.SCRIPTS, "icon.html"):
        text = app._asset(name).replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(https?:)?//[a-z0-9]", text.replace("// ", "")), name
