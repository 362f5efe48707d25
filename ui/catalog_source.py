"""What is said around a document that is open beside the chat, in Chinese and in English: key -> (Chinese, English)."""

from ui.language import Catalogue

SOURCE: Catalogue = {
    "outline": ("目录（{count}）", "Contents ({count})"),
    "in_section": ("引文在：{section}", "Quoted from: {section}"),
    "previous": ("上一处（按 [ 键）", "Previous place (key [)"),
    "next": ("下一处（按 ] 键）", "Next place (key ])"),
    "count": ("{number} / {total} 处", "{number} of {total}"),
    "places": ("这个回答的出处", "Places of this answer"),
    "as": ("显示方式", "Show as"),
    "text": ("文字", "Text"),
    "page": ("原页", "Page"),
    "copy": ("复制", "Copy"),
    "copy_link": ("复制链接", "Copy link"),
    "copy_reference": ("复制引用", "Copy reference"),
    "copy_reference_of": ("复制引用：{source}", "Copy as a reference: {source}"),
    "copied": ("已复制", "Copied"),
    "not_copied": ("没有复制成，请选中后按 Ctrl+C：", "Not copied; select it and press Ctrl+C:"),
    "link_unknown": (
        "链接所指的文件不在库中：它已被移除，或内容变了。",
        "The document of this link is not in the index: it was removed, or its content has changed.",
    ),
    "link_offsets": (
        "链接所指的位置不在这份文件里，下面从头显示全文。",
        "The place of this link is not in this document; here it is from its beginning.",
    ),
    # the page as it was printed
    "page_of": ("第 {page} / {total} 页", "page {page} of {total}"),
    "page_previous": ("上一页", "Previous page"),
    "page_next": ("下一页", "Next page"),
    "smaller": ("缩小", "Smaller"),
    "larger": ("放大", "Larger"),
    "fit": ("适合宽度", "Fit width"),
    "picture": ("《{title}》第 {page} 页的图像", "Picture of page {page} of “{title}”"),
    "box": ("引文在这里", "The quote is here"),
    "picture_failed": ("这一页画不出来；文字版照样能看。", "This page could not be drawn; its text can still be read."),
    "quote_elsewhere": ("引文在第 {pages} 页。", "The quote is on page {pages}."),
    "not_found": (
        "没能在页面上准确找到这段引文，所以没有标出；请看文字版。",
        "The quote was not found on the page for certain, so nothing is marked; see the text.",
    ),
    "no_pages": ("这种格式没有原页，只有文字。", "This format has no pages to show, only text."),
    "gone": (
        "原文件已不在原处，只能看文字版。",
        "The original file is no longer where it was; only its text can be shown.",
    ),
    "changed": (
        "原文件在添加之后被改过，原页可能对不上，只能看文字版；重新添加后可看原页。",
        "The original file has changed since it was added; only the text is shown. Add it again to see its pages.",
    ),
    "unreadable": (
        "原文件的页面打不开，只能看文字版。",
        "The pages of the original file cannot be opened; only its text.",
    ),
    "busy": (
        "程序正忙于处理 PDF，请稍后再点“原页”。",
        "The program is busy with PDF files; choose Page again in a moment.",
    ),
}
