"""The page of a report: charts, table, events and quotes put into one file which asks nobody for anything."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from plotly import offline

from dashboard import geography, wording
from dashboard.briefing import facts, where
from dashboard.report import figures
from dashboard.report.figures import Drawn
from extract import edtf
from extract.exports import About, Row, flat

_HERE = Path(__file__).parent


def to_html(rows: Sequence[Row], drawn: Sequence[Drawn], about: About) -> bytes:
    """Return the report on these events, in the order given, and its charts as one page of HTML in UTF-8.

    Its policy allows the two scripts of the page, by their digests, and no connection to anywhere.
    """
    scripts = [_library() if drawn else "", (_HERE / "report.js").read_text(encoding="utf-8")]
    shown = [_event(number, row) for number, row in enumerate(rows, 1)]
    data = {
        "charts": [{"name": one.name, "figure": _figure(one)} for one in drawn],
        "palettes": figures.palettes(), "events": [row["id"] for row in rows],
        "names": {code: geography.name(code) for row in rows for code in row["countries"]},
        **(figures.assets() if drawn else {}),
    }
    page = _environment().get_template("report.html").render(
        about=about, said=list(map(flat, about.lines())), title=flat(about.title), drawn=drawn, events=shown,
        data=_data(data), scripts=[Markup(script) for script in scripts if script], policy=_policy(scripts),
        style=Markup((_HERE / "report.css").read_text(encoding="utf-8")), language=geography.language(),
    )
    return page.encode()


@cache
def _environment() -> Environment:
    return Environment(loader=FileSystemLoader(_HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True)


@cache
def _library() -> str:
    return str(offline.get_plotlyjs())


def _policy(scripts: Sequence[str]) -> str:
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts if script]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    # Plotly writes its own styles, and a picture to be saved passes through an image that it has made itself.
    return (f"default-src 'none'; script-src {allowed}; style-src 'unsafe-inline'; img-src data: blob:; "
            "base-uri 'none'; form-action 'none'")


def _figure(one: Drawn) -> dict[str, Any]:
    """Return the figure as plain data, without Plotly's own theme: report.js gives it that of the page."""
    return {"data": one.chart.figure.data, "layout": one.chart.figure.layout}


def _data(data: dict[str, Any]) -> Markup:
    """Return data as JSON that can stand in a page: nothing in it can end the element, whatever it contains."""
    written = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        written = written.replace(char, f"\\u{ord(char):04x}")
    return Markup(written)


def _event(number: int, row: Row) -> dict[str, Any]:
    """Return an event as the template wants it: words, and no markup."""
    days = edtf.bounds(row["date"])
    actors = [
        flat(" ".join(filter(None, [one["name"], f"({words})" if (words := ", ".join(
            filter(None, [one["role"], one["country"]]))) else ""]))) for one in row["actors"] or ()
    ]
    return {
        "number": number, "kind": row["kind"], "glyph": wording.GLYPHS[row["kind"]],
        "title": flat(row["title"]) or "(no title)", "date": wording.date(row["date"]),
        "short": wording.short_date(row["date"]), "edtf": row["date"], "basis": flat(row["date_basis"] or ""),
        "first": days[0].isoformat() if days else "", "last": days[1].isoformat() if days else "",
        "codes": row["countries"], "countries": [geography.name(code) for code in row["countries"]],
        "place": flat(row["place"] or ""), "status": wording.STATUSES[row["status"]], "review": row["review"],
        "facts": facts(row), "actors": actors, "organizations": list(map(flat, row["organizations"] or ())),
        "quotes": [{"text": flat(source["quote"]), "where": where(source)} for source in row["sources"]],
    }
