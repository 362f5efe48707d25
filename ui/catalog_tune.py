"""What ``wenju tune`` says, in Chinese and in English: key -> (Chinese, English)."""

from ui.language import Catalogue

TUNE: Catalogue = {
    # progress
    "pairs": ("配对", "making pairs"),
    "learning": ("学习", "learning"),
    "measuring": ("衡量", "measuring"),
    "rebuilding": ("重建索引", "rebuilding the index"),
    # what was measured
    "learnt": (
        "从 {paragraphs} 段里配出 {learnt} 对来学；另有 {held_out} 对留着没学，用来衡量。",
        "{learnt} pairs made of {paragraphs} paragraphs were learnt from; {held_out} others were kept to judge by.",
    ),
    "held_out": (
        "留着的 {n} 对，要在全部段落里找对那一段。排在第一的：原来 {hit_before}，调过 {hit_after}；"
        "MRR@10：原来 {before}，调过 {after}，差 {difference}（95% 区间 {low} 到 {high}，p {p}）。",
        "The {n} pairs kept apart, each to find its paragraph among all. First: {hit_before} before, {hit_after} "
        "tuned; MRR@10: {before} before, {after} tuned, difference {difference} (95% interval {low} to {high}, p {p}).",
    ),
    "general": (
        "跟这些文件无关的 {n} 问（看本领丢了没有）：MRR@10 原来 {before}，调过 {after}（最多容许降 {margin}）。",
        "{n} questions that have nothing to do with these documents (has anything been unlearnt?): "
        "MRR@10 {before} before, {after} tuned (a fall of {margin} is allowed).",
    ),
    "kind": ("哪种对", "kind of pair"),
    "first_before": ("第一 原来", "first, before"),
    "first_after": ("调过", "tuned"),
    "mrr_before": ("MRR@10 原来", "MRR@10, before"),
    "mrr_after": ("调过", "tuned"),
    "kind_heading": ("标题 → 段落", "heading → paragraph"),
    "kind_cloze": ("挖空成问句 → 段落", "clause made a question → paragraph"),
    "kind_question": ("自己的问题 → 段落", "your questions → paragraph"),
    # what came of it
    "kept": (
        "更好，已经采用：索引 {folder} 换上了调过的向量模型 {encoder}，全部重建，以后添加文件也用它。"
        "撤销：wenju tune --undo",
        "It is better and in use: the index {folder} was rebuilt with the tuned encoder {encoder}, and what is added "
        "to it will be, too. To go back: wenju tune --undo",
    ),
    "would_keep": (
        "更好。这次只量，索引没有改动；要采用，去掉 --dry-run 再运行。",
        "It is better. This time it was only measured and the index is as it was; leave out --dry-run to have it.",
    ),
    "not_better": (
        "没有好到不像是碰巧的程度，所以不采用；索引没有改动。",
        "It is not better by more than chance, so it is not used; the index is as it was.",
    ),
    "general_worse": (
        "别的问题会变差，超过了容许的程度，所以不采用；索引没有改动。",
        "Other questions would be answered worse than is allowed, so it is not used; the index is as it was.",
    ),
    "questions_worse": (
        "你自己的问题会变差，所以不采用；索引没有改动。",
        "Your own questions would be answered worse, so it is not used; the index is as it was.",
    ),
    "same": (
        "这个索引用的就是这样调出来的模型；索引没有改动。",
        "The index has this very encoder already and is as it was.",
    ),
    "interrupted": ("已中断；索引没有改动。", "Interrupted; the index is as it was."),
    # undo
    "undone": (
        "索引 {folder} 退回了向量模型 {encoder}，已经重建。",
        "The index {folder} is back to the encoder {encoder} and was rebuilt.",
    ),
    "not_tuned": (
        "索引 {folder} 没有调过，用的是 {encoder}；没有什么要撤销。",
        "The index {folder} has not been tuned; its encoder is {encoder}. There is nothing to go back from.",
    ),
}
