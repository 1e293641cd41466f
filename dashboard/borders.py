"""The borders that the map draws: which disputed lands are drawn by themselves, and which with another state.

The events know nothing of it: their countries are codes, and the numbers of a code are the same under any borders.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from dashboard import geography, shapes, wording

# Each land that can be drawn as part of a state: its code in the file of shapes -> the code of that state.
WITHIN = {"ESH": "MAR", "XKX": "SRB", "CYN": "CYP", "PSE": "ISR", "SOL": "SOM", "TWN": "CHN"}
# Those that the record of events has no code for; no event could ever be drawn there.
_NAMELESS = {"CYN": "Northern Cyprus", "SOL": "Somaliland", "KAS": "the Siachen Glacier"}
# By default a land is drawn by itself if the record has a code for it (ISO 3166-1, and XKX).
DEFAULT = frozenset({"CYN", "SOL"})
NONE = "none"
Joined = frozenset[str]


def decode(value: str) -> tuple[Joined, list[str]]:
    """Read the lands that are drawn as part of a state from a link; returns what of it is unknown as well."""
    if not value:
        return DEFAULT, []
    asked = [code for code in value.split(",") if code and code != NONE]
    return frozenset(asked) & WITHIN.keys(), [code for code in asked if code not in WITHIN]


def encode(joined: Collection[str]) -> str:
    """Return what stands in a link for the lands that are drawn as part of a state: nothing for the default."""
    if frozenset(joined) == DEFAULT:
        return ""
    return ",".join(code for code in WITHIN if code in joined) or NONE


def drawn(joined: Joined) -> dict[str, str]:
    """Return the shapes to draw: the code of a country, or of a land without one, -> the id of its shape."""
    whole = {code: code for code in shapes.outlines() if "+" not in code and code != shapes.UNDRAWN}
    for land in joined:
        whole[WITHIN[land]] = f"{WITHIN[land]}+{land}"
        del whole[land]
    return whole


def small(joined: Joined) -> dict[str, tuple[float, float]]:
    """Return the points of the countries to be drawn as a mark, since they are small or have no shape."""
    return {code: place for code, place in shapes.points().items() if code not in joined and code not in _NAMELESS}


def land(code: str) -> str:
    """Return the name of a land, also of one that the record has no code for."""
    return _NAMELESS.get(code) or geography.name(code)


def choice(code: str) -> str:
    """Say of a land with which state it can be drawn."""
    return f"{land(code)} with {geography.name(WITHIN[code])}"


def policy(joined: Joined) -> str:
    """Say in words which borders are drawn."""
    parts = []
    if together := _sorted(joined):
        parts.append(f"Drawn as one: {wording.listed([choice(code) for code in together], 'and')}.")
    if apart := _sorted(WITHIN.keys() - joined):
        parts.append(f"Drawn by themselves: {wording.listed([land(code) for code in apart], 'and')}.")
    parts.append("Crimea is drawn with Ukraine. Numbers are those of the codes in the record and do not change with "
                 "the borders. These are those of the data set (Natural Earth, Visionscarto) and imply no opinion.")
    return " ".join(parts)


def _sorted(codes: Iterable[str]) -> list[str]:
    return sorted(codes, key=land)
