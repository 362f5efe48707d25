"""What is said about the documents of an index and the folders that are watched: key -> (Chinese, English)."""

from ui.language import Catalogue

DOCUMENTS: Catalogue = {
    # options of the command line
    "allow_folder": (
        "在网页里可以按路径添加这个文件夹里的文件；可以写几次。",
        "Let the page add files of this folder by their path; may be given several times.",
    ),
    "watch": (
        "监视这个文件夹：新增、修改、删除的文件自动更新到索引；可以写几次。",
        "Watch this folder: what comes, changes or goes there is indexed or dropped; may be given several times.",
    ),
    "no_folder": ("没有这个文件夹：{folder}", "there is no folder {folder}"),
    "own_folder": (
        "{folder} 是问据自己存放索引的地方；请换一个文件夹",
        "{folder} is where Wenju keeps its own files; name another folder",
    ),
    # adding
    "upload_folder": ("添加文件夹", "Add a folder"),
    "path": ("文件或文件夹的路径", "Path of a file or folder"),
    "path_hint": ("本机路径，限于：{folders}", "A path on this computer, within: {folders}"),
    "path_add": ("按路径添加", "Add by path"),
    "path_outside": (
        "没有添加 {path}：只能添加这些文件夹里的文件：{folders}",
        "Not added: {path}. Only what lies in these folders can be: {folders}",
    ),
    "path_missing": ("没有添加：找不到 {path}", "Not added: there is no {path}"),
    "path_empty": ("没有添加：先写一个路径。", "Not added: type a path first."),
    "nothing_there": ("没有可以添加的文件。", "There was nothing to add."),
    "more_failures": ("另有 {count} 份", "{count} more"),
    "waiting": ("等前面的任务做完…", "Waiting for what is being done…"),
    # finding
    "find": ("在标题、文号、机关、路径里找", "Find in title, number, issuer, path"),
    "sort": ("排序", "Sort"),
    "by_title": ("按标题", "By title"),
    "by_date": ("新的在前", "Newest first"),
    "by_age": ("旧的在前", "Oldest first"),
    "by_issuer": ("按发文机关", "By issuer"),
    "by_size": ("长的在前", "Longest first"),
    "by_indexed": ("最近添加的在前", "Last added first"),
    "any_issuer": ("全部机关", "Any issuer"),
    "any_year": ("全部年份", "Any year"),
    "issuer_filter": ("发文机关", "Issuer"),
    "year_filter": ("年份", "Year"),
    "counted": ("{name}（{count}）", "{name} ({count})"),
    "found": ("找到 {count} 份，共 {total} 份", "{count} of {total} documents"),
    "none_found": ("没有符合的文件。", "No document fits."),
    "clear": ("清除条件", "Clear"),
    "earlier": ("上一页", "Previous"),
    "later": ("下一页", "Next"),
    "of_pages": ("第 {page} / {pages} 页", "Page {page} of {pages}"),
    "pages": ("翻页", "Pages"),
    # one document
    "details": ("详情", "Details"),
    "details_of": ("《{title}》的详情", "Details of “{title}”"),
    "see": ("在原文里查看：{value}", "See it in the document: {value}"),
    "title": ("标题", "Title"),
    "file": ("文件", "File"),
    "uploaded": ("{name}（上传的）", "{name} (uploaded)"),
    "indexed": ("入库时间", "Indexed"),
    "indexed_on": ("{date} 入库", "indexed {date}"),
    "size": ("篇幅", "Length"),
    "length": ("{paragraphs} 段，{characters} 字", "{paragraphs} paragraphs, {characters} characters"),
    # several documents
    "tick": ("选中《{title}》", "Select “{title}”"),
    "tick_page": ("选中这一页", "Select this page"),
    "ticked": ("已选 {count} 份", "{count} selected"),
    "untick": ("取消选择", "Clear selection"),
    "remove_ticked": ("移除所选", "Remove selected"),
    "confirm_ticked": ("从库中移除这 {count} 份文件？", "Remove these {count} documents from the index?"),
    "and_more": ("等", "and more"),
    "removed": ("已移除 {count} 份文件。", "{count} documents removed."),
    # again
    "refresh": ("检查文件改动", "Check files for changes"),
    "refresh_hint": (
        "重读内容变了的文件，找出原文件已不在的",
        "Reads files again whose content has changed, and finds those that are gone",
    ),
    "gone": ("{count} 份的原文件已经不在：", "The files of {count} are gone:"),
    "drop_gone": ("把这 {count} 份从库中移除", "Drop these {count} from the index"),
    "no_gone": ("没有原文件已经不在的。", "No file is gone."),
    "same": ("{count} 份没有变化", "{count} unchanged"),
    "failed_refresh": (
        "{count} 份没能重读，仍用原来的内容：",
        "{count} could not be read again and stay as they were:",
    ),
    # the foot
    "totals": ("共 {documents} 份文件，{paragraphs} 段", "{documents} documents, {paragraphs} paragraphs"),
    "disk": ("索引 {index} MB，保存的上传文件 {uploads} MB", "Index {index} MB, kept uploads {uploads} MB"),
    # watching
    "watching": ("正在监视 {folder}", "Watching {folder}"),
    "watched_gone": (
        "监视的文件夹 {folder} 现在打不开；库里的文件先留着，等它回来。",
        "The watched folder {folder} cannot be reached now; its documents stay until it is back.",
    ),
    "watched_empty": (
        "监视的文件夹 {folder} 是空的；库里来自它的文件先留着。",
        "The watched folder {folder} is empty; documents that came from it stay.",
    ),
    "latest": ("{time} {what}", "{time}: {what}"),
    "failing": ("监视的文件夹里有 {count} 份没能读取", "{count} files of the watched folders could not be read"),
    "added": ("新增 {count}", "{count} added"),
    "updated": ("更新 {count}", "{count} updated"),
    "dropped": ("移除 {count}", "{count} removed"),
    "failed": ("失败 {count}", "{count} failed"),
    "log": ("{folder}：{what}", "{folder}: {what}"),
    "log_failed": ("{folder}：没能读取：{why}", "{folder}: not read: {why}"),
    "no_events": (
        "{folder}：系统不通知文件的变动（{detail}），改为每 {seconds} 秒看一次",
        "{folder}: the system does not tell of changes ({detail}); looking every {seconds} s instead",
    ),
}
