"""Thumbs under an answer and the list of those that were kept, as HTML. Pure, everything escaped."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.evaluation.verdict import Thumb, Verdict
from ui.catalog_web import FEEDBACK
from ui.escaping import html
from ui.language import Language, say

THUMB = (
    "M3 11h4v9H3zM7 11l3.6-7.4c.2-.4.6-.6 1-.6 1.3 0 2.2 1.1 2 2.4L13.2 9H19a2 2 0 0 1 2 2.3l-1.1 7a2 2 0 0 1-2 1.7H7"
)
LISTED = 100
"""Verdicts of the page; the test set has them all."""
TYPED = 100_000
"""Characters that the field takes; more than can be kept, so that what is too long is refused and not cut silently."""
THUMBS: tuple[Thumb, ...] = ("up", "down")


@dataclass(frozen=True, kw_only=True)
class Remark:
    """What went wrong with the verdict ``key``, in one line."""

    key: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Thumbs:
    """All verdicts by the id of their answer, and what went wrong with one of them just now."""

    verdicts: Mapping[str, Verdict]
    remark: Remark | None = None

    def html(self, key: str, language: Language) -> str:
        """The two thumbs under the answer ``key``; under a thumb down, what the answer should have been."""
        verdict = self.verdicts.get(key)
        given = verdict.verdict if verdict else None
        buttons = "".join(_thumb(thumb, language, pressed=thumb == given) for thumb in THUMBS)
        said = f'<span class="kept">{html(_kept(verdict, language))}</span>' if verdict else ""
        amend = amend_html(verdict, language) if verdict and given == "down" else ""
        return f'<div class="feedback" data-key="{html(key)}"><p>{buttons}{said}</p>{amend}{self.said(key)}</div>'

    def said(self, key: str) -> str:
        """What went wrong with the verdict ``key``."""
        wrong = self.remark
        return f'<p class="error" role="alert">{html(wrong.text)}</p>' if wrong and wrong.key == key else ""


def amend_html(verdict: Verdict, language: Language) -> str:
    """A field for the right answer, and two ways to keep it: as it was typed, or that the documents do not say."""
    label, save, absent = (html(say(FEEDBACK, language, key)) for key in ("right_answer", "save", "absent"))
    value = html(verdict.right_answer or "")
    pressed = "true" if verdict.not_stated else "false"
    return (
        f'<p class="amend"><input type="text" maxlength="{TYPED}" aria-label="{label}"'
        f' placeholder="{label}" value="{value}" autocomplete="off">'
        f'<button type="button" data-save>{save}</button>'
        f'<button type="button" data-absent aria-pressed="{pressed}">{absent}</button></p>'
    )


def feedback_html(thumbs: Thumbs, language: Language, *, path: str, download: str) -> str:
    """How many verdicts are kept and what can be done with them; then each, the last one first.

    Args:
        thumbs: The verdicts, in the order in which they were given.
        language: Of the page.
        path: Where they are kept.
        download: Address of the test set that they make.
    """
    verdicts = tuple(thumbs.verdicts.values())
    where = f'<p class="hint">{html(say(FEEDBACK, language, "where"))} <span class="where">{html(path)}</span></p>'
    title = f"<h2>{html(say(FEEDBACK, language, 'title'))}</h2>"
    if not verdicts:
        return f'{title}<p class="note">{html(say(FEEDBACK, language, "none"))}</p>{where}'
    rows = "".join(_row(verdict, thumbs, language) for verdict in verdicts[: -LISTED - 1 : -1])
    if len(verdicts) > LISTED:
        rows += f'<li class="hint">{html(say(FEEDBACK, language, "latest", count=LISTED))}</li>'
    return (
        f'{title}<p class="count">{html(_counts(verdicts, language))}</p>{where}'
        f'{_tools(verdicts, language, download)}<ul class="verdicts">{rows}</ul>'
    )


def _counts(verdicts: Sequence[Verdict], language: Language) -> str:
    cases = sum(verdict.as_case() is not None for verdict in verdicts)
    kept = say(FEEDBACK, language, "kept", count=len(verdicts), cases=cases)
    if cases == len(verdicts):
        return kept
    return f"{kept} · {say(FEEDBACK, language, 'wanting', count=len(verdicts) - cases)}"


def _tools(verdicts: Sequence[Verdict], language: Language, download: str) -> str:
    tools = ""
    if any(verdict.as_case() for verdict in verdicts):
        tools = (
            f'<a class="button" href="{html(download)}" download>{html(say(FEEDBACK, language, "download"))}</a>'
            f'<button type="button" class="button" data-evaluate>{html(say(FEEDBACK, language, "evaluate"))}</button>'
        )
    remove = html(say(FEEDBACK, language, "delete_all"))
    question = say(FEEDBACK, language, "delete_all_confirm", count=len(verdicts))
    return (
        f'<div class="feedback-tools">{tools}<button type="button" class="remove" data-ask-remove>{remove}</button>'
        f"{_confirmation(question, 'data-remove-all', language)}</div>"
    )


def _row(verdict: Verdict, thumbs: Thumbs, language: Language) -> str:
    given = say(FEEDBACK, language, "answered", answer=verdict.answer) if verdict.answered else ""
    facts = [given or say(FEEDBACK, language, "refused"), _should_be(verdict, language)]
    remove = html(say(FEEDBACK, language, "delete_one", question=verdict.question))
    amend = amend_html(verdict, language) if verdict.verdict == "down" and verdict.as_case() is None else ""
    question = say(FEEDBACK, language, "delete_one_confirm")
    label = html(say(FEEDBACK, language, verdict.verdict))
    return (
        f'<li data-key="{html(verdict.id)}"><span class="thumb" role="img" aria-label="{label}" title="{label}">'
        f'{_icon(verdict.verdict)}</span><div class="verdict"><p class="file-title">{html(verdict.question)}</p>'
        f'<p class="file-facts">{html(" · ".join(fact for fact in facts if fact))}</p></div>'
        f'<button type="button" class="remove" data-ask-remove aria-label="{remove}">'
        f"{html(say(FEEDBACK, language, 'delete'))}</button>"
        f"{_confirmation(question, 'data-remove', language)}{amend}{thumbs.said(verdict.id)}</li>"
    )


def _confirmation(question: str, answer: str, language: Language) -> str:
    return (
        f'<span class="confirm" hidden><span>{html(question)}</span>'
        f'<button type="button" class="danger" {answer}>{html(say(FEEDBACK, language, "yes"))}</button>'
        f'<button type="button" data-keep>{html(say(FEEDBACK, language, "no"))}</button></span>'
    )


def _should_be(verdict: Verdict, language: Language) -> str:
    if verdict.verdict == "up":
        return ""
    if verdict.right_answer:
        return say(FEEDBACK, language, "should_be", answer=verdict.right_answer)
    return say(FEEDBACK, language, "should_be_refused" if verdict.not_stated else "wants")


def _kept(verdict: Verdict, language: Language) -> str:
    return say(FEEDBACK, language, "kept_case" if verdict.as_case() else "kept_wanting")


def _thumb(thumb: Thumb, language: Language, *, pressed: bool) -> str:
    label = html(say(FEEDBACK, language, thumb))
    return (
        f'<button type="button" class="thumb" data-thumb="{thumb}" aria-pressed="{str(pressed).lower()}"'
        f' aria-label="{label}" title="{label}">{_icon(thumb)}</button>'
    )


def _icon(thumb: Thumb) -> str:
    turned = ' transform="rotate(180 12 12)"' if thumb == "down" else ""
    return f'<svg viewBox="0 0 24 24" aria-hidden="true"><path{turned} d="{THUMB}"></path></svg>'
