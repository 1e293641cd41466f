"""What every file that is taken home says of itself: which events, of which data, from where, and how made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

HOW = (
    "Readout read these events out of texts, by rules and a trained encoder, and analysts may have corrected them. "
    "Each rests on the quotes given with it: read them before you cite it."
)
REVIEW = (
    "review: open (as extracted), confirmed, corrected, added, merged or split (decided by an analyst)."
)


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself.

    `title` names what it is about; `said` tells in words which events it holds; `view` is the address of the page that
    shows them, or empty; `version` names the data; `fitting` is how many events fit, of which a file with a limit holds
    the newest; `moment` is when the file was made.
    """

    title: str
    said: str
    version: str
    fitting: int
    moment: dt.datetime
    view: str = ""

    def mapping(self, written: int) -> dict[str, str | int]:
        """Return all of it under short names, for a file that holds `written` events."""
        return {
            "title": self.title, "events": self.said, "fitting": self.fitting, "written": written,
            "data_version": self.version, "view": self.view, "made": self.moment.isoformat(timespec="seconds"),
            "how": HOW, "review": REVIEW,
        }

    def lines(self, written: int) -> list[str]:
        """Say the same in sentences, but for the address, for a file of `written` events that is read by people."""
        many = f"{written:,} event" + ("s" if written != 1 else "")
        less = f", the newest of {self.fitting:,}" if written < self.fitting else ""
        return [
            f"{self.said} {many}{less}.",
            f"Data version {self.version}, taken on {self.moment.date().isoformat()}.",
            HOW,
        ]
