"""What ``wenju eval`` says, in Chinese and in English: key -> (Chinese, English)."""

from ui.language import Catalogue

EVAL: Catalogue = {
    # the first sentence
    "headline": (
        "共 {n} 题，{right} 题对（{share}）：答对 {answered}，文件没写、正确拒答 {refused}；"
        "答错 {wrong}；文件写了却没答 {missed}。",
        "{n} questions, {right} right ({share}): {answered} answered rightly, {refused} rightly refused; "
        "{wrong} answered wrongly; {missed} refused although the documents say.",
    ),
    "headline_retrieval": (
        "共 {n} 题；测试集没有答案，只量检索。",
        "{n} questions; the test set has no answers, so retrieval alone is measured.",
    ),
    # sections
    "overall": ("总体（{n} 题）", "Overall ({n} questions)"),
    "answers": ("回答：文件里写了的 {n} 题", "Answers: the {n} questions that the documents answer"),
    "retrieval": ("检索", "Retrieval"),
    "citations": ("引文", "Citations"),
    "unanswerable": ("文件没写的 {n} 题", "The {n} questions that the documents do not answer"),
    "left_out": ("隐去原文再问的 {n} 题", "The {n} questions asked again with their document hidden"),
    "confidence": ("把握", "Confidence"),
    "latency": ("每题用时（毫秒）", "Time for a question (milliseconds)"),
    "stages": ("每一题的去向", "Where each question was won or lost"),
    "by_type": ("按题型", "By type"),
    "by_style": ("按问法", "By style"),
    "made_of": (
        "测试集 {test_set}（{format}）；{index}：{documents} 个文件，{paragraphs} 段；"
        "每题读 {top_k} 段，把握不到 {threshold} 不答；用时 {seconds}。",
        "Test set {test_set} ({format}); {index}: {documents} documents, {paragraphs} paragraphs; "
        "{top_k} passages read, no answer below confidence {threshold}; {seconds}.",
    ),
    "index": ("索引 {index}", "index {index}"),
    "temporary": ("临时索引", "a temporary index"),
    "seconds": ("{seconds:.1f} 秒", "{seconds:.1f} s"),
    # progress and notes
    "asking": ("提问中", "asking"),
    "limited": (
        "注意：只问前 {limit} 题（测试集共 {total} 题）。",
        "Note: only the first {limit} of the test set's {total} questions are asked.",
    ),
    "resumed": ("接着上次：已有 {done} 题，还剩 {rest} 题。", "Going on: {done} questions are done, {rest} are left."),
    "anew": (
        "注意：上次中断时留下的 {done} 题已作废，从头开始；想接着做请加 --resume。",
        "Note: an interrupted run of {done} questions was there; this one starts anew and replaces it "
        "(--resume would have gone on with it).",
    ),
    "interrupted": (
        "已中断。{total} 题中的 {done} 题已保留；接着做：{command}",
        "Interrupted. {done} of {total} questions are kept; to go on: {command}",
    ),
    "stopped": (
        "出错之前问完的 {done} 题（共 {total} 题）已保留；接着做：{command}",
        "The {done} of {total} questions asked before this error are kept; to go on: {command}",
    ),
    "not_kept": (
        "已中断，问过的题没能保留（{detail}）；请检查 WENJU_HOME 的磁盘空间和权限。",
        "Interrupted; what was asked could not be kept ({detail}): check the disk and the permissions of WENJU_HOME.",
    ),
    "written": ("已写入 {path}", "Written: {path}"),
    "under": (
        "未达标：{name} 是 {found}，低于 {wanted}，差 {gap}",
        "Failed: {name} is {found}, under {wanted} by {gap}",
    ),
    "over": (
        "未达标：{name} 是 {found}，高于 {wanted}，超出 {gap}",
        "Failed: {name} is {found}, over {wanted} by {gap}",
    ),
    # comparison
    "compare_headline": (
        "乙新做对 {won} 题，做错了原来对的 {lost} 题；都对 {both_right} 题，都错 {both_wrong} 题。",
        "B wins {won} question(s) and loses {lost}; {both_right} are right in both, {both_wrong} wrong in both.",
    ),
    "compared": (
        "甲 {first}；乙 {second}；共同的 {n} 题，隐去原文再问的 {left_out} 题。差 = 乙 − 甲。",
        "A {first}; B {second}; {n} questions in common, and {left_out} with their document hidden."
        " Difference = B - A.",
    ),
    "figure": ("指标", "figure"),
    "first": ("甲", "A"),
    "second": ("乙", "B"),
    "difference": ("差", "difference"),
    "interval": ("95% 区间", "95 % interval"),
    "p_value": ("p 值", "p-value"),
    "verdict": ("结论", "verdict"),
    "better": ("乙更好", "B is better"),
    "worse": ("乙更差", "B is worse"),
    "unclear": ("看不出差别", "no clear difference"),
    "won": ("乙新做对的 {count} 题", "{count} question(s) that B wins"),
    "lost": ("乙做错了、甲做对的 {count} 题", "{count} question(s) that B loses"),
    "both_answers": ("甲：{first}　乙：{second}", "A: {first}   B: {second}"),
    "expected": ("　应答：{wanted}", "   accepted: {wanted}"),
    "between_members": ("；", "; "),
    "no_answer": ("（没有回答）", "(no answer)"),
    "further": ("……另有 {count} 题，用 --json 查看全部", "… and {count} more; --json has them all"),
    "only_in": (
        "注意：甲多出 {first} 题，乙多出 {second} 题，没有比较。",
        "Note: {first} question(s) of A alone and {second} of B alone are not compared.",
    ),
}

