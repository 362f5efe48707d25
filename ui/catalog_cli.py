"""What the command line says, in Chinese and in English: key -> (Chinese, English). Commands are help of one line."""

from ui.language import Catalogue

HELP: Catalogue = {
    "wenju": (
        "问据：向自己的文件提问，得到简短的回答和逐字的依据。全程不联网。",
        "Ask your own documents a question: a short answer and the exact words that prove it. Offline.",
    ),
    "index": (
        "添加或更新文件和文件夹；没有变化的文件不重复处理。",
        "Add or update files and folders; unchanged files cost nothing.",
    ),
    "docs": ("列出、查看或移除索引里的文件。", "List, show or remove the documents of the index."),
    "collections": ("把文件归成集合，只问其中一个。", "Named choices of documents, to be asked alone."),
    "search": ("只找段落，不作回答。", "Passages only, no answer."),
    "ask": ("回答一个问题，并引出处。", "One cited answer."),
    "chat": ("在终端里连续提问。", "Ask in the terminal, with follow-up questions."),
    "serve": ("打开网页版。", "The web chat."),
    "passwd": ("设置、更换或去掉一个人的网页登录密码。", "Set, change or remove a person's password for the web chat."),
    "mcp": ("作为 MCP 工具给智能助手用（由助手启动）。", "Tools for an assistant that speaks MCP, which starts it."),
    "eval": ("用测试集量一量回答有多好。", "How good are the answers to a test set?"),
    "tune": (
        "让向量模型适应自己的文件；更好才采用，可以撤销。",
        "Adapt the encoder to your documents; kept only if it is better, and undone with one command.",
    ),
    "models": (
        "列出本机的向量模型和阅读器，或检查一个能不能用。",
        "The encoders and readers of this machine; whether one can be used.",
    ),
    "doctor": (
        "检查版本、索引、磁盘，以及是否需要联网。",
        "Versions, index health, disk, and whether anything needs the network.",
    ),
    # options
    "help": ("显示帮助并退出。", "Show this message and exit."),
    "version": ("显示版本并退出。", "Show the version and exit."),
    "lang": ("界面语言（默认看系统语言）。", "Language of messages (default: the locale's)."),
    "index_option": ("索引文件夹（默认 $WENJU_HOME/default）。", "Index folder (default: $WENJU_HOME/default)."),
    "json": ("在标准输出只写 JSON。", "Write JSON, and JSON alone, to standard output."),
    "prune": ("移除原文件已经不在的文件。", "Drop documents whose file is gone."),
    "top_k": ("列出几段（1 到 100）。", "How many passages (1 to 100)."),
    "reader": (
        "阅读器：文件夹、本机缓存里的名称、bundled（自带的）或 none（不用模型）。",
        "What reads: a folder, a name in the local cache, bundled, or none for no model.",
    ),
    "model": ("生成模型（这个版本还没有）。", "A generator model (not in this version)."),
    "file": ("每行一个问题的 JSONL 文件；- 表示标准输入。", "JSONL file, one question a line; - is standard input."),
    "host": ("监听的地址（默认 127.0.0.1）。", "Address to listen on (default: 127.0.0.1)."),
    "port": ("监听的端口（默认 7860）。", "Port to listen on (default: 7860)."),
    "open": ("同时打开浏览器。", "Open the browser as well."),
    "predictions": (
        "把每一题的回答和得分写进这个文件，一行一个 JSON。",
        "Write every answer with its scores to this file, one JSON object a line.",
    ),
    "report": ("把报告写成一个网页文件。", "Write a report to this HTML file."),
    "fail_under": (
        "指标不达标就以 1 退出，如 f1=0.6；可以写几次。",
        "Exit with 1 where a figure misses this bar, such as f1=0.6; may be given several times.",
    ),
    "leave_one_out": (
        "隐去答案所在的文件再问一遍，看是否拒答。",
        "Ask every question once more with its own document hidden: a refusal is right then.",
    ),
    "resume": ("接着上次中断的地方问。", "Go on with a run that was interrupted."),
    "limit": ("只问前几题。", "Ask only the first N questions."),
    "top_k_read": ("每题读几段（1 到 100）。", "How many passages are read for an answer (1 to 100)."),
    "compare": (
        "比较两次的结果（--json 或 --predictions 写下的文件）。",
        "Compare two results, files that --json or --predictions wrote.",
    ),
    "tune_questions": (
        "自己的测试集（与 wenju eval 的相同），一部分拿来学，一部分拿来衡量。",
        "A test set of your own, as for 'wenju eval': part of it to learn from, part of it to judge by.",
    ),
    "dry_run": ("只衡量，不改动索引。", "Only measure; leave the index as it is."),
    "undo": ("退回原来的向量模型，重建索引。", "Go back to the encoder as it was and rebuild the index."),
    # parts of a help page
    "usage_word": ("用法：", "Usage: "),
    "options_word": ("选项", "Options"),
    "commands_word": ("命令", "Commands"),
    "options_meta": ("[选项]", "[OPTIONS]"),
    "command_meta": ("命令 [参数]...", "COMMAND [ARGS]..."),
    "path_meta": ("路径...", "PATH..."),
    "question_meta": ("问题", "QUESTION"),
    "optional_question_meta": ("[问题]", "[QUESTION]"),
    "docs_meta": ("[list | show 编号 | remove 编号...]", "[list | show ID | remove ID...]"),
    "models_meta": ("[list | check 路径或名称]", "[list | check PATH_OR_NAME]"),
    "reader_meta": ("路径|名称|bundled|none", "PATH|NAME|bundled|none"),
    "folder_meta": ("文件夹", "DIR"),
    "file_meta": ("文件", "FILE"),
    "number_meta": ("整数", "N"),
    "text_meta": ("文字", "TEXT"),
    "test_set_meta": ("测试集 | --compare 甲 乙", "TESTSET | --compare A B"),
    "bar_meta": ("指标=值", "METRIC=VALUE"),
}

