"""What ``wenju models`` says, in Chinese and in English: key -> (Chinese, English)."""

from ui.language import Catalogue

MODELS: Catalogue = {
    "encoder": ("向量模型", "encoder"),
    "reader": ("阅读器", "reader"),
    "other": ("其他", "other"),
    "megabytes": ("{megabytes:.1f} MB", "{megabytes:.1f} MB"),
    "not_here": ("本机没有", "not on this machine"),
    "hint": (
        "* 在用的。换阅读器：--reader 名称，或写进 wenju.toml 的 reader；换向量模型：把它的文件夹写进 encoder。",
        "* in use. Another reader: --reader NAME, or 'reader' in wenju.toml; another encoder: its folder as 'encoder'.",
    ),
    "no_reader": ("阅读器设成了 none：不用模型阅读。", "The reader is set to none: no model reads."),
    "can_encode": (
        "向量模型：可以（{dimension} 维）。设置：encoder = {setting}",
        "As an encoder: yes ({dimension} dimensions). Setting: encoder = {setting}",
    ),
    "can_encode_bundled": (
        "向量模型：可以（{dimension} 维）。不设 encoder 就是它",
        "As an encoder: yes ({dimension} dimensions). It is in use where 'encoder' is not set",
    ),
    "can_read": ("阅读器：可以。设置：reader = {setting}", "As a reader: yes. Setting: reader = {setting}"),
    "cannot_encode": ("向量模型：不行。{problem}", "As an encoder: no. {problem}"),
    "cannot_read": ("阅读器：不行。{problem}", "As a reader: no. {problem}"),
    "neither": (
        "不能用作阅读器，也不能用作向量模型。{as_reader}。{as_encoder}",
        "neither a reader nor an encoder. {as_reader}. {as_encoder}",
    ),
}
