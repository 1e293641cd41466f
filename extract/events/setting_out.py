"""Acts for which somebody set out: still to come while the journey is news, long over where it is told years later."""

from __future__ import annotations

from dataclasses import replace

from extract import edtf
from extract.events.scene import Scene
from extract.events.status import StatusReading
from extract.events.timing import date_trigger
from extract.events.triggers import Trigger
from extract.events.when import When

_SET_OUT = frozenset(
    ["left", "headed", "departed", "flew", "travelled", "traveled", "went", "came", "returned", "arrived", "arrives"]
)
_A_WEEK = 7


def set_out(scene: Scene, trigger: Trigger, reading: StatusReading, when: When) -> tuple[StatusReading, When]:
    """Return the status and date of an act by what is told of the journey to it, or those given.

    "Left for Lima on Monday to meet the premier" is of that Monday, not of the one to come. "Travelled to Lima in May
    2010 to meet the premier" tells, more than a week later, of what took place.
    """
    if reading.status != "planned" or reading.cue not in _SET_OUT:
        return reading, when
    past = date_trigger(scene.ann, trigger, scene.triggers, "past", scene.date_before(), scene.line)
    then, now = edtf.bounds(past.date), edtf.bounds(scene.ann.created.value)
    if not past.dated or then is None or now is None or then[1] > now[1]:
        return reading, when
    if (now[0] - then[1]).days > _A_WEEK:
        return replace(reading, status="occurred", tense="past"), past
    return reading, past
