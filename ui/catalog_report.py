"""What the report of an evaluation says, in Chinese and in English: key -> (Chinese, English).

The names of figures and stages are those of :mod:`ui.catalog_eval`.
"""

from ui.language import Catalogue

REPORT: Catalogue = {
    "title": ("评测报告", "Evaluation report"),
    "name": ("问据", "Wenju"),
    # what was measured
    "test_set": ("测试集", "Test set"),
    "format": ("格式", "Format"),
    "index": ("索引", "Index"),
    "temporary": ("临时索引", "temporary"),
    "indexed": ("{documents} 个文件，{paragraphs} 段", "{documents} documents, {paragraphs} paragraphs"),
    "date": ("时间", "Date"),
    "program": ("版本", "Version"),
    "n": ("题数", "Questions"),
    "top_k": ("每题读", "Passages read"),
    "top_k_value": ("{top_k} 段", "{top_k}"),
    "threshold": ("阈值", "Threshold"),
    "threshold_value": ("把握不到 {threshold} 不答", "no answer below confidence {threshold}"),
    # headline
    "answered_rightly": ("答对", "answered rightly"),
    "refused_rightly": ("文件没写，正确拒答", "not there, rightly refused"),
    "answered_wrongly": ("答错", "answered wrongly"),
    "refused_wrongly": ("写了却没答", "there, yet refused"),
    "of_given": ("给出的 {given} 个回答里，正确的", "right, of the {given} answers given"),
    "outcomes_bar": ("各种结果各占多少", "Shares of the outcomes"),
    # sections
    "figures": ("各项指标", "All figures"),
    "answers": ("回答", "Answers"),
    "answers_note": ("文件里写了答案的 {n} 题", "the {n} questions that the documents answer"),
    "retrieval": ("检索", "Retrieval"),
    "retrieval_note": ("读之前，找到的段落", "the passages found, before anything is read"),
    "citations": ("引文", "Citations"),
    "citations_note": ("答案下面引的原文", "the quotes under the answers"),
    "unanswerable": ("文件没写", "Not in the documents"),
    "unanswerable_note": ("{n} 题，拒答才对", "{n} questions, to be refused"),
    "left_out": ("隐去原文再问", "Document hidden"),
    "left_out_note": ("{n} 题，藏起所在的文件再问一遍", "{n} questions, asked again without their document"),
    "confidence": ("把握", "Confidence"),
    "confidence_note": ("把握说得准不准", "whether it can be relied on"),
    "higher": ("越高越好", "higher is better"),
    "lower": ("越低越好", "lower is better"),
    "by_type": ("按题型", "By type"),
    "by_style": ("按问法", "By style"),
    "kind": ("类别", "Kind"),
    "count": ("题数", "n"),
    "lost": ("丢在哪一步", "Where questions were lost"),
    "lost_note": (
        "先找段落，再读答案；每题算在一步上。",
        "First found, then read; each question counts at one step.",
    ),
    "lost_click": ("点一行，下面的表只看这些题。", "Click a line to see its questions below."),
    "plots": ("把握与对错", "Confidence against outcome"),
    "latency": ("用时", "Time"),
    "latency_line": (
        "一半的题不超过 {p50} 毫秒，95% 的题不超过 {p95} 毫秒（单独提问的 {n} 题）。",
        "Half of the questions within {p50} ms, 95 % within {p95} ms (of {n} asked one at a time).",
    ),
    "indexing_line": (
        "建索引 {seconds} 秒（{documents} 个文件，{paragraphs} 段）。",
        "Indexing took {seconds} s ({documents} documents, {paragraphs} paragraphs).",
    ),
    "seconds_line": ("全部提问共用 {seconds} 秒。", "All questions together took {seconds} s."),
    "cautions": ("读数时请注意", "Read the figures with these in mind"),
    "more": ("……另有 {count} 个", "… and {count} more"),
    "list": ("、", ", "),
    "pair": ("{first}（{second}）", "{first} ({second})"),
    # plots
    "risk_title": ("只答有把握的，会错多少", "What silence buys"),
    "risk_note": (
        "横轴：回答了多少题；纵轴：这些回答里错的比例。线越低越好；往左是只答更有把握的。",
        "How many questions are answered, and how many of these answers are wrong. The lower the better; "
        "to the left only the surer ones are answered.",
    ),
    "coverage_axis": ("回答的题", "questions answered"),
    "risk_axis": ("答错", "wrong"),
    "threshold_point": (
        "现在的阈值 {threshold}：答 {coverage}，其中错 {risk}",
        "threshold in use, {threshold}: {coverage} answered, {risk} of these wrong",
    ),
    "threshold_none": (
        "现在的阈值 {threshold}：一题也不答",
        "threshold in use, {threshold}: nothing is answered",
    ),
    "reliability_title": ("说有八成把握时，是不是八成对", "Is 80 % sure 80 % right"),
    "reliability_note": (
        "每根柱子是把握相近的回答（包括因把握不够没给出的），高度是其中对的比例，数字是个数；贴着斜线最好。",
        "Each bar: answers of like confidence, those held back included; its height the share that is right, "
        "the number how many. On the diagonal is best.",
    ),
    "confidence_axis": ("把握", "confidence"),
    "right_axis": ("对的比例", "right"),
    "threshold_line": ("阈值", "threshold"),
    "no_plot": ("没有可画的数据。", "Nothing to draw."),
    # the table of questions
    "questions": ("逐题", "Every question"),
    "question": ("问题", "Question"),
    "answer": ("答案", "Answer"),
    "evidence": ("依据", "Evidence"),
    "result": ("结果", "Outcome"),
    "asked": ("按“{asked}”查找", 'searched for "{asked}"'),
    "history": ("前面问过：{history}", "asked before: {history}"),
    "hidden": ("原文已隐去", "document hidden"),
    "elsewhere": ("别的文件里也有答案", "another document says so too"),
    "accepted": ("标准", "gold"),
    "given": ("回答", "given"),
    "held_back": ("没给出", "held back"),
    "nothing_accepted": ("文件没写", "not in the documents"),
    "nothing_given": ("没有回答", "no answer"),
    "or": ("也算对：{answers}", "also accepted: {answers}"),
    "wanted": ("应引", "gold"),
    "quoted": ("引了", "quoted"),
    "nearest": ("最近", "nearest"),
    "relevant": ("应找到：{documents}", "to be found: {documents}"),
    "rank": ("依据排第 {rank}", "evidence at rank {rank}"),
    "rank_none": ("前十段没有依据", "no evidence in the first ten"),
    "scores": ("各项得分", "scores"),
    "sure": ("把握 {confidence}", "confidence {confidence}"),
    "marks": ("标记：", "Marks: "),
    "mark_missing": ("标准里有、实际缺的", "in the gold, but missing"),
    "mark_extra": ("多出来的", "too much"),
    "mark_beyond": ("引文里依据以外的", "quoted beyond the evidence"),
    "mark_answer": ("引文里的答案", "the answer in its quote"),
    "no_questions": ("没有题。", "No questions."),
    "no_failures": ("没有答错的题。", "Nothing failed."),
    "first_of": ("前 {shown} 题，共 {count} 题。", "The first {shown} of {count}."),
    # filters
    "failures_only": ("只看失败的", "failures only"),
    "every_stage": ("所有步骤", "every outcome"),
    "every_type": ("所有题型", "every type"),
    "every_style": ("所有问法", "every style"),
    "search": ("搜索问题、答案、原文", "search questions, answers, quotes"),
    "sort": ("排序", "Order"),
    "sort_order": ("按测试集顺序", "as in the test set"),
    "sort_unsure": ("把握从低到高", "least sure first"),
    "sort_sure": ("把握从高到低", "surest first"),
    "reset": ("清除筛选", "Clear filters"),
    "previous": ("上一页", "Previous"),
    "next": ("下一页", "Next"),
    "shown": ("{first}–{last}，共 {count} 题", "{first}–{last} of {count}"),
    "shown_none": ("没有符合的题", "no question matches"),
    "no_script": (
        "逐题的表要用脚本来翻页和筛选，而这里的脚本被关掉了；上面的指标和图不受影响。",
        "The table of every question needs scripts to turn its pages, and they are switched off here; "
        "the figures and plots above are complete.",
    ),
}

