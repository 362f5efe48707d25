"""What is said about who may use the page, in Chinese and in English: key -> (Chinese, English)."""

from ui.language import Catalogue

AUTH: Catalogue = {
    # options of the command line
    "name_meta": ("姓名", "NAME"),
    "auth_file": (
        "要登录才能用；这个文件写着谁可以登录（用 wenju passwd 来写）。",
        "Nobody gets in without a login; this file says who may (written by 'wenju passwd').",
    ),
    "auth_file_to_write": (
        "写着谁可以登录的文件，一定要写；没有就新建。",
        "The file that says who may log in; must be given, and is made if missing.",
    ),
    "remove": ("把这个人去掉。", "Take this person out."),
    # wenju passwd
    "ask": (
        "{name} 的密码（至少 {least} 个字符，输入时不显示）：",
        "Password for {name} (at least {least} characters): ",
    ),
    "again": ("再输一次：", "Once more: "),
    "added": ("已添加 {name}；{path} 里现在有 {count} 人。", "Added {name}; {path} now names {count}."),
    "changed": ("已换了 {name} 的密码；{path} 里有 {count} 人。", "New password for {name}; {path} names {count}."),
    "removed": ("已去掉 {name}；{path} 里还有 {count} 人。", "Removed {name}; {path} still names {count}."),
    "bad_name": (
        "“{name}”不能当姓名；请用文字、数字和 . _ @ -，以文字或数字开头，最多 {limit} 个字符",
        "'{name}' cannot be a name; use letters, digits and . _ @ -, beginning with a letter or digit, at most {limit}",
    ),
    "no_password": ("没有输入密码；请再运行一次", "no password was given; run it again"),
    "differ": ("两次输入的不一样；请再运行一次", "the two are not the same; run it again"),
    "too_short": (
        "密码只有 {count} 个字符；至少要 {least} 个",
        "the password has {count} character(s); it takes at least {least}",
    ),
    "too_long": (
        "密码有 {count} 个字符；最多 {limit} 个",
        "the password has {count} characters; {limit} at most",
    ),
    "is_name": ("密码不能就是姓名；请换一个", "the password is the name; choose another"),
    "nobody": ("{path}：里面没有 {name}；请检查姓名", "{path}: there is no {name} in it; check the name"),
    # the file
    "missing": (
        "{path}：没有这个文件；请先用 wenju passwd 姓名 --auth-file {path} 添加一个人",
        "{path}: there is no such file; add somebody with 'wenju passwd NAME --auth-file {path}' first",
    ),
    "empty": (
        "{path}：里面一个人也没有；请先用 wenju passwd 姓名 --auth-file {path} 添加一个人",
        "{path}: it names nobody; add somebody with 'wenju passwd NAME --auth-file {path}' first",
    ),
    "malformed": (
        "{path} 第 {line} 行：应为 姓名:scrypt$…；请删去这一行，再用 wenju passwd 写",
        "{path}, line {line}: expected name:scrypt$...; delete this line and write it with 'wenju passwd'",
    ),
    "twice": (
        "{path} 第 {line} 行：{name} 前面已经有了；请删去其中一行",
        "{path}, line {line}: {name} is there already; delete one of the two lines",
    ),
    "not_text": (
        "{path}：不是 UTF-8 文字，不是 wenju passwd 写的；请检查是不是选错了文件",
        "{path}: not UTF-8, so not written by 'wenju passwd'; check that it is the right file",
    ),
    "too_large": (
        "{path}：超过 {limit} 字节，不是 wenju passwd 写的；请检查是不是选错了文件",
        "{path}: larger than {limit} bytes, so not written by 'wenju passwd'; check that it is the right file",
    ),
    "unreadable": ("{path}：读不出来（{detail}）；请检查权限", "{path}: cannot be read ({detail}); check permissions"),
    "unwritable": (
        "{path}：写不进去（{detail}）；请检查文件夹在不在、有没有权限",
        "{path}: cannot be written ({detail}); check that the folder is there and may be written to",
    ),
    "open": (
        "注意：{path} 别人也能读写；请运行 chmod 600 {path}",
        "Note: others may read or write {path}; run 'chmod 600 {path}'",
    ),
    # wenju serve
    "beyond": (
        "{host} 是这台电脑以外也能到的地址，要先有登录；请加 --auth-file 文件（用 wenju passwd 来写），或用 127.0.0.1",
        "{host} can be reached from beyond this machine, which takes a login; add --auth-file FILE "
        "(written by 'wenju passwd'), or use 127.0.0.1",
    ),
    "locked": ("现在谁也进不来：{detail}", "Nobody gets in now: {detail}"),
    "elsewhere": (
        "其他电脑打开 {url}，用自己的姓名登录。http 不加密：网络不可信时，请在前面放一个提供 https 的代理。",
        "Other machines open {url} and log in. http is not encrypted: where the network is not trusted, put a proxy "
        "with https before it.",
    ),
}

LOGIN: Catalogue = {
    "title": ("登录", "Log in"),
    "switch": ("English", "中文"),
    "name": ("姓名", "Name"),
    "password": ("密码", "Password"),
    "enter": ("登录", "Log in"),
    "leave": ("退出", "Log out"),
    "leave_title": ("退出登录", "Log out"),
    "signed_in": ("已登录：{name}", "Logged in as {name}"),
    "leave_question": ("要退出登录吗？", "Do you want to log out?"),
    "back": ("返回", "Back"),
    "wrong": ("姓名或密码不对。", "The name or the password is not right."),
    "wait": (
        "错的次数太多了；请过 {time}再试。",
        "Too many wrong attempts; try again in {time}.",
    ),
    "busy": ("现在登录的人太多；请稍后再试。", "Too many are logging in at once; try again in a moment."),
    "seconds": ("{count} 秒", "{count} s"),
    "minutes": ("{count} 分钟", "{count} min"),
    "continue": ("继续", "Continue"),
    "where": ("密码由管理这台服务器的人设置。", "Whoever runs this server sets the passwords."),
}
