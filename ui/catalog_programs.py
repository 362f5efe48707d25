"""What is said to other programs, and of the command that serves them: key -> (Chinese, English)."""

from ui.language import Catalogue

PROGRAMS: Catalogue = {
    "not_text": ("{name} 应为文字，现在是 {found}", "{name} must be a text, but is {found}"),
    "too_long": ("{name} 太长：{found} 个字，最多 {most} 个", "{name} is too long: {found} characters, at most {most}"),
    "empty": ("{name} 里面什么也没有", "{name} is empty"),
    "not_whole": ("{name} 应为整数，现在是 {found}", "{name} must be a whole number, but is {found}"),
    "outside": (
        "{name} 应在 {least} 到 {greatest} 之间，现在是 {found}",
        "{name} must lie between {least} and {greatest}, but is {found}",
    ),
    "beyond": (
        "{name} 是 {found}，文件只有 {characters} 个字；请用引文里的 start 和 end",
        "{name} is {found}, but the document has {characters} characters; use start and end of a citation",
    ),
    "reversed": (
        "start（{start}）在 end（{end}）之后；请对调",
        "start ({start}) lies behind end ({end}); exchange them",
    ),
    "not_object": ("参数应为一个对象，现在是 {found}", "the arguments must be an object, but are {found}"),
    "unknown_parameter": (
        "没有参数 {name}；可用的有 {known}",
        "there is no parameter {name}; those there are: {known}",
    ),
    "missing": ("缺少参数 {name}", "the parameter {name} is missing"),
    "unexpected": ("程序内部出错（{kind}）；请换一种问法再试", "internal error ({kind}); ask in another way"),
}
