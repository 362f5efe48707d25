"""What the page says of conversations that are kept, and of one question: key -> (Chinese, English)."""

from ui.language import Catalogue

HISTORY: Catalogue = {
    "history": ("对话记录", "Conversations"),
    "find": ("搜索对话（Ctrl+K）", "Search conversations (Ctrl+K)"),
    "none": ("还没有对话。问过的都会留在这台电脑上。", "No conversations yet. What you ask is kept on this computer."),
    "none_found": ("没有找到。", "None found."),
    "open": ("打开对话：{title}", "Open the conversation: {title}"),
    "count": ("{count} 问", "{count} asked"),
    "today": ("今天 {time}", "today {time}"),
    "yesterday": ("昨天 {time}", "yesterday {time}"),
    "rename": ("改名", "Rename"),
    "title": ("对话的名称", "Name of the conversation"),
    "save": ("保存", "Save"),
    "delete": ("删除", "Delete"),
    "confirm": ("删除这段对话？", "Delete this conversation?"),
    "yes": ("删除", "Delete"),
    "no": ("取消", "Cancel"),
    "gone": ("这段对话已经不在了。", "This conversation is no longer there."),
    "not_kept": ("这段对话没有存下来：{detail}", "This conversation could not be kept: {detail}"),
    "take": ("导出", "Export"),
    "md": ("Markdown", "Markdown"),
    "docx": ("Word", "Word"),
    "html": ("网页", "Web page"),
    # of one question
    "loading": ("正在装入阅读器…", "Loading the reader…"),
    "searching": ("正在查找…", "Searching…"),
    "reading": ("正在阅读 {done}/{total}", "Reading {done} of {total}"),
    "stop": ("停止", "Stop"),
    "stopped": ("已停止。", "Stopped."),
    "copy": ("复制", "Copy"),
    "again": ("重问", "Ask again"),
    "edit": ("改问题", "Edit question"),
    "sure_high": ("很有把握（{percent}%）", "very likely right ({percent}%)"),
    "sure_middle": ("较有把握（{percent}%）", "probably right ({percent}%)"),
    "sure_low": ("把握不大，请核对原文（{percent}%）", "not very sure ({percent}%): check the source"),
    "what_to_try": ("可以试试：", "What to try:"),
    "try_words": (
        "换成文件里可能的说法，或者问得更具体",
        "other words that the documents may use, or a more exact question",
    ),
    "try_scope": ("不限范围再问一次", "ask again without the chosen scope"),
    "try_nearest": ("看看下面最接近的段落", "look at the nearest passages below"),
    "try_files": ("确认相关文件已经添加", "make sure that the document has been added"),
}

TAKEAWAY: Catalogue = {
    "made": ("问据 · {date} 导出", "Wenju, exported {date}"),
    "question": ("问：{text}", "Q: {text}"),
    "answer": ("答：{text}", "A: {text}"),
    "understood": ("按“{text}”查找", "searched for “{text}”"),
    "within": ("只问：{text}", "asked of: {text}"),
    "sources": ("依据：", "Sources:"),
    "nearest": ("最接近的段落，仅供参考：", "The nearest passages, not an answer:"),
    "confidence": ("把握 {percent}%", "confidence {percent}%"),
}
