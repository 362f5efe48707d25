"""Every error of ``corpus``, ``embeddings`` and ``rag`` in Chinese, by class name; English is ``str(error)``.

The templates take the same facts as the English ones of the classes; a test compares them.
"""

import re

from rag.errors import CorpusError, EmbeddingsError, RagError
from rag.evaluation.errors import Phrase
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
    "NoTextLayer": (
        "{path}：共 {pages} 页，都没有文字层（可能是扫描件）；请安装文字识别（pip install 'wenju[ocr]'）后重新索引"
    ),
    "NoRecognition": "{path}：是图片；请安装文字识别（pip install 'wenju[ocr]'）后重新索引",
    "NoTextFound": "{path}：共 {pages} 页，没有识别出文字；请端正、清晰地重新扫描",
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
    "CollectionsDamaged": (
        "{path}：集合的记录读不出来（{detail}）；请恢复这个文件，或者删掉它、重新建集合：文件一份也不会丢"
    ),
    "IndexBusy": "{folder}：另一个进程正在修改这个索引；请等它结束后再试",
    "ReadOnlyIndex": "自带的示例不能修改；请用 wenju index 文件夹 索引自己的文件",
    "NotTunable": "{encoder}：只有静态的向量模型（例如自带的）能调；请去掉 encoder 设置，索引到另一个文件夹",
    "TooLittle": (
        "{folder}：只有 {found} 段，太少，既学不到什么，也判断不了好坏；请多索引一些文件（至少 {least} 段，不能太短）"
    ),
    "UnknownDocument": "“{id}”在索引里没有对应的文件，或者不止一个；用 wenju docs list 查看全部",
    "BadScope": (
        "查找范围应为一个对象，可以有 documents、folders、issuers、years、numbers、collections，"
        "各是一个文字或文字的列表（年份是四位数）；现在是 {found}"
    ),
    "NotInIndex": "索引里没有一个文件的{particular}是“{name}”；最接近的有：{nearest}",
    "NoSuchCollection": "没有集合“{name}”；最接近的有：{nearest}",
    "BadCollectionName": "{found} 不能作集合的名称：要 1 到 {longest} 个看得见的字，写在一行里",
    "CollectionExists": "已经有集合“{name}”了；请换一个名称",
    "NoSuchPath": "{path}：没有这个文件或文件夹",
    "ReaderDamaged": "{path}：阅读器的权重不能用（{detail}）；请重新安装本程序",
    "ReaderUnusable": (
        "{path}：这里没有能用的抽取式阅读器（{detail}）；请给出 transformers 能加载的问答模型文件夹，或用 bundled、none"
    ),
    "ReaderNotFound": "{path}：没有这个文件夹，本机缓存里也没有叫这个名字的模型；用 wenju models 查看有哪些",
    "SettingsError": "{where}：设置有误（{detail}）",
    # rag.evaluation.errors
    "EvaluationError": "评测无法进行",
    "DatasetUnreadable": "{path}：不能当作测试集读取（{detail}）",
    "DatasetEmpty": "{path}：里面没有问题；请检查是不是选错了文件，或者还没有写完",
    "DatasetNotText": "{path}，{where}：不是 UTF-8 编码；请把文件另存为 UTF-8",
    "CaseNotJson": "{path}，{where}：不是 JSON（{detail}）",
    "CaseNotRow": "{path}，{where}：不是表格的一行（{detail}）",
    "CaseField": "{path}，{where}：“{field}”应为{expected}，现在是{found}",
    "DuplicateCase": "{path}，{where}：编号“{id}”前面用过了（{first}）；编号不能重复",
    "UnknownDocuments": (
        "{path}：测试集里有 {count} 个文件不在索引 {folder} 里：{names}；请先索引它们，或用 --index 选另一个索引"
    ),
    "EvidenceNowhere": "{path}：没有一个答案出现在 {folder} 的文件里；索引选对了吗？",
    "UnknownMetric": "没有测过“{name}”这个指标；可用的有 {known}",
    "PredictionsDamaged": "{path}，{where}：不是 wenju eval 的结果（{detail}）",
    "NotComparable": "{first} 和 {second} 没有共同的问题；请比较同一个测试集的两次结果",
    "NothingKept": "{path}：这个测试集在这个索引、这组设置下没有中断过的评测可以接着做；请去掉 --resume",
    "FeedbackUnusable": "{path}：这里的反馈读不出来或存不进去（{detail}）；请检查文件夹能不能写入",
    "UnknownFeedback": "没有编号为“{id}”的反馈；可能已经删除了",
}

