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


STAYS = [
    ("2003-01-12", "2003-01-14", "Ghana", "Accra", "Met with President Kufuor."),
    ("2003-02-03", "2003-02-03", "Norway", "Oslo", "Attended the Nordic Energy Forum."),
    ("2003-02-05", "2003-02-06", "Brazil", "Nairobi", "Rested."),
]
HEADING = "Travels abroad of Kenyan Foreign Minister Kalonzo Musyoka\n\n"
FIELDS = ("start-date", "end-date", "country", "locale", "remarks")


def _log(before: str, field: str, between: str, after: str) -> str:
    records = []
    for stay in STAYS[:2]:
        cells = [field.format(name=name, value=value) for name, value in zip(FIELDS, stay, strict=True)]
        records.append(before + between.join(cells) + after)
    return "".join(records)


LAYOUTS = {
    "lines": HEADING + _log("", "{name}: {value}", "\n", "\n\n"),
    "no blank lines": HEADING + _log("", "{name}: {value}", "\n", "\n"),
    "name first": _log("name: Kenyan Foreign Minister Kalonzo Musyoka\n", "{name}: {value}", "\n", "\n"),
    "attributes": HEADING + _log("<trip ", '{name}="{value}"', " ", "/>\n"),
    "list items": HEADING + _log("- ", '{name}: "{value}"', "\n  ", "\n"),
    "bars": HEADING + " | ".join(FIELDS) + "\n" + _log("", "{value}", " | ", "\n"),
    "one line": HEADING + _log("", "{name}: {value}", " ", "\n"),
    "semicolons": HEADING + _log("", "{name}: {value}", "; ", "\n"),
    "elements": HEADING + _log("<trip>\n", "<{name}>{value}</{name}>", "\n", "\n</trip>\n"),
    "table": HEADING + "\t".join(FIELDS) + "\n" + _log("", "{value}", "\t", "\n"),
    "name in a field": _log("name: Kalonzo Musyoka\nfrom: Kenya\n", "{name}: {value}", "\n", "\n\n"),
    "surname first": _log("name: Musyoka, Kalonzo\nfrom: Kenya\n", "{name}: {value}", "\n", "\n\n"),
}


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_each_record_of_a_log_of_travel_is_a_visit(text: str) -> None:
    found = [(e.date, e.countries, e.place, e.status) for e in events(text, "visit")]
    assert found == [
        ("2003-01-12/2003-01-14", ("GHA", "KEN"), "Accra", "occurred"),
        ("2003-02-03", ("KEN", "NOR"), "Oslo", "occurred"),
    ]


@pytest.mark.parametrize("layout", sorted(LAYOUTS.keys() - {"table", "bars"}))
def test_whom_the_remarks_name_the_traveller_met(layout: str) -> None:
    first, *_ = events(LAYOUTS[layout], "meeting")
    assert (first.date, first.countries) == ("2003-01-12/2003-01-14", ("GHA", "KEN"))
    assert [actor.name for actor in first.actors] == ["Kalonzo Musyoka", "Kufuor"]


@pytest.mark.parametrize("layout", ["table", "bars"])
def test_the_remarks_of_a_row_are_of_its_days_and_its_traveller(layout: str) -> None:
    first, *_ = events(LAYOUTS[layout], "meeting")
    assert (first.date, first.countries) == ("2003-01-12/2003-01-14", ("GHA", "KEN"))


def _noted(remarks: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Return the meetings of a log whose first record has these remarks."""
    text = LAYOUTS["lines"].replace("Met with President Kufuor.", remarks)
    return [(e.kind, e.date, e.countries) for e in events(text, "meeting") if e.date.startswith("2003-01")]


NOTES = {
    "the day of a meeting": ("Met January 13 with President Kufuor.", ("2003-01-13", ("GHA", "KEN"))),
    "briefed": ("Briefed President Kufuor on talks with Nigerian leaders.", ("2003-01-12/2003-01-14", ("GHA", "KEN"))),
    "taken along": (
        "Accompanied President Kibaki to an informal meeting with President Kufuor.",
        ("2003-01-12/2003-01-14", ("GHA", "KEN")),
    ),
    "after a semicolon": ("Official visit; met with President Kufuor.", ("2003-01-12/2003-01-14", ("GHA", "KEN"))),
}


@pytest.mark.parametrize(("remarks", "meeting"), NOTES.values(), ids=NOTES.keys())
def test_a_note_is_one_meeting_of_the_traveller(remarks: str, meeting: tuple[str, tuple[str, ...]]) -> None:
    assert _noted(remarks) == [("meeting", *meeting)]


@pytest.mark.parametrize("remarks", ["Overnight stop.", "Accompanied President Kibaki.", "Discussed the weather."])
def test_a_note_that_names_nobody_of_another_state_is_no_meeting(remarks: str) -> None:
    assert not _noted(remarks)


def test_two_notes_are_two_meetings() -> None:
    found = _noted("Met with President Kufuor. Also met with Nigerian President Obasanjo.")
    assert [countries for _, _, countries in found] == [("GHA", "KEN"), ("KEN", "NGA")]


GUESTS = (
    "start-date: 2003-01-12\nend-date: 2003-01-14\nvisitor: President Kufuor\nfrom: Ghana\ndescription: State visit. "
    "Met with President Kibaki January 13.\n\n"
    "start-date: 2003-02-03\nend-date: 2003-02-03\nvisitor: King Tupou\nfrom: Congo, Republic of\n"
    "description: Private visit. Visited Mombasa.\n"
)


def test_guests_of_the_state_that_the_heading_names() -> None:
    found = [(e.kind, e.date, e.countries) for e in events("Visits to Kenya by foreign leaders\n\n" + GUESTS)]
    assert found == [
        ("visit", "2003-01-12/2003-01-14", ("GHA", "KEN")),
        ("meeting", "2003-01-13", ("GHA", "KEN")),
        ("visit", "2003-02-03", ("COG", "KEN")),
    ]


def test_guests_of_nobody_in_particular_visit_no_state() -> None:
    assert not events("Visits by foreign leaders\n\n" + GUESTS.replace("Visited Mombasa.", ""), "visit")


def test_the_proof_of_a_visit_in_a_log_is_its_record() -> None:
    visit, _ = events(LAYOUTS["lines"], "visit")
    assert visit.sources[0].quote.startswith("start-date: 2003-01-12")
    assert "country: Ghana" in visit.sources[0].quote


NO_TRAVEL = {
    "days at home": "start-date: 2003-01-12\ncountry: Kenya\nlocale: Mombasa\n\nstart-date: 2003-02-03\ncountry: Kenya\nlocale: Kisumu\n",
    "what happened": "start-date: 2003-01-12\nplace: Accra\nevent: ferry service suspended\n\nstart-date: 2003-02-03\nplace: Oslo\nevent: staff meeting\n",
    "no state": "start-date: 2003-01-12\nlocale: Accra\n\nstart-date: 2003-02-03\nlocale: Oslo\n",
}


@pytest.mark.parametrize("records", NO_TRAVEL.values(), ids=NO_TRAVEL.keys())
def test_a_record_that_names_no_state_abroad_is_no_visit(records: str) -> None:
    assert not events(HEADING + records, "visit")


def test_a_log_that_does_not_say_who_travels_tells_no_visit() -> None:
    assert not events(LAYOUTS["lines"].removeprefix(HEADING), "visit")
