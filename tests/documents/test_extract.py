"""Documents as text: what was put in comes out, a paragraph a line, and what cannot be read is told in one line."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from documents import made
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import ENDINGS, extract, media_type
from kg.errors import KgError, ParseError

CHINESE = [
    "虚构市与样本市签署七份合作备忘录",
    "虚构社虚构市9月21日电 虚构科技有限公司董事长陈虚构21日表示，公司将在样本市投资约3亿元人民币建设研发中心，"
    "预计明年第三季度投产。他说，项目建成后每年可为当地带来超过2000个就业岗位。",
    "“我们考察了六个城市，最后选择了样本市。”陈虚构说，双方的合作正处在最好的时候，今后还会继续扩大投资规模。",
]


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"columns": 2},
        {"columns": 2, "indent": 12, "gap": 0, "is_justified": True},
        {"page": (300, 400), "is_justified": True, "head": "The Example Gazette"},
    ],
)
def test_paragraphs_of_a_pdf_are_whole(form: dict[str, object]) -> None:
    lines = made.first_lines()
    assert extract("a.pdf", made.pdf(lines, **form)).text.splitlines() == lines


def test_chinese_is_joined_without_spaces() -> None:
    assert extract("a.pdf", made.pdf(CHINESE, columns=2, font="STSong-Light")).text.splitlines() == CHINESE


def test_broken_words_are_whole_and_compounds_keep_their_hyphens() -> None:
    content = made.set_lines(
        [
            "Perusahaan itu akan membangun pabrik baru di Kota Rekaan untuk mendu-",
            "kung ekspor, kata direktur. Ia menambahkan bahwa semua proyek-",
            "proyek itu selesai tahun ini. Jalan Bandung-",
            "Cimahi ikut dibangun dengan dana 2020-",
            "2021 dari kas daerah.",
        ]
    )
    assert extract("a.pdf", content).text == (
        "Perusahaan itu akan membangun pabrik baru di Kota Rekaan untuk mendukung ekspor, kata direktur. Ia menambahkan"
        " bahwa semua proyek-proyek itu selesai tahun ini. Jalan Bandung-Cimahi ikut dibangun dengan dana 2020-2021"
        " dari kas daerah.\n"
    )


def test_a_word_document_gives_its_paragraphs_cells_and_insertions_and_not_what_was_deleted() -> None:
    content = made.with_body(
        made.docx(["Headline", "First paragraph."]),
        "<w:p><w:ins><w:r><w:t>Inserted</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>"
        "<w:p><w:r><w:t>one</w:t><w:br/><w:t>two</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>controlled</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    )
    assert extract("a.docx", content).text.splitlines() == [
        "Headline", "First paragraph.", "Inserted", "one", "two", "cell", "controlled",
    ]  # fmt: skip


def test_a_page_gives_its_report_and_not_what_stands_around_it() -> None:
    lines = made.first_lines()
    assert extract("a.html", made.html(lines).encode()).text.splitlines() == lines


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="gb2312">'),
        ("utf-16", ""),
        ("gb18030", '<meta charset="gb2312">'),
        ("gbk", '<meta http-equiv="Content-Type" content="text/html; charset=gbk">'),
        ("gb18030", ""),
        ("utf-8", '<meta charset="gbk">'),
    ],
)
def test_encodings(encoding: str, declared: str) -> None:
    page = made.html(CHINESE, declared, "zh")
    assert extract("a.htm", page.encode(encoding)).text.splitlines() == CHINESE


def test_other_encodings() -> None:
    big5 = made.html(
        [line.replace("虚", "虛") for line in ("虛構市與樣本市簽署備忘錄", "陳虛構主席表示，公司將投資約三億元。")]
    )
    assert (
        "公司將投資約三億元"
        in extract("a.html", big5.replace("<head>", '<head><meta charset="big5">').encode("big5")).text
    )
    latin = made.html(["Café", "“We’ll invest €2 million in São Paulo,” Zoë Madeup said on Monday in the old town."])
    page = latin.replace("<head>", '<head><meta charset="iso-8859-1">').encode("cp1252")
    assert "“We’ll invest €2 million in São Paulo,” Zoë" in extract("a.html", page).text


def test_what_a_page_says_of_its_report() -> None:
    head = (
        '<title>T | Gazette</title><meta property="og:site_name" content="Example Gazette">'
        '<meta property="article:published_time" content="2021-12-06T23:30:00+07:00">'
        '<link rel="canonical" href="https://example.org/1"><meta property="og:title" content="A title">'
    )
    assert extract("a.html", made.html(made.first_lines(), head).encode()).said == {
        "label": "A title", "publisher": "Example Gazette", "date": "2021-12-06", "url": "https://example.org/1",
    }  # fmt: skip


def test_what_json_ld_says_comes_first_and_nonsense_is_passed_over() -> None:
    head = (
        '<meta property="article:published_time" content="yesterday"><link rel="canonical" href="javascript:x">'
        '<script type="application/ld+json">{"@graph": [{"@type": "WebPage", "headline": "no"}, {"@type":'
        ' ["NewsArticle"], "headline": "Yes", "datePublished": "2021-02-30", "publisher": {"name": "Post"}}]}</script>'
        '<script type="application/ld+json">' + "[" * 5000 + "</script>"
    )
    assert extract("a.html", made.html(made.first_lines(), head).encode()).said == {
        "label": "Yes",
        "publisher": "Post",
    }


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(200):
                part.write(b" " * (1 << 20))
    return packed.getvalue()


LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha">' + "".join(
    f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.pdf", b"", "the file is empty"),
        ("a.html", b" \n", "the file is empty"),
        ("a.pdf", b"<html>", "no PDF by its content"),
        ("a.pdf", made.pdf(["Some words."])[:-200], "cut short"),
        ("a.pdf", made.picture_pdf(), "no text in the PDF"),
        ("a.pdf", made.pdf(["Some words."], lock="secret"), "locked by a password"),
        ("a.pdf", b"%PDF-1.4\n" + b"\0" * 500 + b"%%EOF", "damaged"),
        ("a.docx", b"%PDF-1.4", "no DOCX by its content"),
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old or a locked"),
        ("a.docx", made.docx(["Some words."])[:3000], "damaged or cut short"),
        ("a.docx", made.docx([]), "no text in the DOCX"),
        ("a.docx", bomb(), "unpacks to more than"),
        ("a.docx", made.with_body(made.docx(["x"]), "<w:p/>", LAUGHS), "declares XML entities"),
        ("a.html", b"%PDF-1.4", "a PDF by its content"),
        ("a.html", made.docx(["x"]), "a ZIP archive"),
        ("a.html", b"\x00\x01\x02<p>", "bytes of zero"),
        ("a.html", b"only words", "no HTML in the file"),
        ("a.html", b"<html><body><script>x</script></body></html>", "no text on the page"),
    ],
)
def test_what_cannot_be_read_is_told(name: str, content: bytes, message: str) -> None:
    with pytest.raises(KgError, match=message) as caught:
        extract(name, content)
    assert str(caught.value).startswith(name)


def test_an_entity_of_xml_reads_no_file() -> None:
    page = b'<!DOCTYPE html [<!ENTITY f SYSTEM "file:///etc/passwd">]><html><body><p>Words &f; here.</p></body></html>'
    assert "root:" not in extract("a.html", page).text


def test_nesting_without_end_ends() -> None:
    for piece in (b"<div>", b"<p><b>", b"<table><tr><td>"):
        try:
            assert "deep" in extract("a.html", b"<html><body><p>deep</p>" + piece * 20_000 + b"deep").text
        except ParseError:
            continue


def test_a_pdf_whose_streams_unpack_to_much_is_bounded_by_its_deadline_alone() -> None:
    body = zlib.compress(b"BT (a) Tj ET " * 1000)
    content = b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode/Length " + str(len(body)).encode() + b">>stream\n" + body
    with pytest.raises(ParseError):
        extract("a.pdf", content + b"\nendstream endobj\n%%EOF")


def test_media_types() -> None:
    assert media_type("News One.PDF") == "application/pdf"
    assert media_type("a.bin") == "application/octet-stream"


def ends_well(name: str, content: bytes) -> bool:
    """Whether bytes give words that can be stored, or one line on what is wrong."""
    try:
        text = extract(name, content).text
    except KgError as error:
        return "\n" not in str(error)
    return bool(text.strip()) and text.encode().decode() == text


@settings(max_examples=60)
@given(
    st.sampled_from(ENDINGS),
    st.sampled_from(
        [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html><body><p>words</p>", b"\xff\xfe", b"<?xml version='1.0'"]
    ),
    st.binary(max_size=300),
    st.sampled_from([b"", b"\n%%EOF", b"</html>"]),
)
def test_any_bytes_end_in_a_text_or_one_error(ending: str, begin: bytes, middle: bytes, end: bytes) -> None:
    assert ends_well(f"any{ending}", begin + middle + end)


@settings(max_examples=25)
@given(st.data())
def test_a_mutilated_document_ends_in_a_text_or_one_error(data: st.DataObject) -> None:
    name, whole = data.draw(st.sampled_from(WHOLE))
    cut = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(cut) - 1))
        cut[at : at + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=10))
    assert ends_well(name, bytes(cut))


WHOLE = [
    ("a.pdf", made.pdf(["Jakarta, 4 Mei 2020", "Ia berkata begitu."])),
    ("a.docx", made.docx(["Jakarta, 4 Mei 2020", "Ia berkata begitu."])),
    ("a.html", made.html(["Jakarta, 4 Mei 2020", "Ia berkata begitu."]).encode()),
]
