"""Every question of an evaluation as a row: what was wanted, what came, where they differ. Pure, everything escaped."""

from collections.abc import Iterable, Sequence

from rag.answer import Answer, Span
from rag.evaluation.metrics import METRICS
from rag.evaluation.outcome import Outcome
from ui import render
from ui.catalog_eval import STAGES
from ui.catalog_report import REPORT
from ui.escaping import html
from ui.language import Language, say
from ui.report.difference import closest, differences

COLUMNS = ("question", "answer", "evidence", "result")
SHOWN = 1_000
"""Characters of one text; the results that scripts read have all of it."""
NEAREST_SHOWN = 160
ALTERNATIVES = 4
MARKS = {
    "mark_missing": '<ins class="missing">{}</ins>',
    "mark_extra": '<del class="extra">{}</del>',
    "mark_beyond": '<span class="beyond">{}</span>',
    "mark_answer": "<mark>{}</mark>",
}


def questions_html(
    outcomes: Sequence[Outcome], language: Language, *, failures_only: bool, most: int | None = None
) -> str:
    """A table of ``outcomes`` in their order, of the failures alone if asked, at most ``most`` of them."""
    chosen = [outcome for outcome in outcomes if outcome.failed or not failures_only]
    if not chosen:
        nothing = _say("no_failures" if outcomes else "no_questions", language)
        return f'<div class="report"><p class="note">{nothing}</p></div>'
    rows = "".join(row_html(outcome, language) for outcome in chosen[:most])
    cut = most is not None and len(chosen) > most
    note = say(REPORT, language, "first_of", shown=most, count=len(chosen)) if cut else ""
    return f'<div class="report">{table_html(rows, language)}{f"<p class=note>{html(note)}</p>" if note else ""}</div>'


def table_html(rows: str, language: Language) -> str:
    """The table around ``rows``, under what its marks mean."""
    marks = "".join(f"<li>{mark.format(_say(key, language))}</li>" for key, mark in MARKS.items())
    headings = "".join(f'<th scope="col">{_say(column, language)}</th>' for column in COLUMNS)
    return (
        f'<ul class="marks" aria-label="{_say("marks", language)}">{marks}</ul>'
        f'<table class="questions"><thead><tr>{headings}</tr></thead><tbody>{rows}</tbody></table>'
    )


def row_html(outcome: Outcome, language: Language) -> str:
    """One question."""
    cells = {
        "question": _question(outcome, language),
        "answer": _answers(outcome, language),
        "evidence": "".join([*_evidence(outcome, language), *_quotes(outcome, language)]),
        "result": _result(outcome, language),
    }
    shown = "".join(f'<td data-column="{key}">{cell}</td>' for key, cell in cells.items())
    return f'<tr class="{"bad" if outcome.failed else "good"}">{shown}</tr>'


def _question(outcome: Outcome, language: Language) -> str:
    case, asked = outcome.case, outcome.answer.asked
    lines = [f'<p class="text">{html(_cut(case.question))}</p>']
    if case.history:
        history = say(REPORT, language, "history", history=" / ".join(case.history))
        lines.append(f'<p class="note">{html(_cut(history))}</p>')
    if asked != case.question:
        lines.append(f'<p class="note">{html(_cut(say(REPORT, language, "asked", asked=asked)))}</p>')
    facts = [case.id, case.type, case.style]
    facts += [say(REPORT, language, "hidden")] if outcome.hidden else []
    lines.append(f'<p class="note">{html(_cut(" · ".join(fact for fact in facts if fact)))}</p>')
    return "".join(lines)


def _answers(outcome: Outcome, language: Language) -> str:
    """The accepted answer that is closest to what was given, and what was given or held back."""
    case = outcome.case
    given = _cut(_shown(outcome).answer)
    accepted = [_cut(each) for each in case.answers or (("、".join(case.items),) if case.items else ())]
    gold = closest(given, accepted)
    missing, extra = differences(gold, given) if gold is not None and given else ((), ())
    lines = []
    if gold is not None:
        lines.append(_pair("accepted", _marked(gold, missing, "mark_missing"), language))
    elif not case.relevance:
        lines.append(_pair("accepted", _nothing("nothing_accepted", language), language))
    if others := [each for each in accepted if each != gold][:ALTERNATIVES]:
        alternatives = say(REPORT, language, "or", answers=" / ".join(others))
        lines.append(f'<p class="note under">{html(_cut(alternatives))}</p>')
    if not outcome.answer.answered and not case.relevance:
        lines.append(_pair("given", _nothing("nothing_given", language), language))
    if given:
        key = "given" if outcome.answer.answered else "held_back"
        lines.append(_pair(key, _marked(given, extra, "mark_extra"), language))
    return "".join(lines)


