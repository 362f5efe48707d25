"""What is said about choosing the documents to ask, in Chinese and in English: key -> (Chinese, English)."""

from ui.language import Catalogue

SCOPE: Catalogue = {
    # options of the command line
    "document": (
        "只问这个文件：编号、路径、文件名或标题。这一项和下面五项都可以写几次。",
        "Only this document: id, path, file name or title. This and the next five may be given several times.",
    ),
    "folder": ("只问这个文件夹里的文件。", "Only documents in this folder."),
    "issuer": ("只问发文机关的名称里有这几个字的文件。", "Only documents whose issuer's name contains this."),
    "year": (
        "只问这一年的文件（看成文日期，没有日期就看文号）。",
        "Only documents of this year: of their date, else of their number.",
    ),
    "number": ("只问这个文号的文件，括号怎么写都行。", "Only the document of this number, however it is bracketed."),
    "collection": ("只问这个集合里的文件。", "Only documents of this collection."),
    "document_meta": ("文件", "DOCUMENT"),
    "folder_meta": ("文件夹", "DIR"),
    "issuer_meta": ("机关", "ISSUER"),
    "year_meta": ("年份", "YEAR"),
    "number_meta": ("文号", "NUMBER"),
    "collection_meta": ("集合", "COLLECTION"),
    # the web page
    "scope": ("查找范围", "Documents to ask"),
    "collections": ("集合", "Collections"),
    "documents": ("文件", "Documents"),
    "issuers": ("发文机关", "Issuers"),
    "years": ("年份", "Years"),
    "filter": ("输入几个字来筛选", "Type to filter"),
    "everything": ("不限", "All documents"),
    "within": ("范围：", "Within: "),
    "not_a_year": ("“{value}”不是四位数的年份", "'{value}' is not a year of four digits"),
}
