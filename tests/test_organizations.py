"""Organisations in text, and how the sessions of their organs count."""

from __future__ import annotations

import pytest

from extract.mentions.organizations import find_organizations, organization


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the UN Security Council and UNSC", ["United Nations Security Council"] * 2),
        ("the EU, NATO and Nato", ["European Union"] + ["North Atlantic Treaty Organization"] * 2),
        ("the Organisation of Islamic\nCooperation", ["Organisation of Islamic Cooperation"]),
        ("Shanghai Cooperation Organization; shanghai", ["Shanghai Cooperation Organization"]),
        ("the G-20, G7 and P5+1", ["Group of Twenty", "Group of Seven", "P5+1"]),
        ("WHO said; those who said", ["World Health Organization"]),
        ("the African Union's envoy", ["African Union"]),
        ("OPEC+ and ASEAN+3", ["Organization of the Petroleum Exporting Countries", "ASEAN Plus Three"]),
        ("the National Security Council, AUSTRIA, @UN", []),
        ("a European union of students", []),
    ],
)
def test_examples(text: str, expected: list[str]) -> None:
    assert [m.name for m in find_organizations(text)] == expected


def test_weak_names() -> None:
    assert [m.strong for m in find_organizations("the Commonwealth and the Commonwealth of Nations")] == [False, True]


@pytest.mark.parametrize(
    ("name", "number", "year"),
    [
        ("United Nations General Assembly", 78, 2023), ("World Health Assembly", 77, 2024), ("Group of Seven", 49, 2023),
        ("Shanghai Cooperation Organization", 23, 2023), ("BRICS", 15, 2023), ("IAEA General Conference", 67, 2023),
        ("Commission on the Status of Women", 68, 2024), ("Human Rights Council", 52, None), ("European Union", 1, None),
    ],
)
def test_sessions(name: str, number: int, year: int | None) -> None:
    body = organization(name)
    assert (body.session_year(number) if body else None) == year


def test_organization() -> None:
    body = organization("United Nations Human Rights Council")
    assert body is not None and body.has_sessions and body.session_base is None
    assert organization("nothing") is None
