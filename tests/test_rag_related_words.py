from collections import Counter
from importlib import resources

import pytest

from rag.related_words import related
from rag.terms import folded

FILES = ("abbreviations.tsv", "synonyms.tsv")


def rows(file: str) -> list[list[str]]:
    lines = (resources.files("rag") / "lexicon" / file).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def others(text: str) -> set[str]:
    return {other for each in related(folded(text)) for other in each.others}


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("工信厅", "工业和信息化厅"),
        ("工信部", "工业和信息化部"),
        ("人社局", "人力资源和社会保障局"),
        ("市监局", "市场监督管理局"),
        ("发改委", "发展和改革委员会"),
        ("住建局", "住房和城乡建设局"),
        ("卫健委", "卫生健康委员会"),
        ("医保局", "医疗保障局"),
        ("农委", "农业农村委员会"),
        ("文旅局", "文化和旅游局"),
        ("交通局", "交通运输局"),
        ("全国人大常委会", "全国人民代表大会常务委员会"),
        ("国办", "国务院办公厅"),
        ("省政府", "省人民政府"),
        ("高新区", "高新技术产业开发区"),
        ("扶贫办", "扶贫开发办公室"),
    ],
)
def test_short_and_full_names_find_each_other_wherever_the_place(short: str, full: str) -> None:
    assert full in others(f"自治区{short}的职责")
    assert short in others(f"由自治区{full}负责")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("补贴多少钱", "金额"),
        ("在这里办厂有什么好处", "投资建厂"),
        ("这事归谁管", "主管部门"),
        ("罚多少", "罚款"),
        ("电话是多少", "联系方式"),
        ("老人能免票吗", "老年人"),
        ("孩子多大上学", "未成年人"),
        ("看病怎么报销", "就医"),
        ("打官司要多久", "诉讼"),
        ("离职要提前说吗", "解除劳动合同"),
        ("工资不发", "劳动报酬"),
        ("補貼有多少", "补助"),
    ],
)
def test_everyday_words_find_official_ones(asked: str, told: str) -> None:
    assert told in others(asked)


def test_official_words_do_not_look_for_everyday_ones() -> None:
    assert "打官司" not in others("提起诉讼")
    assert "小孩" not in others("未成年人")


def test_the_longest_word_counts() -> None:
    assert [each.word for each in related("打官司")] == ["打官司"]
    assert [each.word for each in related("市人大常委会")] == ["人大常委会"]


@pytest.mark.parametrize("text", ["在这种地区", "工作假期", "行政协议", "我国企业", "他的士兵", "执行标准", "一个税种"])
def test_a_word_across_the_border_of_two_is_none(text: str) -> None:
    assert others(text) == set()


def test_what_looks_like_a_word_holds_one() -> None:
    def holds(word: str) -> bool:
        return any(related(word[i:j]) for i in range(len(word)) for j in range(i + 2, len(word) + 1))

    listed = [word for row in rows("lookalikes.tsv") for word in row[0].split()]
    assert [word for word in listed if related(word)] == []
    assert [word for word in listed if not holds(word)] == []
    assert [word for word, times in Counter(listed).items() if times > 1] == []


def test_a_short_name_that_runs_on_into_another_word_is_none() -> None:
    assert others("平台办理") == others("对外办公") == others("居民委托") == set()


def test_numerals_in_the_other_writing() -> None:
    assert others("第38条") == {"第三十八条"}
    assert others("第三十八条") == {"第38条"}
    assert others("3年") == {"三年"}
    assert others("2个月") == {"两个月", "二个月"}
    assert others("13年") == others("3.5倍") == others("2020年3月5日") == set()


@pytest.mark.parametrize("file", FILES)
def test_words_are_folded_and_at_least_two_characters(file: str) -> None:
    for row in rows(file):
        for word in " ".join(row[:2]).split():
            assert word == folded(word)
            assert len(word) > 1 or len(row) == 3, word


def test_every_line_of_abbreviations_says_something() -> None:
    listed = rows("abbreviations.tsv")
    assert not [row for row in listed if len(row) not in (2, 3)]
    long = {"委": "委员会", "办": "办公室"}
    pairs = [
        (short + ending, full + long.get(ending, ending))
        for short, full, *endings in listed
        for ending in (endings[0].split() if endings else [""])
    ]
    assert len(pairs) > 400
    assert [pair for pair, times in Counter(pairs).items() if times > 1] == []
    # Where one holds the other, its terms are found anyway.
    assert [pair for pair in pairs if pair[0] in pair[1] or pair[1] in pair[0]] == []


def test_every_line_of_synonyms_says_something() -> None:
    listed = rows("synonyms.tsv")
    assert not [row for row in listed if len(row) != 2]
    asked = Counter(word for row in listed for word in row[0].split())
    assert len(asked) > 500
    assert [word for word, times in asked.items() if times > 1] == []
    assert [row for row in listed if row[0] == row[1]] == []
