"""Offices that stand alone in a release: "the Secretary will meet" is its own, until a foreign one was named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.mentions.office_holders import office_of
from extract.mentions.people_cast import Cast
from extract.mentions.people_scene import Draft, Scene
from extract.mentions.people_setting import Setting, is_partner, partner

Read = Sequence[tuple[Scene, list[Draft]]]


def with_own_offices(cast: Cast, read: Read, setting: Setting) -> list[tuple[Scene, list[Draft]]]:
    """Give offices alone their state, in the paragraphs of a release: its own, or that of the one met.

    "The Prime Minister spoke to the Prime Minister of Fiji, Sitiveni Rabuka. The Prime Minister thanked him": twice
    its own, since it was spoken of before the foreign one. Not: "President Ratu of Fiji arrived. The President said".
    """
    home = setting.home
    if home is None:
        return list(read)
    first: dict[str, int] = {}
    for scene, drafts in read:
        for draft in drafts:
            if _stands_alone(draft) and not is_partner(scene, draft):
                first.setdefault(_office(scene, draft), scene.words[draft.first].start)
    done = []
    for scene, drafts in read:
        told = []
        for draft in drafts:
            state = _state(cast, scene, draft, setting, first) if _stands_alone(draft) else None
            told.append(replace(draft, hint=(state, "setting")) if state else draft)
        done.append((scene, told))
    return done


def _stands_alone(draft: Draft) -> bool:
    return draft.start == draft.end and draft.country is None


def _office(scene: Scene, draft: Draft) -> str:
    return office_of(scene.role(draft)) or scene.role(draft).lower()


def _state(cast: Cast, scene: Scene, draft: Draft, setting: Setting, first: dict[str, int]) -> str | None:
    home, office = setting.home, _office(scene, draft)
    bearers = cast.by_office.get(office, {})
    foreign = [cast.people[n].at for code, numbers in bearers.items() if code != home for n in numbers]
    if home in bearers or not foreign:
        return partner(scene, draft, setting) if is_partner(scene, draft) and home not in bearers else home
    return home if office in first and first[office] < min(foreign) and not is_partner(scene, draft) else None
