"""What the page says of its settings: key -> (Chinese, English)."""

from ui.language import Catalogue

SETTINGS: Catalogue = {
    "title": ("设置", "Settings"),
    "close": ("关闭", "Close"),
    "language": ("语言", "Language"),
    "theme": ("明暗", "Theme"),
    "system": ("跟随系统", "as the system"),
    "light": ("浅色", "light"),
    "dark": ("深色", "dark"),
    "answering": ("怎么回答（只管这个浏览器）", "How to answer (in this browser alone)"),
    "top_k": ("读几段", "Passages read"),
    "top_k_hint": ("默认 {default}；多读几段更全，也更慢", "{default} by default; more find more and take longer"),
    "threshold": ("把握不到多少就不答", "Confidence under which there is no answer"),
    "threshold_hint": (
        "默认 {default}%；调低会多答，也会多答错",
        "{default}% by default; lower, there are more answers and more wrong ones",
    ),
    "as_set": ("恢复默认", "Back to the defaults"),
    "here": ("这里运行着什么", "What runs here"),
    "reader": ("阅读器", "Reader"),
    "encoder": ("向量模型", "Encoder"),
    "index": ("索引", "Index"),
    "version": ("版本", "Version"),
    "bundled": ("自带", "bundled"),
    "none": ("不用模型", "no model"),
    "samples": ("内置样例", "bundled samples"),
    "change": (
        "换模型要在启动时说：wenju serve --reader 路径，或写在 wenju.toml 里。",
        "Other models are chosen at the start: wenju serve --reader PATH, or in wenju.toml.",
    ),
    "local": (
        "文件、问题、回答和反馈都只在运行问据的电脑上，不联网，什么也不发出去。",
        "Documents, questions, answers and feedback stay on the computer that runs Wenju. It uses no network and sends "
        "nothing.",
    ),
    "keys": ("按键", "Keys"),
    "key_enter": ("发送；Shift+回车换行", "send; with Shift a new line"),
    "key_find": ("搜索对话", "search conversations"),
    "key_steps": ("上一处、下一处依据", "the place before, the next place"),
    "key_escape": ("关闭原文，回到对话", "close the document, back to the chat"),
    "enter": ("回车", "Enter"),
}
