"""Logs and tables of acts: the date fields of a record date what it tells."""

import pytest
from told import events

FIELDS_FIRST = (
    "start-date: 2003-01-12\nend-date: 2003-01-14\nPresident Kufuor of Ghana meets President Eyadema of Togo in Lome.\n\n"
    "start-date: 2003-02-03\nend-date: 2003-02-03\nPresident Konare of Mali visits Chad.\n"
)
FIELDS_LAST = (
    "President Kufuor of Ghana met President Eyadema of Togo in Lome.\nstart-date: 2003-01-12\nend-date: 2003-01-14\n\n"
    "President Konare of Mali arrived in Chad for a visit.\nstart-date: 2003-02-03\nend-date: 2003-02-03\n"
)
IN_A_LINE = (
    "start-date: 2003-01-12; end-date: 2003-01-14; event: President Kufuor of Ghana meets President Eyadema of Togo\n"
    "start-date: 2003-02-03; end-date: 2003-02-03; event: President Konare of Mali visits Chad\n"
)


@pytest.mark.parametrize("text", [FIELDS_FIRST, FIELDS_LAST, IN_A_LINE], ids=["first", "last", "in a line"])
def test_the_fields_of_a_record_date_its_acts(text: str) -> None:
    found = [(e.kind, e.date, e.countries, e.status, e.date_basis) for e in events(text)]
    basis = "the date fields of its record"
    assert found == [
        ("meeting", "2003-01-12/2003-01-14", ("GHA", "TGO"), "occurred", basis),
        ("visit", "2003-02-03", ("MLI", "TCD"), "occurred", basis),
    ]


def test_the_first_cell_of_a_row_dates_it() -> None:
    text = (
        "2003-01-12\tLome\tPresident Kufuor of Ghana meets President Eyadema of Togo\n"
        "2003-02-03\tNdjamena\tPresident Konare of Mali visits Chad\n"
    )
    assert [(e.kind, e.date, e.status) for e in events(text)] == [
        ("meeting", "2003-01-12", "occurred"), ("visit", "2003-02-03", "occurred")
    ]  # fmt: skip


def test_one_date_field_makes_no_log() -> None:
    text = "Meeting date: 2003-01-12\n\nPresident Kufuor of Ghana said on 15 January 2003 that he had met President Eyadema of Togo on 14 January 2003.\n"
    assert [e.date for e in events(text, "meeting")] == ["2003-01-14"]


def test_the_date_of_a_report_is_not_that_of_its_acts() -> None:
    text = (
        "date: 2003-01-15\nPresident Kufuor of Ghana met President Eyadema of Togo on 14 January 2003.\n\n"
        "date: 2003-02-05\nPresident Konare of Mali visited Chad on 3 February 2003.\n"
    )
    assert [e.date for e in events(text)] == ["2003-01-14", "2003-02-03"]
