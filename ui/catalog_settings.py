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
    "bundled": ("自带的阅读模型", "the bundled one"),
    "none": ("不用模型，只看证据", "no model, the evidence alone"),
    "default": ("默认", "default"),
    "missing_not_here": ("这台机器上没有", "not on this machine"),
    "missing_onnxruntime": ("要装 onnxruntime", "needs onnxruntime"),
    "missing_transformers": ("要装 torch 和 transformers", "needs torch and transformers"),
    "others": (
        "第一次用到时装入，大的要等一会儿。自带的和不用模型的，把握各自校准过；别的按自带的那一个算，仅供参考。",
        "Loaded when it is first used; large ones take a while. The confidence of the bundled one and of the evidence "
        "alone is calibrated for each; that of another reader is read off as if it were the bundled one.",
    ),
    "samples": ("内置样例", "bundled samples"),
    "change": (
        "别处的阅读器在启动时指定：wenju serve --reader 路径，或写在 wenju.toml 里；向量模型也写在那里。",
        "A reader from elsewhere is named at the start: wenju serve --reader PATH, or in wenju.toml, where the "
        "encoder is set, too.",
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