PHRASES: dict[Phrase, str] = {
    Phrase.TEXT: "文字",
    Phrase.ACCEPTED: "可接受答案的列表（文件里没有答案就写空列表 []）",
    Phrase.TEXT_OR_TEXTS: "文字或文字的列表",
    Phrase.TEXT_OR_NUMBER: "文字或整数",
    Phrase.WRITABLE: "能用 UTF-8 写出的文字",
    Phrase.NUMBER: "整数",
    Phrase.GRADE: "不超过三位的整数",
    Phrase.TRUTH: " true 或 false",
    Phrase.LIST: "列表",
    Phrase.OBJECT: "对象（用花括号括起来）",
    Phrase.SHARE: " 0 到 1 之间的数",
    Phrase.MOMENT: " ISO 8601 格式的日期和时间",
    Phrase.UP_OR_DOWN: " up 或 down",
    Phrase.ONCE: "只出现一次",
    Phrase.SAME_GRADE: "同一对问题和文件一致的分数",
    Phrase.NO_ANSWERS: "空列表（is_impossible 为 true）",
    Phrase.ANSWERS: "至少有一个答案的列表（is_impossible 为 false）",
    Phrase.QUERY_ID: " queries.jsonl 里的 _id",
    Phrase.CORPUS_ID: " corpus.jsonl 里的 _id",
    Phrase.COLUMN: "首行里的一个列名",
    Phrase.IN_COLUMN: "空的，因为首行没有这一列的列名（含逗号的单元格要加引号）",
    Phrase.MISSING: "缺失",
    Phrase.EMPTY: "空的",
    Phrase.TWICE: "出现两次",
    Phrase.SURROGATE: "半个代理对",
    Phrase.DEEP: "嵌套太深",
    Phrase.DIGITS: "数字的位数太多",
    Phrase.UNCLOSED: "引号没有配对",
    Phrase.AFTER_QUOTE: "右引号后面还有字；单元格里的引号要写两个",
    Phrase.LONG_CELL: "单元格超过 131072 个字，或引号没有配对",
    Phrase.NO_SUCH_FILE: "没有这个文件或文件夹",
    Phrase.NOT_A_FILE: "是管道或设备，不是文件；请先存成文件",
    Phrase.PACKED: "是工作簿或压缩文件；请把工作表另存为 CSV",
    Phrase.OTHER_JSON: "不认识的 JSON；可用 SQuAD、CMRC 2018、DRCD 的 JSON，或者一行一个对象",
    Phrase.NOT_BEIR: "文件夹里没有 corpus.jsonl、queries.jsonl 和 qrels；测试集是文件，或 BEIR 格式的文件夹",
    Phrase.WHOLE_FILE: "整个文件",
}

PARTICULARS = {
    "name": "名称",
    "folder": "文件夹",
    "issuer": "发文机关",
    "year": "年份",
    "document number": "文号",
}
"""What a scope can name."""
COUNTED: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"line (\d+)"), r"第 \1 行"),
    (re.compile(r"column (\d+)"), r"第 \1 列"),
    (re.compile(r"at most (\d+) characters"), r"不超过 \1 个字"),
    (re.compile(r"at most (\d+) members"), r"不超过 \1 项"),
    (re.compile(r"(\d+) characters"), r" \1 个字"),
    (re.compile(r"(\d+) members"), r" \1 项"),
)
"""What the facts of an evaluation say with figures: the whole of a fact, in English and in Chinese."""
SAID = ("where", "first", "field", "expected", "found", "detail")
"""Facts that may be in words of the program; the others are names of files and the like."""


def explain(error: KnownError, language: Language) -> str:
    """One line that says what was found, where, and what to do."""
    if language == "en":
        return str(error)
    facts = {name: _in_chinese(fact) if name in SAID else fact for name, fact in error.facts.items()}
    if "particular" in facts:
        facts["particular"] = PARTICULARS.get(str(facts["particular"]), facts["particular"])
    for ancestor in type(error).__mro__:
        if ancestor.__name__ in CHINESE:
            return CHINESE[ancestor.__name__].format(**facts)
    return str(error)


def _in_chinese(fact: object) -> object:
    """A fact that is in words of the program; any other stays as it is."""
    if isinstance(fact, Phrase):
        return PHRASES[fact]
    for pattern, chinese in COUNTED:
        found = pattern.fullmatch(fact) if isinstance(fact, str) else None
        if found:
            return found.expand(chinese)
    return fact
