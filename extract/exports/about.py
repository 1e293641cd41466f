"""What every file that is taken home says of itself: which events, of which data, from where, and how made."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass

HOW = (
    "Readout read these events out of texts, by rules and a trained encoder, and analysts may have corrected them. "
    "Each rests on the quotes given with it: read them before you cite it."
)
REVIEW = (
    "review: open (as extracted), confirmed, corrected, added, merged or split (decided by an analyst)."
)


def data_version(named: str) -> str:
    """Return the short name of some data, to be cited, from what identifies it."""
    return hashlib.sha256(named.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself.

    `title` names what it is about; `said` tells in words which events it holds; `version` names the data; `fitting` is
    how many events fit, of which the file was given the newest, `taken`; `moment` is when it, or the store that
    it was made of, was made; `view` is the address of the page that shows the events, or empty.
    """

    title: str
    said: str
    version: str
    fitting: int
    taken: int
    moment: dt.datetime
    view: str = ""

    def mapping(self) -> dict[str, str | int]:
        """Return all of it under short names."""
        return {
            "title": self.title, "events": self.said, "fitting": self.fitting, "taken": self.taken,
            "data_version": self.version, "view": self.view, "made": self.moment.isoformat(timespec="seconds"),
            "how": HOW, "review": REVIEW,
        }

    def lines(self) -> list[str]:
        """Say the same in sentences, but for the address."""
        many = f"{self.taken:,} event" + ("s" if self.taken != 1 else "")
        less = f", the newest of {self.fitting:,}" if self.taken < self.fitting else ""
        return [
            f"{self.said} {many}{less}.",
            f"Data version {self.version}, {self.moment.date().isoformat()}.",
            HOW,
        ]
