"""A briefing as a document of Word (DOCX) with real footnotes, which python-docx reads but does not write by itself."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import OxmlElement, parse_xml
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

from dashboard.briefing.entries import Briefing, Entry

_GREY = RGBColor(0x59, 0x59, 0x59)
# The numbers 0 and 1 belong to the lines between text and footnotes.
_FIRST = 2
_REFERENCE, _TEXT = "FootnoteReference", "FootnoteText"


def to_docx(briefing: Briefing) -> bytes:
    """Return the briefing as DOCX. Text of documents is text alone: no field, link or markup comes of it."""
    document = Document()
    _styles(document)
    document.core_properties.title = briefing.title[:250]
    document.core_properties.author = "Readout"
    document.core_properties.comments = ""
    document.add_heading(briefing.title, level=0)
    for said in briefing.about:
        _paragraph(document, said, "Facts")
    if briefing.view:
        _paragraph(document, f"These events in Readout: {briefing.view}", "Facts")
    for heading, entries in briefing.sections:
        document.add_heading(heading, level=1)
        for entry in entries:
            _entry(document, entry)
    _add_notes(document, briefing.notes)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _styles(document: Any) -> None:
    """Add the styles of facts, quotes and footnotes to those that python-docx brings."""
    styles = document.styles
    facts = styles.add_style("Facts", WD_STYLE_TYPE.PARAGRAPH)
    facts.base_style, facts.font.size, facts.font.color.rgb = styles["Normal"], Pt(9), _GREY
    facts.paragraph_format.space_after = Pt(4)
    quoted = styles.add_style("Quoted", WD_STYLE_TYPE.PARAGRAPH)
    quoted.base_style = styles["Normal"]
    quoted.paragraph_format.left_indent, quoted.paragraph_format.space_after = Cm(0.8), Pt(6)
    note = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.size = styles["Normal"], Pt(9)
    note.paragraph_format.space_after = Pt(0)
    reference = styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    note.element.set(qn("w:styleId"), _TEXT)
    reference.element.set(qn("w:styleId"), _REFERENCE)


def _entry(document: Any, entry: Entry) -> None:
    head = document.add_paragraph()
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_before, head.paragraph_format.space_after = Pt(10), Pt(0)
    head.add_run(f"{entry.date}. ")
    head.add_run(entry.title).bold = True
    if entry.more:
        _refer(head, entry.more)
    facts = _paragraph(document, entry.facts, "Facts")
    facts.paragraph_format.keep_with_next = bool(entry.quotes)
    for quote in entry.quotes:
        _refer(_paragraph(document, f"“{quote.text}”", "Quoted"), quote.note)


def _paragraph(document: Any, text: str, style: str) -> Any:
    """Add a paragraph; its style is set by id, since python-docx looks through all styles for a name."""
    added = document.add_paragraph(text)
    added._p.style = style
    return added


def _refer(paragraph: Any, number: int) -> None:
    """Put the sign of a footnote at the end of a paragraph."""
    run = OxmlElement("w:r")
    properties, style = OxmlElement("w:rPr"), OxmlElement("w:rStyle")
    style.set(qn("w:val"), _REFERENCE)
    properties.append(style)
    sign = OxmlElement("w:footnoteReference")
    sign.set(qn("w:id"), str(number - 1 + _FIRST))
    run.append(properties)
    run.append(sign)
    paragraph._p.append(run)


def _add_notes(document: Any, notes: Sequence[str]) -> None:
    """Add the part of the package that holds the footnotes."""
    root = parse_xml(
        f'<w:footnotes {nsdecls("w")}>'
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p>'
        "</w:footnote></w:footnotes>"
    )
    for number, said in enumerate(notes, _FIRST):
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:pPr><w:pStyle w:val="{_TEXT}"/></w:pPr>'
            f'<w:r><w:rPr><w:rStyle w:val="{_REFERENCE}"/></w:rPr><w:footnoteRef/></w:r>'
            '<w:r><w:t xml:space="preserve"></w:t></w:r></w:p></w:footnote>'
        )
        note.find(f".//{qn('w:t')}").text = f" {said}"
        root.append(note)
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
