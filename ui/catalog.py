"""What the command line and the rendered answers say, in Chinese and in English: key -> (Chinese, English)."""

from ui.language import Catalogue

RENDER: Catalogue = {
    "page": ("第 {page} 页", "page {page}"),
    "paragraph": ("第 {paragraph} 段", "paragraph {paragraph}"),
    "comma": ("，", ", "),
    "reference": ("{facts}：“{quote}”", "{facts}: “{quote}”"),
    "copies": ("另见：", "Also in: "),
    "copy": ("{source}，{file}", "{source}, {file}"),
    "more_copies": ("还有 {count} 处", "{count} more"),
    "nearest": ("最接近的段落：", "The nearest passages:"),
    "understood": ("按“{asked}”查找", 'searched for "{asked}"'),
    # rag.answer.REASONS
    "empty_question": ("没有提出问题。", "No question was asked."),
    "empty_index": (
        "索引里还没有文件；先用 wenju index 文件夹 添加。",
        "The index holds no documents yet; add some with 'wenju index FOLDER'.",
    ),
    "empty_scope": ("没有一个文件符合选定的范围。", "No document fits the chosen scope."),
    "nothing_found": ("文件里没有找到与这个问题有关的内容。", "Nothing in the documents is about this question."),
    "not_stated": ("在文件里没有找到写明答案的地方。", "No place in the documents was found that states the answer."),
    "disagree": ("不同文件的说法不一致：", "The documents do not agree:"),
    "newest": ("最新", "newest"),
    "no_date": ("日期不详", "undated"),
    "no_such_document": (
        "问题点名的文件不在这些文件里，所以不从别的文件里找答案。",
        "The document that the question names is not among these; nothing is answered from others.",
    ),
    # the same within a scope
    "nothing_found_within": (
        "选定的范围里没有找到与这个问题有关的内容。",
        "Nothing within the chosen scope is about this question.",
    ),
    "not_stated_within": (
        "在选定的范围里没有找到写明答案的地方。",
        "No place within the chosen scope was found that states the answer.",
    ),
    "no_such_document_within": (
        "问题点名的文件不在选定的范围里，所以不从别的文件里找答案。",
        "The document that the question names is not within the chosen scope; nothing is answered from others.",
    ),
}
