"""What is said about collections, on the command line and on the page: key -> (Chinese, English)."""

from ui.language import Catalogue

COLLECTIONS: Catalogue = {
    # the command line
    "meta": (
        "[list | create 名称 | rename 旧名 新名 | remove 名称 | put 名称 编号... | take 名称 编号...]",
        "[list | create NAME | rename OLD NEW | remove NAME | put NAME ID... | take NAME ID...]",
    ),
    "option": (
        "把索引的文件归到这个集合里；文件夹里以后新来的也算。没有就新建。",
        "Put what is indexed into this collection, also what comes into a folder later; made where there is none.",
    ),
    "option_meta": ("名称", "NAME"),
    "action": (
        "“{action}”不是 list、create、rename、remove、put、take 之一",
        "'{action}' is none of list, create, rename, remove, put, take",
    ),
    "usage": ("{action} 应写成 {form}", "{action} is written {form}"),
    "form_list": ("wenju collections list", "wenju collections list"),
    "form_create": ("wenju collections create 名称", "wenju collections create NAME"),
    "form_rename": ("wenju collections rename 旧名 新名", "wenju collections rename OLD NEW"),
    "form_remove": ("wenju collections remove 名称", "wenju collections remove NAME"),
    "form_put": ("wenju collections put 名称 编号...", "wenju collections put NAME ID..."),
    "form_take": ("wenju collections take 名称 编号...", "wenju collections take NAME ID..."),
    "none": (
        "还没有集合；用 wenju collections create 名称 新建。",
        "There are no collections yet; make one with 'wenju collections create NAME'.",
    ),
    "line": (
        "{name}  {documents} 份文件 {paragraphs} 段  约 {size} MB",
        "{name}  {documents} documents, {paragraphs} paragraphs  about {size} MB",
    ),
    # what was done
    "created": ("建好了集合“{name}”。", "The collection “{name}” is made."),
    "renamed": ("改名为“{name}”。", "Now called “{name}”."),
    "deleted": ("已删除集合“{name}”；文件都还在库里。", "The collection “{name}” is gone; its documents stay."),
    "put": ("已把 {count} 份文件放进“{name}”。", "{count} documents put into “{name}”."),
    "taken": (
        "已从“{name}”移出 {count} 份文件；它们还在库里。",
        "{count} documents taken out of “{name}”; they stay in the index.",
    ),
    "opened": (
        "文件夹 {folder} 里以后新来的文件不再自动归入“{name}”。",
        "What comes into the folder {folder} from now on is no longer put into “{name}” by itself.",
    ),
    # the page
    "collections": ("集合", "Collections"),
    "collection": ("集合", "Collection"),
    "everything": ("全部文件（{count}）", "All documents ({count})"),
    "counted": ("{name}（{count}）", "{name} ({count})"),
    "make": ("新建集合", "New collection"),
    "rename": ("改名", "Rename"),
    "rename_one": ("给集合“{name}”改名", "Rename the collection “{name}”"),
    "delete": ("删除集合", "Delete"),
    "delete_one": ("删除集合“{name}”", "Delete the collection “{name}”"),
    "confirm": (
        "删除集合“{name}”？里面的文件都还在库里。",
        "Delete the collection “{name}”? Its documents stay in the index.",
    ),
    "yes": ("删除", "Delete"),
    "no": ("取消", "Cancel"),
    "name": ("集合的名称", "Name of the collection"),
    "save": ("保存", "Save"),
    "hint": (
        "下面只列“{name}”里的文件；现在添加的也会放进去。",
        "Only the documents of “{name}” are listed; what is added now goes into it.",
    ),
    "empty": (
        "“{name}”里还没有文件。现在添加的会放进来；也可以在“全部文件”里选中，再放进来。",
        "“{name}” holds no documents yet. Add some now, or select some under “All documents” and put them in.",
    ),
    "into": ("放进集合", "Put into a collection"),
    "put_in": ("放入", "Put in"),
    "take_out": ("移出“{name}”", "Take out of “{name}”"),
    "totals": (
        "“{name}”：{documents} 份文件，{paragraphs} 段",
        "“{name}”: {documents} documents, {paragraphs} paragraphs",
    ),
    "disk": (
        "约占索引 {index} MB，保存的上传文件 {uploads} MB",
        "About {index} MB of the index, kept uploads {uploads} MB",
    ),
}
