"""What ``wenju doctor`` says, in Chinese and in English: key -> (Chinese, English)."""

from ui.language import Catalogue

DOCTOR: Catalogue = {
    "missing": ("未安装", "not installed"),
    "source": ("（从源码运行）", "(run from source)"),
    "no_index": (
        "索引：{folder} 还没有；提问时用自带的示例。",
        "Index: none at {folder} yet; questions go to the bundled samples.",
    ),
    "index": (
        "索引：{folder}，格式 {format}，{documents} 个文件，{paragraphs} 段，{megabytes:.1f} MB，"
        "向量模型 {encoder}（{dimension} 维）",
        "Index: {folder}, format {format}, {documents} document(s), {paragraphs} paragraphs, {megabytes:.1f} MB, "
        "encoder {encoder} ({dimension} dimensions)",
    ),
    "tuned": (
        "检索用的是这个索引自己的向量模型，由 {base} 调成；设置的向量模型只管新建的索引。退回：wenju tune --undo",
        "It is searched with an encoder of its own, tuned from {base}; the one that is set makes new indexes. "
        "To go back: wenju tune --undo",
    ),
    "index_well": (
        "索引完好：每个文件的校验值都对。",
        "The index is sound: every file has the hash its manifest says.",
    ),
    "damaged": (
        "索引已损坏：{files} 的内容与清单不符；请删除 {folder}，再重新索引",
        "The index is damaged: {files} differ from the manifest; delete {folder} and index the documents again",
    ),
    "problem": ("有问题：{problem}", "Problem: {problem}"),
    "encoder_bundled": ("向量模型：自带的，完好。", "Encoder: the bundled one, sound."),
    "encoder_set": ("向量模型：{path}，可以加载。", "Encoder: {path}, it loads."),
    "reader_bundled": ("阅读器：自带的，可以加载。", "Reader: the bundled one, it loads."),
    "reader_set": ("阅读器：{path}，可以加载。", "Reader: {path}, it loads."),
    "reader_none": ("阅读器：设成了 none，不用模型阅读。", "Reader: set to none, no model reads."),
    "disk": ("磁盘还有 {gigabytes:.1f} GB。", "{gigabytes:.1f} GB free on the disk."),
    "no_network": ("不需要联网。", "Nothing needs the network."),
    "network": ("需要联网。", "Something needs the network."),
}