EXPLAIN: Catalogue = {
    "right": ("结果正确的题占全部题的比例", "share of all questions with the right outcome"),
    "precision": ("给出的回答里，正确的占多少", "of the answers given, the share that is right"),
    "coverage": ("全部题里，给出了回答的占多少", "of all questions, the share that was answered"),
    "answerable.right": ("回答里含有标准答案，列举题要各项齐全", "holds an accepted answer; of a list, every member"),
    "em": ("去掉标点和大小写后，与某个标准答案一字不差", "equal to an accepted answer, but for case and punctuation"),
    "f1": ("与最接近的标准答案有多少字相同，少字多字都扣分", "characters in common with the nearest accepted answer"),
    "list_f1": ("列举题：找全了没有，有没有多列", "lists: members found against members given"),
    "answer_recall": ("标准答案出现在回答里，数字不能断开", "an accepted answer stands in it, figures unbroken"),
    "sentence_hit": ("引文正是写着答案的那句话", "the quote is the sentence that says so"),
    "false_refusal": ("文件里写了，却说没有", "the documents say, but no answer was given"),
    "hit@1": ("排在第一的段落里就有依据", "the first passage holds the evidence"),
    "hit@5": ("前五段里有依据", "one of the first five holds the evidence"),
    "hit@10": ("前十段里有依据", "one of the first ten holds the evidence"),
    "recall@5": ("全部依据中，前五段找到了多少", "share of all evidence within the first five"),
    "recall@10": ("全部依据中，前十段找到了多少", "share of all evidence within the first ten"),
    "mrr@10": ("第一处依据排第几的倒数：排第二就是 0.5", "1 / rank of the first evidence: second is 0.5"),
    "ndcg@10": ("依据越靠前得分越高，理想排序是 1", "evidence counts more near the top; 1 is the ideal order"),
    "citation_precision": ("引文里，真有依据或答案的占多少", "of the quotes, the share that holds evidence or answer"),
    "citation_recall": (
        "依据里，被引到的占多少；没答算没引",
        "share of the evidence that is quoted",
    ),
    "citation_document": ("引的是写着答案的那个文件", "the quote is of a document that has the answer"),
    "quote_exactness": ("引文与原文逐字相同，必须是 1", "quotes equal the document's words; must be 1"),
    "refused": ("文件没写时，没有硬答", "nothing was answered where nothing is said"),
    "left_out.refused": ("原文不在时，没有硬答", "nothing was answered once the document was gone"),
    "left_out.elsewhere": ("藏起原文后，从另一个文件里答对了", "answered rightly from another document"),
    "ece": ("说的把握与实际正确率平均差多少", "mean gap between confidence and share right"),
    "aurc": ("只答有把握的题，平均还会错多少", "mean share wrong when only the surer are answered"),
}
"""One line for every figure: what is counted."""

