"""Small workbooks for tests, written cell by cell as the formats' own descriptions have them."""

from __future__ import annotations

import base64
import io
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
STYLES = f"""<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy hh:mm:ss"/>
<numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="164"/>
<xf numFmtId="165"/><xf numFmtId="14"/></cellXfs></styleSheet>"""


@dataclass(frozen=True)
class Cell:
    """A number as the file holds it, and how it is shown: 0 plainly, 1 as an instant, 2 as a length, 3 as a date."""

    number: str
    style: int = 0


def instant(serial: float) -> Cell:
    return Cell(repr(serial), 1)


def length(days: float) -> Cell:
    return Cell(repr(days), 2)


def day(serial: int) -> Cell:
    return Cell(str(serial), 3)


Row = list[str | Cell | None]


def xlsx(rows: dict[int, Row], *others: dict[int, Row], is_1904: bool = False, more: str = "") -> bytes:
    """A workbook of one sheet or several (named Sheet1, Sheet2, ...), each row number -> cells from column A on."""
    sheets = [rows, *others]
    calendar = '<workbookPr date1904="1"/>' if is_1904 else ""
    named = "".join(f'<sheet name="Sheet{at}" sheetId="{at}" r:id="r{at}"/>' for at in range(1, len(sheets) + 1))
    ways = "".join(_relation(f"r{at}", "worksheet", f"worksheets/s{at}.xml") for at in range(1, len(sheets) + 1))
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/></Types>',
        )
        book.writestr("_rels/.rels", _relations(_relation("r1", "officeDocument", "xl/workbook.xml")))
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{calendar}<sheets>{named}</sheets></workbook>',
        )
        book.writestr("xl/_rels/workbook.xml.rels", _relations(ways + _relation("st", "styles", "styles.xml")))
        book.writestr("xl/styles.xml", STYLES)
        for at, sheet in enumerate(sheets, start=1):
            body = "".join(_row(number, cells) for number, cells in sheet.items())
            book.writestr(
                f"xl/worksheets/s{at}.xml",
                f'<worksheet xmlns="{MAIN}"><sheetData>{body}{more}</sheetData></worksheet>',
            )
    return written.getvalue()


