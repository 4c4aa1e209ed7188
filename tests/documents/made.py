"""Documents made for the tests: pages as PDF, Word documents, web pages, and archives that are made to do harm."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape
from pathlib import Path

FIRST = Path(__file__).parents[2] / "data" / "reports" / "2021-12-07-hong-kong-beijing.txt"


def first_lines() -> list[str]:
    """The paragraphs of the first report."""
    return [line for line in FIRST.read_text(encoding="utf-8").splitlines() if line.strip()]


def pdf(
    lines: Sequence[str],
    columns: int = 1,
    font: str = "Times-Roman",
    indent: int = 0,
    gap: int = 6,
    is_justified: bool = False,
    head: str = "",
    page: tuple[float, float] = (595, 842),
    lock: str | None = None,
) -> bytes:
    """A PDF of paragraphs, set in columns, with a running head and page numbers where `head` says so."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

    is_chinese = font == "STSong-Light"
    if is_chinese:
        pdfmetrics.registerFont(UnicodeCIDFont(font))
    width, height = page
    each = (width - 100 - (columns - 1) * 20) / columns
    frames = [Frame(50 + i * (each + 20), 60, each, height - 120, id=str(i)) for i in range(columns)]

    def edge(canvas: object, document: object) -> None:
        if head:
            canvas.setFont("Times-Roman", 8)
            canvas.drawString(50, height - 30, head)
            canvas.drawString(width / 2, 30, str(document.page))

    buffer = io.BytesIO()
    document = BaseDocTemplate(buffer, pagesize=page, encrypt=lock, invariant=1)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=edge))
    style = ParagraphStyle(
        "plain", fontName=font, fontSize=10, leading=13, firstLineIndent=indent, spaceAfter=gap,
        alignment=4 if is_justified else 0, wordWrap="CJK" if is_chinese else None,
    )  # fmt: skip
    document.build([Paragraph(escape(line), style) for line in lines])
    return buffer.getvalue()


def set_lines(lines: Sequence[str]) -> bytes:
    """A PDF of lines that are set as they stand, one below the other."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=1)
    canvas.setFont("Times-Roman", 10)
    for number, line in enumerate(lines):
        canvas.drawString(60, 780 - 13 * number, line)
    canvas.save()
    return buffer.getvalue()


def picture_pdf() -> bytes:
    """A PDF with drawings and no letters."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    return buffer.getvalue()


def docx(lines: Sequence[str]) -> bytes:
    """A Word document of paragraphs."""
    import docx as word

    document = word.Document()
    for line in lines:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_body(content: bytes, extra: str, before: str = "") -> bytes:
    """A Word document with XML added to the end of its body, and before its root."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as changed:
        for part in archive.infolist():
            data = archive.read(part)
            if part.filename == "word/document.xml":
                text = data.decode().replace("<w:sectPr", extra + "<w:sectPr", 1)
                data = text.replace("<w:document", before + "<w:document", 1).encode()
            changed.writestr(part.filename, data)
    return made.getvalue()


def html(lines: Sequence[str], head: str = "", language: str = "id") -> str:
    """A web page with a report, and what stands around one."""
    first, *rest = lines
    body = "".join(f"<p>{escape(line)}</p>\n" for line in rest)
    return (
        f'<!doctype html><html lang="{language}"><head>{head}</head><body>'
        '<nav><a href="/">Home</a> <a href="/b">Business</a></nav>'
        f"<header><h1>{escape(first)}</h1></header><main><article>{body}</article></main>"
        "<aside><h3>Most read</h3><ul><li><a href='/1'>Another story altogether</a></li></ul></aside>"
        "<footer>Copyright Example Gazette</footer></body></html>"
    )