STAGE_NOTES: Catalogue = {
    "right": ("回答里有标准答案", "the answer holds an accepted one"),
    "refused_rightly": ("该拒答的拒答了", "nothing to say, nothing said"),
    "not_retrieved": ("读到的段落里都没有依据：问题在检索", "no passage read has the evidence: retrieval"),
    "refused": ("依据在手，把握不够：问题在阅读或阈值", "the evidence was there: reading, or the threshold"),
    "wrong_document": ("选错了文件：问题在阅读", "another document was preferred: reading"),
    "not_read": ("文件对，地方不对：问题在阅读", "the right document, the wrong place: reading"),
    "wrong_words": ("句子对，截取的词不对：问题在截取", "the right sentence, the wrong span: extraction"),
    "answered_wrongly": ("文件没写，却硬答了：问题在阈值", "an answer where there is none: the threshold"),
}
"""What a stage says about the program, for those who want to mend it."""

CAUTIONS: Catalogue = {
    "answers_nowhere": (
        "{count} 题的标准答案在文件里找不到原文，怎么答都可能算错：{listed}",
        "the accepted answers of {count} question(s) stand in no document, so any answer may count as wrong: {listed}",
    ),
    "evidence_nowhere": (
        "{count} 题的依据在文件里找不到原文，会算作没有检索到：{listed}",
        "the evidence of {count} question(s) stands in no document and counts as not retrieved: {listed}",
    ),
    "contexts_left_out": (
        "测试集自带的文本有 {count} 篇没能建进索引：{listed}",
        "{count} of the test set's own texts could not be indexed: {listed}",
    ),
    "cannot_leave_out": (
        "{count} 题不知道答案在哪个文件，没有隐去原文再问：{listed}",
        "{count} question(s) could not be asked with their document hidden, as none is named: {listed}",
    ),
    "one_language_less": (
        "测试集里有的语言，索引里没有文件：{listed}",
        "the test set has questions in a language that no document is in: {listed}",
    ),
    "other": ("{name}：{facts}", "{name}: {facts}"),
}
"""The cautions of ``rag.evaluation.evaluation``."""