def _relations(content: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{content}</Relationships>'


def _relation(name: str, kind: str, target: str) -> str:
    return f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'


def _row(number: int, cells: Row) -> str:
    written = "".join(_cell(f"{chr(65 + at)}{number}", cell) for at, cell in enumerate(cells) if cell is not None)
    return f'<row r="{number}">{written}</row>'


def _cell(place: str, cell: str | Cell) -> str:
    if isinstance(cell, Cell):
        return f'<c r="{place}" s="{cell.style}"><v>{cell.number}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(cell)}</t></is></c>'


def ods(rows: list[list[str]]) -> bytes:
    """An OpenDocument workbook of one sheet of texts; `2026-01-05T10:00:00` is written as an instant."""
    cells = "".join(
        "<table:table-row>" + "".join(_ods_cell(text) for text in row) + "</table:table-row>" for row in rows
    )
    name = "urn:oasis:names:tc:opendocument:xmlns"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        book.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{name}:manifest:1.0"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
        book.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{name}:office:1.0" xmlns:table="{name}:table:1.0" '
            f'xmlns:text="{name}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Calls">'
            f"{cells}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return written.getvalue()


def _ods_cell(text: str) -> str:
    kind = f'"date" office:date-value="{text}"' if "T" in text and text[:2] == "20" else '"string"'
    return f"<table:table-cell office:value-type={kind}><text:p>{escape(text)}</text:p></table:table-cell>"


_XLS = """
eNrtWE1oE0EU/maTzR9NmtRUTIUSCtZaC22RghTSxFptLynVIP4gaGpzkMa0rLnUi9WaoyB4UrwU6sFL/Tn4gx705kGo1IMgCImCF0+Cgoc265uX
XUkjSgNaqMy3zJs3782befvmb2dfL4WK8/dbSqjBABwom164qmSCktcuBEF605SsnXsomQqbCl4PDaRLx1P/K7ccQzneJWi453xBFPhA6SSmMTqV
y0Q3EIPsQ1pIH2JEBW6RJIAIe9XE9AzTLUzvcs1nTBMsuco0RnWL4gSW4qOde61ZfExrY10Ast1HbPOOJb1oxks5iy9eE5W6OvYZZ9PZTaZodTZg
ATSgw5lcxpDlbbhNkcLQUHcy2X2cEB0Z6U8m+1OpIsI06gv4ZkaBr/byfh5V8o2VC5D8+1q5+zdyD41mrfy65gRmYZ7m1VKAHxGn1OjYn85mz6+g
A7JsJSlzVbKMoQOpfNrIU97T09vX55MbPW8MwTUbg58XTAPRCTQyH+JlEySHVu58WU6Oj8VPsWSWD4PKkbFDOgYTl6QFGQdYozF1UOpkfjfTy9zq
duZbmIbpBShvH2u2mINzXOcKa9upnz2MN/GdVXwH8YXPhx63Fj7GdxG/OFy6EF58G59HGx1hE2Qvnzl0iS5x84bEk7idC2t7ec808stW49GClu+m
dS42YhU+ZkNMKyUZHfGzpFmxktaixtpBMRGW9fSDmDM1KG0EtyAjVNFr5NdyzDxybuZTYkBrwkMOYaLqgPZBQUFBQUFBQUFB4Y8Q1qe4w7oa6Nan
vtv6r7NKqax+k/y3OIwpevJ0lzyAHOUGZuqaP1uhC7stsU4b+3+hxFHq3cAkxtmPybrnL13VRPX7rNsw+PeWUL39l+vx8x/3/wNJMtez
"""


def xls() -> bytes:
    """An old workbook of Call, Caller, Start with one record: 326702123456, the text 00155, 2026-01-05 10:00:07."""
    return zlib.decompress(base64.b64decode(_XLS))


def xlsm(rows: dict[int, Row]) -> bytes:
    """A workbook that holds macros too; what they are is nobody's business here."""
    written = io.BytesIO(xlsx(rows))
    with zipfile.ZipFile(written, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Shell" * 100)
    return written.getvalue()


def xlsb(rows: dict[int, Row]) -> bytes:
    """A binary workbook of one sheet, record by record as its format has them (MS-XLSB)."""
    width = max((len(cells) for cells in rows.values()), default=1)
    cells = b"".join(
        _brt(0, struct.pack("<IIHHBI", number - 1, 0, 300, 0, 0, 0))
        + b"".join(_binary_cell(at, cell) for at, cell in enumerate(row) if cell is not None)
        for number, row in rows.items()
    )
    size = struct.pack("<IIII", min(rows, default=1) - 1, max(rows, default=1) - 1, 0, width - 1)
    sheet = _brt(129) + _brt(148, size) + _brt(145) + cells + _brt(146) + _brt(130)
    bundle = struct.pack("<II", 0, 1) + _wide("r1") + _wide("Calls")
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("[Content_Types].xml", f'<Types xmlns="{PACKAGE}/content-types"/>')
        book.writestr("_rels/.rels", _relations(_relation("r1", "officeDocument", "xl/workbook.bin")))
        book.writestr("xl/workbook.bin", _brt(131) + _brt(143) + _brt(156, bundle) + _brt(144) + _brt(132))
        ways = _relation("r1", "worksheet", "worksheets/sheet1.bin")
        book.writestr("xl/_rels/workbook.bin.rels", _relations(ways))
        book.writestr("xl/worksheets/sheet1.bin", sheet)
    return written.getvalue()


def _brt(kind: int, content: bytes = b"") -> bytes:
    return _seven_bits(kind) + _seven_bits(len(content)) + content


def _seven_bits(number: int) -> bytes:
    return bytes([number]) if number < 128 else bytes([number & 127 | 128, number >> 7])


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _binary_cell(at: int, cell: str | Cell) -> bytes:
    place = struct.pack("<II", at, 0)
    return (
        _brt(5, place + struct.pack("<d", float(cell.number)))
        if isinstance(cell, Cell)
        else _brt(6, place + _wide(cell))
    )
