"""The README's pictures, made from the running program with the bundled samples.

python -m tests.benchmarks.screenshots [--folder ui/assets/screenshots] [--question ...]
"""

import argparse
import io
import tempfile
import time
from pathlib import Path

from PIL import Image

from tests.browser import open_browser, prefer, resize
from tests.printed_pdf import pdf
from tests.test_browser_collections import choose, make
from tests.web_page import Page, running

LARGEST = 300_000
HOME = "~/.local/share/wenju/feedback.jsonl"
"""Shown in place of this script's temporary folder."""
COLLECTION = "民生"
QUESTIONS = ["曙光公司是哪年来高新区的？", "延伸产业链的基本原则有哪四条？"]
"""Of ``corpus/samples/questions.jsonl``; the last one's source is opened."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=Path("ui/assets/screenshots"))
    parser.add_argument("--question", action="append", help="asked in turn")
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        started = time.perf_counter()
        with running(Path(home)) as (url, _):
            print(f"listening after {time.perf_counter() - started:.1f} s")
            browser = open_browser(Path(home) / "profile")
            try:
                take(Page(browser, url), options.folder, options.question)
            finally:
                browser.quit()


def take(page: Page, folder: Path, questions: list[str] | None) -> None:
    resize(page.browser, 1280, 800)
    prefer(page.browser, "light")
    started = time.perf_counter()
    page.open()
    print(f"page usable after {time.perf_counter() - started:.1f} s")
    started = time.perf_counter()
    for question in questions or QUESTIONS:
        page.ask(question)
    print(f"answered after {time.perf_counter() - started:.2f} s")
    page.click("[data-action=history]")
    page.click(".turn:last-child li:first-child .source")
    page.until(lambda: page.all("#cited"))
    shoot(page, folder / "chat.png")
    resize(page.browser, 390, 780)
    page.click("[data-action=history]")
    page.click("[data-action=close]")
    shoot(page, folder / "chat-mobile.png")
    evaluate(page, folder)
    collect(page, folder)


def collect(page: Page, folder: Path) -> None:
    """The samples and a PDF as somebody's own documents: the list of them, and the printed page of a source."""
    with tempfile.TemporaryDirectory() as place:
        printed = Path(place) / "关于加强公共自行车管理的通知.pdf"
        printed.write_bytes(pdf())
        page.click("[data-view=chat]")
        page.click("[data-action=new]")
        page.until(lambda: page.all(".welcome"))
        page.send_files(*sorted(Path("corpus/samples").resolve().glob("*.txt")), printed)
        page.until(lambda: "6" in page.text("#status .status"))
    make(page, COLLECTION)
    page.until(lambda: page.all("[data-drop]"))
    choose(page, "")
    page.click("[data-details]")
    page.until(lambda: page.all("#files .details"))
    page.run("document.activeElement.blur(); document.querySelector('#files-view').scrollTop = 1e4")
    page.run("document.querySelector('#files').scrollIntoView({block: 'nearest'})")
    shoot(page, folder / "documents.png")
    page.ask("租用公共自行车的押金是多少元？")
    page.click(".turn:last-child .source")
    page.until(lambda: page.all("#cited mark"))
    page.click("[data-leaf=page]")
    page.until(lambda: page.all("#leaf #boxed"))
    page.until(lambda: page.run("return document.querySelector('#leaf img').naturalWidth"))
    shoot(page, folder / "source.png")


def evaluate(page: Page, folder: Path) -> None:
    """The samples' questions, each asked once more with its document hidden; the figures at the top of the picture."""
    resize(page.browser, 1280, 800)
    for turn in page.all(".turn"):
        turn.find_element("css selector", "[data-thumb=up]").click()
    page.until(lambda: len(page.all(".verdicts li")) == len(page.all(".turn")))
    page.click("[data-view=evaluation]")
    page.click("[data-choose=samples]")
    page.until(lambda: page.all(".chosen-name"))
    page.click("[data-leave-one-out]")
    started = time.perf_counter()
    page.click("[data-start]")
    page.until(lambda: page.all("#result"))
    print(f"evaluated after {time.perf_counter() - started:.1f} s")
    page.run("document.querySelector('.where').textContent = arguments[0]", HOME)
    page.run("document.activeElement.blur(); document.querySelector('#result').scrollIntoView({block: 'start'})")
    shoot(page, folder / "evaluation.png")


def shoot(page: Page, path: Path) -> None:
    time.sleep(0.5)  # for the focus ring and the scroll bar to settle
    picture = Image.open(io.BytesIO(page.browser.get_screenshot_as_png())).convert("RGB")
    picture.quantize(colors=128, dither=Image.Dither.NONE).save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path}: {size / 1000:.0f} kB{' (too large for the README)' if size > LARGEST else ''}")


if __name__ == "__main__":
    main()