def _shown(outcome: Outcome) -> Answer:
    """What was answered, or would have been with no threshold."""
    return outcome.answer if outcome.answer.answered else outcome.draft


def _evidence(outcome: Outcome, language: Language) -> Iterable[str]:
    """What should have been cited, each against the quote that is closest to it."""
    quotes = [_cut(citation.quote) for citation in _shown(outcome).citations]
    for evidence in map(_cut, outcome.case.evidence):
        quote = closest(evidence, quotes)
        missing = differences(evidence, quote)[0] if quote is not None else ()
        yield _pair("wanted", _marked(evidence, missing, "mark_missing"), language)
    if outcome.documents:
        names = say(REPORT, language, "list").join(render.title(name) for name in outcome.documents[:ALTERNATIVES])
        if outcome.case.relevance:
            names = say(REPORT, language, "relevant", documents=names)
        yield f'<p class="note under">{html(_cut(names))}</p>'


def _quotes(outcome: Outcome, language: Language) -> Iterable[str]:
    """What was cited, each quote against the evidence that is closest to it; where nothing was, what came closest."""
    wanted = [_cut(evidence) for evidence in outcome.case.evidence]
    key = "quoted" if outcome.answer.answered else "held_back"
    for citation in _shown(outcome).citations:
        quote = _cut(citation.quote)
        evidence = closest(quote, wanted)
        beyond = differences(evidence, quote)[1] if evidence is not None else ()
        yield _pair(key, _marked(quote, beyond, "mark_beyond", citation.start, citation.highlights), language)
        yield f'<p class="note under">{html(_cut(render.source_line(citation, language)))}</p>'
    if not _shown(outcome).citations and outcome.answer.nearest:
        nearest = outcome.answer.nearest[0]
        yield _pair("nearest", f'<span class="text faint">{html(_cut(nearest.text, NEAREST_SHOWN))}</span>', language)
        yield f'<p class="note under">{html(_cut(render.source_line(nearest, language)))}</p>'


def _result(outcome: Outcome, language: Language) -> str:
    facts = []
    if not outcome.case.relevance:
        facts.append(say(REPORT, language, "sure", confidence=f"{outcome.answer.confidence:.2f}"))
    if outcome.rank is not None:
        facts.append(say(REPORT, language, "rank", rank=outcome.rank))
    elif "hit@10" in outcome.scores:
        facts.append(say(REPORT, language, "rank_none"))
    if outcome.elsewhere:
        facts.append(say(REPORT, language, "elsewhere"))
    scores = " · ".join(f"{name} {value:.3g}" for name, value in outcome.scores.items() if name in METRICS)
    listed = "".join(f'<p class="note">{html(fact)}</p>' for fact in facts)
    return (
        f'<p class="stage">{html(say(STAGES, language, outcome.stage))}</p>{listed}'
        f'<details class="note"><summary>{_say("scores", language)}</summary>{html(scores)}</details>'
    )


def _pair(key: str, text: str, language: Language) -> str:
    return f'<p class="pair"><span class="label">{_say(key, language)}</span>{text}</p>'


def _nothing(key: str, language: Language) -> str:
    return f'<em class="text">{_say(key, language)}</em>'


def _marked(text: str, spans: Sequence[Span], mark: str, start: int = 0, highlights: Sequence[Span] = ()) -> str:
    """``text`` with what differs inside ``mark``, and the answer inside it, by offsets of its document, highlighted."""
    written, done = [], 0
    for piece, differs in render.pieces(text, 0, spans):
        inside = render.marked_html(piece, start + done, highlights)
        written.append(MARKS[mark].format(inside) if differs else inside)
        done += len(piece)
    return f'<span class="text">{"".join(written)}</span>'


def _cut(text: str, most: int = SHOWN) -> str:
    return text if len(text) <= most else f"{text[:most]}…"


def _say(key: str, language: Language) -> str:
    return html(say(REPORT, language, key))