USAGE: Catalogue = {
    "error": ("用法有误：{message}", "Error: {message}"),
    "try": ("用 {command} --help 查看用法。", "Try '{command} --help' for help."),
    "no_option": ("没有选项 {name}", "no such option {name}"),
    "no_command": ("没有命令 {name}", "no such command '{name}'"),
    "perhaps": ("；是不是 {names}？", "; did you mean {names}?"),
    "no_command_given": ("没有写命令", "no command was given"),
    "missing": ("缺少 {name}", "missing {name}"),
    "bad_value": ("{name} 的值不对：{message}", "invalid value for {name}: {message}"),
    "wants_value": ("选项 {name} 后面要有值", "option {name} requires a value"),
    "wants_no_value": ("选项 {name} 不带值", "option {name} takes no value"),
    "extra": ("多出的参数 {arguments}", "unexpected argument {arguments}"),
    "empty": ("里面什么也没有", "it is empty"),
    "not_whole_number": ("“{value}”不是整数", "'{value}' is not a whole number"),
    "out_of_range": ("{value} 不在 {least} 到 {greatest} 之间", "{value} is not between {least} and {greatest}"),
    "not_a_choice": ("“{value}”不是 {choices} 之一", "'{value}' is none of {choices}"),
}

MESSAGES: Catalogue = {
    "error": ("错误：{message}", "Error: {message}"),
    "samples": (
        "注意：{folder} 还没有索引，现在用的是自带的示例文件；用 wenju index 文件夹 索引自己的文件。",
        "Note: no index at {folder} yet, so these are the bundled samples; index your own with 'wenju index FOLDER'.",
    ),
    "interrupted": ("已中断。", "Interrupted."),
    "unexpected": (
        "程序内部出错（{kind}：{detail}）；设 WENJU_DEBUG=1 再运行可以看到详细位置。",
        "Internal error ({kind}: {detail}); set WENJU_DEBUG=1 and run it again for the traceback.",
    ),
    "system": ("{where}：{detail}；请检查磁盘空间和权限", "{where}: {detail}; check the disk and the permissions"),
    # index
    "indexing": ("索引中", "indexing"),
    "indexed": (
        "新增 {added}，更新 {updated}，未变 {unchanged}，移除 {removed}，没能索引 {failed}；"
        "写入 {paragraphs} 段，用时 {seconds:.1f} 秒。索引：{folder}",
        "{added} added, {updated} updated, {unchanged} unchanged, {removed} removed, {failed} not indexed; "
        "{paragraphs} paragraphs written in {seconds:.1f} s. Index: {folder}",
    ),
    "vanished": (
        "有 {vanished} 个文件已经不在原处，索引里还留着；加 --prune 把它们移除。",
        "{vanished} file(s) are gone but still in the index; drop them with --prune.",
    ),
    # docs
    "docs_action": ("“{action}”不是 list、show、remove 之一", "'{action}' is none of list, show, remove"),
    "docs_show_one": (
        "show 后面要写一个文件编号；用 wenju docs list 查看",
        "show takes one document ID; 'wenju docs list' has them",
    ),
    "docs_remove_some": (
        "remove 后面要写文件编号；用 wenju docs list 查看",
        "remove takes document IDs; 'wenju docs list' has them",
    ),
    "docs_list_none": ("list 后面不带参数", "list takes no further argument"),
    "docs_empty": ("索引里还没有文件。", "The index holds no documents."),
    "docs_size": ("{paragraphs} 段 {characters} 字", "{paragraphs} paragraphs, {characters} characters"),
    "removed": ("移除了 {count} 个文件。", "{count} document(s) removed."),
    # models
    "models_action": ("“{action}”不是 list、check 之一", "'{action}' is neither list nor check"),
    "models_check_one": (
        "check 后面要写一个文件夹或名称；用 wenju models 查看",
        "check takes one folder or name; 'wenju models' has them",
    ),
    # search, ask
    "no_passages": ("没有找到段落。", "No passages found."),
    "no_question": ("没有写问题；请把问题放在引号里，或用 --file", "no question; put it in quotes, or use --file"),
    "index_is_file": (
        "{path}：这是一个文件；索引要放在文件夹里，请换一个 --index",
        "{path}: this is a file; an index is a folder, so name another with --index",
    ),
    "no_place": (
        "找不到索引的位置（{detail}）；请检查 --index、WENJU_HOME 和当前文件夹",
        "the index has no place ({detail}); check --index, WENJU_HOME and the current folder",
    ),
    "no_words": ("没有写要找什么；请把问题放在引号里", "no question; put it in quotes"),
    "question_and_file": ("问题和 --file 只能用一个", "give either a question or --file, not both"),
    "no_generator": (
        "这个版本只用阅读器直接从文件里摘取回答，还不能用生成模型；请去掉 --model {model}",
        "this version answers with the reader alone and takes no generator model; leave out --model {model}",
    ),
    "file_unreadable": ("{path}：打不开（{detail}）", "{path}: cannot be opened ({detail})"),
    "file_empty": ("{path}：里面没有问题", "{path}: no questions in it"),
    "line_not_utf8": (
        "{path} 第 {line} 行：不是 UTF-8 文字；请另存为 UTF-8",
        "{path}, line {line}: not UTF-8; save it as UTF-8",
    ),
    "line_not_json": ("{path} 第 {line} 行：不是 JSON（{detail}）", "{path}, line {line}: not JSON ({detail})"),
    "line_not_object": (
        '{path} 第 {line} 行：应为 {{"question": "…"}} 这样的对象，却是 {found}',
        '{path}, line {line}: expected an object such as {{"question": "…"}}, found {found}',
    ),
    "line_no_question": (
        '{path} 第 {line} 行：没有 "question"，或它不是文字',
        '{path}, line {line}: "question" is missing or not a text',
    ),
    "line_bad_history": (
        '{path} 第 {line} 行："history" 应为一列文字',
        '{path}, line {line}: "history" must be a list of texts',
    ),
    "line_bad_scope": (
        '{path} 第 {line} 行："scope" 应为对象，可以有 documents、folders、issuers、years、numbers、'
        "collections，各是文字或文字的列表（年份是四位数）；现在是 {found}",
        '{path}, line {line}: "scope" must be an object with documents, folders, issuers, years, numbers or '
        "collections, each a text or a list of texts (a year has four digits); found {found}",
    ),
    "line_unknown_scope": ("{path} 第 {line} 行：{detail}", "{path}, line {line}: {detail}"),
    # eval
    "eval_no_test_set": (
        "没有写测试集；例如 wenju eval 测试集.jsonl",
        "no test set; for example 'wenju eval questions.jsonl'",
    ),
    "eval_one_test_set": (
        "一次只能用一个测试集，却写了 {found} 个；比较两次的结果要加 --compare",
        "one test set at a time, not {found}; to compare two results add --compare",
    ),
    "compare_two": (
        "--compare 要两个结果文件，却写了 {found} 个",
        "--compare takes two files of results, not {found}",
    ),
    "compare_alone": (
        "--compare 只比较已有的结果，旁边只能加 --json",
        "--compare only reads results that are there and goes with --json alone",
    ),
    "fail_under_syntax": (
        "--fail-under {text}：应写成 指标=值，如 f1=0.6",
        "--fail-under {text}: expected METRIC=VALUE, such as f1=0.6",
    ),
    "fail_under_range": (
        "--fail-under {name}={value}：{name} 在 0 到 1 之间，如 {example}",
        "--fail-under {name}={value}: {name} lies between 0 and 1, such as {example}",
    ),
    "fail_under_milliseconds": (
        "--fail-under {name}={value}：{name} 是毫秒数，要大于 0，如 {name}=500",
        "--fail-under {name}={value}: {name} is in milliseconds and above 0, such as {name}=500",
    ),
    "fail_under_left_out": (
        "--fail-under {name}：要加上 --leave-one-out 才有这个指标",
        "--fail-under {name}: this figure is there with --leave-one-out alone; add it",
    ),
    "fail_under_nothing": (
        "--fail-under {name}：这个测试集里没有一题用得上 {name}，无从判断；请换一个指标",
        "--fail-under {name}: no question of this test set has a {name}, so nothing can be said; choose another figure",
    ),
    "target_is_folder": (
        "{path}：这是一个文件夹；{option} 后面要写文件名",
        "{path}: this is a folder; {option} takes the name of a file",
    ),
    "target_no_folder": (
        "{path}：没有文件夹 {folder}；请先建好",
        "{path}: there is no folder {folder}; make it first",
    ),
    "target_no_file": (
        "{path}：这不是普通文件；{option} 后面要写普通文件的名字",
        "{path}: not a regular file; {option} takes the name of one",
    ),
    "target_unwritable": ("{path}：写不进去（{detail}）", "{path}: cannot be written ({detail})"),
    "target_is_test_set": (
        "{path}：这是测试集自己的文件，不能覆盖；请给 {option} 换一个文件名",
        "{path}: this belongs to the test set and is not overwritten; name another file for {option}",
    ),
    "targets_same": (
        "{path}：{first} 和 {second} 写的是同一个文件；请换一个",
        "{path}: {first} and {second} name the same file; change one of them",
    ),
    # tune
    "tune_undo_alone": (
        "--undo 旁边不能加 --questions 或 --dry-run",
        "--undo goes with neither --questions nor --dry-run",
    ),
    # chat
    "chat_hello": (
        "在问 {documents} 个文件。输入问题后回车；:new 换个话题，:q 退出。",
        "Asking {documents} document(s). Type a question; :new starts afresh, :q leaves.",
    ),
    "chat_prompt": ("问> ", "? "),
    "chat_new": ("好，之前的问题不再考虑。", "Earlier questions are forgotten."),
    "chat_unknown": (
        "没有命令 {command}；:new 换个话题，:q 退出。",
        "No command {command}; :new starts afresh, :q leaves.",
    ),
}

FIELDS: Catalogue = {
    "number": ("文号", "Number"),
    "issuer": ("发文机关", "Issuer"),
    "date": ("成文日期", "Date"),
    "signer": ("签发人", "Signed by"),
    "addressee": ("主送", "To"),
    "copies": ("抄送", "Copies to"),
    "contact": ("联系人", "Contact"),
    "phone": ("电话", "Telephone"),
    "class_": ("办理类别", "Class"),
    "openness": ("公开属性", "Openness"),
    "contact_office": ("联系单位", "Office to contact"),
    "printed_by": ("印发机关", "Printed by"),
    "printed": ("印发日期", "Printed on"),
    "attachments": ("附件", "Attachments"),
    "kind": ("文种", "Kind of document"),
    "proposal": ("提案号", "Proposal answered"),
    "answered": ("提案名称", "Title of the proposal"),
    "references": ("提到的文件", "Document named"),
}
