"""What a sentence says that a term means. All texts are made up here."""

import pytest

from rag.definientia import definientia


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in definientia(text, (0, len(text)))]


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        (
            "本办法所称借车服务，是指在地铁站口登记后取用自行车，由管理站统一收回、检修的出行服务。",
            "在地铁站口登记后取用自行车，由管理站统一收回、检修的出行服务",
        ),
        (
            "林票是林场与村集体合作造林后发给农户的股权凭证，可以转让、继承，但不能兑换现金。",
            "林场与村集体合作造林后发给农户的股权凭证",
        ),
        ("零散户是指一年卖出不足五十头的饲养者，不包括合作社。", "一年卖出不足五十头的饲养者"),
        ("推行“两本账”，即仓库一本、门店一本；月底互相核对。", "仓库一本、门店一本"),
        ("所谓夜班线，指二十三时以后仍然发车的线路。", "二十三时以后仍然发车的线路"),
    ],
)
def test_the_likeliest_meaning_comes_first(text: str, meaning: str) -> None:
    assert found(text)[0] == meaning


def test_where_a_noun_may_not_be_the_last_the_whole_is_offered_too() -> None:
    text = "错时停车，是指单位在自己的时段之外，通过平台向车主开放车位。"
    assert "单位在自己的时段之外，通过平台向车主开放车位" in found(text)


@pytest.mark.parametrize("text", ["值班室就是不接电话。", "这件事还是由街道来办。", "各站应当指定专人。", ""])
def test_not_every_is_defines(text: str) -> None:
    assert found(text) == []


def test_only_the_sentence_is_looked_at() -> None:
    text = "甲是指头一个名次的队伍。乙是指第二个名次的队伍。"
    second = (text.index("乙"), len(text))
    assert [text[a:b] for a, b in definientia(text, second)] == ["第二个名次的队伍"]
