"""Every error of ``corpus``, ``embeddings`` and ``rag`` in Chinese, by class name; English is ``str(error)``.

The templates take the same facts as the English ones of the classes; a test compares them.
"""

from rag.errors import CorpusError, EmbeddingsError, RagError
from ui.language import Language

KnownError = RagError | CorpusError | EmbeddingsError

CHINESE: dict[str, str] = {
    # corpus.errors
    "CorpusError": "{path}：无法使用",
    "UnreadableFile": "{path}：读不出来（{detail}）；请检查文件是否完好、有没有读取权限",
    "UnsupportedFormat": "{path}：不能读取“{suffix}”文件；请转换成 {supported} 之一",
    "OldOfficeFile": "{path}：旧版 Word 或 WPS 文件（.doc、.wps）；请用 Word、WPS 或 LibreOffice 打开，另存为 .docx",
    "WrongSuffix": "{path}：后缀是“{suffix}”，内容却是 {found}；请改成相符的后缀",
    "EmptyFile": "{path}：文件里没有文字",
    "EncryptedFile": "{path}：文件有密码；请另存一份不带密码的再索引",
    "NoTextLayer": "{path}：共 {pages} 页，都没有文字层（可能是扫描件）；请先做文字识别",
    "UnknownEncoding": "{path}：不是 UTF-8、UTF-16、GB18030 或 Big5 编码的文本；请另存为 UTF-8",
    "FileTooLarge": "{path}：{size:.1f} MB，超过上限 {limit:.1f} MB；要索引它请调大 max_file_mb",
    "OutsideFolder": "{path}：链接指到文件夹之外（{target}）；需要的话请直接索引它指向的文件",
    "HiddenFile": "{path}：隐藏文件，没有索引；需要的话请在命令行写出它的路径",
    "NotAFile": "{path}：是 {kind}，不是文件，没有索引",
    # embeddings.errors
    "EmbeddingsError": "向量模型无法使用",
    "EncoderNotFound": "{path}：这里没有 sentence-transformers 模型；请给出本机上模型文件夹的路径",
    "EncoderDamaged": "{path}：向量模型加载不了（{detail}）；请恢复这个文件夹",
    # rag.errors
    "RagError": "这个请求无法完成",
    "IndexUnusable": "这个索引无法使用",
    "IndexMissing": "{folder}：这里没有索引；请先运行 wenju index 文件夹 --index {folder}",
    "IndexDamaged": "{folder}：索引已损坏（{detail}）；请删除这个文件夹，再重新索引",
    "IndexFormat": "{folder}：索引格式是 {found}，本程序只认 {expected}；请删除这个文件夹，再重新索引",
    "EncoderMismatch": (
        "{folder}：建索引用的是向量模型 {found}，现在设的是 {expected}；请换回原来的模型，或索引到另一个文件夹"
    ),
    "IndexBusy": "{folder}：另一个进程正在修改这个索引；请等它结束后再试",
    "ReadOnlyIndex": "自带的示例不能修改；请用 wenju index 文件夹 索引自己的文件",
    "UnknownDocument": "“{id}”在索引里没有对应的文件，或者不止一个；用 wenju docs list 查看全部",
    "NoSuchPath": "{path}：没有这个文件或文件夹",
    "ReaderDamaged": "{path}：阅读器的权重不能用（{detail}）；请重新安装本程序",
    "SettingsError": "{where}：设置有误（{detail}）",
}


def explain(error: KnownError, language: Language) -> str:
    """One line that says what was found, where, and what to do."""
    if language == "en":
        return str(error)
    for ancestor in type(error).__mro__:
        if ancestor.__name__ in CHINESE:
            return CHINESE[ancestor.__name__].format(**error.facts)
    return str(error)
