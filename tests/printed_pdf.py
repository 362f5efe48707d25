"""A PDF whose every line is known by page and place: A4, Song type of one size, a running head and page numbers."""

import io
from collections.abc import Sequence

WIDTH, HEIGHT, SIZE, PITCH, LEFT, TOP = 595.0, 842.0, 16, 28, 90, 740

PAGES = (
    (
        "青禾市人民政府关于加强公共自行车管理的通知",
        "　　青政规〔2024〕18号",
        "第一章　总则",
        "　　第一条　为了规范公共自行车的投放、使用和管理，方",
        "便市民出行，制定本办法。",
        "　　第二条　本办法适用于青禾市行政区域内公共自行车",
        "的投放、使用、维护和监督管理活动。",
        "第二章　投放和使用",
        "　　第三条　市交通运输局负责公共自行车的统一规划，全",
        "市共设置租赁站点316个，投放公共自行车8500辆，并",
        "且根据市民的出行需要每年调整一次站点的布局，调整",
        "方案应当向社会公布，公布的时间不得少于十五日，公布",
    ),
    (
        "期间收到的意见由市交通运输局汇总后报市人民政府。",
        "　　第四条　租用公共自行车的押金为200元，前60分钟",
        "免费，超过60分钟的按照每小时1元收取费用。",
        "第三章　维护和监督",
        "　　第五条　运营单位应当每日巡查站点，发现车辆损坏",
        "的，应当在24小时内修复或者更换。",
        "　　第六条　市民可以拨打12345热线投诉，运营单位应当",
        "在5个工作日内答复投诉人。",
    ),
    (
        "第四章　附则",
        "　　第七条　本办法自2024年9月1日起施行，有效期五年。",
    ),
)
"""Every line as it is drawn; a full-width space in front moves it by one character."""


def pdf(pages: Sequence[Sequence[str]] = PAGES, *, head: str = "青禾市规章汇编", turn: int = 0) -> bytes:
    """The file; ``turn`` degrees are every page's own rotation."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(WIDTH, HEIGHT))
    for number, lines in enumerate(pages, 1):
        canvas.setFont("STSong-Light", 10)
        canvas.drawString(LEFT, 800, head)
        canvas.drawCentredString(WIDTH / 2, 40, f"— {number} —")
        canvas.setFont("STSong-Light", SIZE)
        for row, line in enumerate(lines):
            shift = len(line) - len(line.lstrip("　"))
            canvas.drawString(LEFT + shift * SIZE, TOP - row * PITCH, line.lstrip("　"))
        canvas.showPage()
    canvas.save()
    # Reportlab would turn the paper as well. The offsets that this shifts are found anew by whoever reads it.
    return stream.getvalue().replace(b"/Rotate 0", b"/Rotate %d" % turn)


def place(page: int, words: str) -> tuple[float, float, float, float]:
    """Left, baseline, right and size in points from the lower left, of ``words`` on a line of page ``page``."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    for row, line in enumerate(PAGES[page - 1]):
        if words in line:
            shift = len(line) - len(line.lstrip("　"))
            shown = line.lstrip("　")
            left = LEFT + shift * SIZE + stringWidth(shown[: shown.index(words)], "STSong-Light", SIZE)
            return left, TOP - row * PITCH, left + stringWidth(words, "STSong-Light", SIZE), SIZE
    raise ValueError(words)