FIGURES: Catalogue = {
    "right": ("结果正确（答对或正确拒答）", "right outcome (answered or refused)"),
    "precision": ("给出的回答里正确的", "of the given answers, right"),
    "coverage": ("给出了回答的", "answered at all"),
    "answerable.right": ("答对", "answered rightly"),
    "em": ("与标准答案完全一致", "exact match"),
    "f1": ("与标准答案的重合（F1）", "overlap with the accepted answer (F1)"),
    "list_f1": ("列举题的各项（F1）", "members of lists (F1)"),
    "answer_recall": ("回答里含有标准答案", "answer holds an accepted one"),
    "sentence_hit": ("引的正是那一句", "the very sentence is cited"),
    "false_refusal": ("写了却没答（越低越好）", "refused although it is there (lower is better)"),
    "hit@1": ("第一段就是依据", "first passage has the evidence"),
    "hit@5": ("前五段有依据", "evidence in the first 5"),
    "hit@10": ("前十段有依据", "evidence in the first 10"),
    "recall@5": ("前五段找全的比例", "share of the evidence in the first 5"),
    "recall@10": ("前十段找全的比例", "share of the evidence in the first 10"),
    "mrr@10": ("首个依据名次的倒数", "reciprocal rank of the first evidence"),
    "ndcg@10": ("按名次折减的得分", "discounted cumulative gain"),
    "citation_precision": ("引文里含依据或答案的", "quotes that hold evidence or answer"),
    "citation_recall": ("依据被引到的", "evidence that is quoted"),
    "citation_document": ("引对了文件", "right document cited"),
    "quote_exactness": ("引文与原文逐字相同", "quotes are the document's words"),
    "refused": ("正确拒答", "rightly refused"),
    "left_out.refused": ("正确拒答", "rightly refused"),
    "left_out.elsewhere": ("别的文件里也有答案", "another document says so too"),
    "ece": ("把握与正确率之差（越低越好）", "confidence against accuracy (lower is better)"),
    "aurc": ("风险-覆盖曲线下面积（越低越好）", "area under risk-coverage (lower is better)"),
    "latency_p50": ("一半的题不超过", "half of them within"),
    "latency_p95": ("百分之九十五的题不超过", "95 % of them within"),
}
"""What every figure means, by the name that ``--fail-under`` takes."""

STAGES: Catalogue = {
    "right": ("答对", "answered rightly"),
    "refused_rightly": ("文件没写，正确拒答", "not in the documents, rightly refused"),
    "not_retrieved": ("没有找到依据所在的段落", "the evidence was not retrieved"),
    "refused": ("读到了依据，没有回答", "the evidence was read, no answer given"),
    "wrong_document": ("读到了依据，引了别的文件", "the evidence was read, another document cited"),
    "not_read": ("文件引对了，不是那一处", "right document, another place cited"),
    "wrong_words": ("引对了地方，取错了词", "right place cited, wrong words taken"),
    "answered_wrongly": ("文件没写，却回答了", "not in the documents, yet answered"),
}
"""The stages of ``rag.evaluation.outcome`` in the order in which they are shown."""

CAUTIONS: Catalogue = {
    "answers_nowhere": (
        "注意：{count} 题的答案在文件里找不到原文：{listed}",
        "Note: the accepted answers of {count} question(s) stand in no document: {listed}",
    ),
    "evidence_nowhere": (
        "注意：{count} 题的依据在文件里找不到原文：{listed}",
        "Note: the evidence of {count} question(s) stands in no document: {listed}",
    ),
    "contexts_left_out": (
        "注意：测试集自带的文章有 {count} 篇没能索引：{listed}",
        "Note: {count} text(s) of the test set could not be indexed: {listed}",
    ),
    "cannot_leave_out": (
        "注意：{count} 题没有写明答案在哪个文件，不能隐去再问：{listed}",
        "Note: {count} question(s) do not say which document answers them and are not asked again: {listed}",
    ),
    "": ("注意：{name}：{listed}", "Note: {name}: {listed}"),
    "and_more": ("{shown}，另有 {rest} 个", "{shown} and {rest} more"),
    "pair": ("{first}（{second}）", "{first} ({second})"),
    "between": ("、", ", "),
}
"""What the figures should be read with, by the ``key`` of a ``Caution``; the empty key is for one without words."""
