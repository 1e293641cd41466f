"""The state of a titled person where no words name it: told by who stands beside, the place of a meeting, a source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extract.mentions.countries import CountryMention
from extract.mentions.name_words import word_sorts
from extract.mentions.office_holders import office_of
from extract.mentions.people_home import home_of
from extract.mentions.people_scene import Draft, Scene
from extract.model import Article

_JOINTS = frozenset((",", "and", "&"))
_TOWARDS = frozenset(("in", "to", "at", "visit", "visits", "visited", "visiting", "tour", "toured", "through"))
_COMPANY = frozenset(("joined", "accompanied"))  # whoever comes along comes from elsewhere
_REACH = 45
_NEAR = 14
_RANKS = {"president": 3, "monarch": 3, "heir": 2, "head of government": 2}
_BEFORE_PARTNER = frozenset(("the", "his", "her", "their", "its", "then", "newly", "new", "mr", "mrs", "ms", "dr"))
_SENT = ("head", "leader", "chief", "representative", "delegate", "negotiator")
_HEADER = 2000
_OPENING = 6
_BEFORE_DATE = re.compile(r",\s+(?:\d{1,2}\s+[A-Z][a-z]{2,8}|[A-Z][a-z]{2,8}\.?\s+\d{1,2})\b")
_NAMED = ("name", "demonym")
_STATE_KINDS = frozenset(("state", "spokesperson", "royal"))
_ABROAD = frozenset(("diplomatic", "military"))  # serve in other states' capitals too


@dataclass(frozen=True, slots=True)
class Setting:
    """The states that an article as a whole points to.

    That of its dateline's capital, the one whose release it is, and the only other state that a release opens with.
    """

    dateline: str | None
    home: str | None
    guest: str | None = None


def setting_of(article: Article, countries: Sequence[CountryMention]) -> Setting:
    """Return the setting of an article, whose states are `countries`.

    A dateline counts when it names a capital, and the text names its state otherwise too ("BRUSSELS" alone tells
    nothing of Belgium).
    """
    capital = _capital_of_origin(article, countries)
    named = capital is not None and any(m.code == capital.code and m != capital and m.form in _NAMED for m in countries)
    home = home_of(article, countries)
    return Setting(capital.code if capital and named else None, home, _guest(article, countries, home))


def _guest(article: Article, countries: Sequence[CountryMention], home: str | None) -> str | None:
    """Return the state other than `home` that the opening of a release names, if it names only one."""
    if home is None:
        return None
    last = article.paragraphs[: _OPENING][-1].end if article.paragraphs else article.start
    here = countries[bisect_left(countries, article.start, key=lambda m: m.start) :]
    found = {m.code for m in here if m.end <= last and m.strong and m.form in (*_NAMED, "capital")} - {home}
    return found.pop() if len(found) == 1 else None


def _capital_of_origin(article: Article, countries: Sequence[CountryMention]) -> CountryMention | None:
    """Return the state named in the dateline, or else first on a line and before a date: "MANILA, 3 May 2011"."""
    text, line = article.document.text, article.dateline
    for mention in countries[bisect_left(countries, article.start, key=lambda m: m.start) :]:
        if line is not None and line.place:
            if line.start <= mention.start < line.end and mention.form == "capital":
                return mention
        elif mention.start > article.start + _HEADER:
            break
        elif mention.form in ("capital", "name") and _BEFORE_DATE.match(text, mention.end):
            begin = max(text.rfind("\n", article.start, mention.start) + 1, article.start)
            if not any(character.isalnum() for character in text[begin : mention.start]):
                return mention
    return None


def hint(scene: Scene, before: tuple[Draft, str] | None, draft: Draft, setting: Setting) -> tuple[str, str] | None:
    """Return the state of a titled person that the surroundings tell, and the basis (`beside` or `setting`), or None.

    `before` is the person named before in the paragraph, with the state. Only offices of state are placed so, and no
    "Siemens President".
    """
    title = draft.title
    if title is None or title.countries or title.organization or draft.country or has_unknown_owner(scene, draft):
        return None
    if title.kind not in (*_STATE_KINDS, *_ABROAD) and not title.head.endswith(("president", "speaker")):
        return None
    if before is not None:
        offices = office_of(scene.role(before[0])), office_of(scene.role(draft))
        if stands_beside(scene, before[0], draft, offices):
            return before[1], "beside"
    sent = of_delegation(scene, draft) or sent_as(scene, draft)
    if sent is not None:
        return sent, "beside"
    if title.kind in _ABROAD:
        return None
    state = met_there(scene, draft)
    if state is None and setting.home is not None:
        state = partner(scene, draft, setting) if is_partner(scene, draft) else setting.home
    else:
        state = state or setting.dateline
    return (state, "setting") if state else None


def is_partner(scene: Scene, draft: Draft) -> bool:
    """Tell whether somebody is the one met, called or thanked, so that in a release it is not its own official.

    "The Secretary met with Prime Minister Ann Lee"; "was received by the President".
    """
    index = draft.first - 1
    while scene.key(index) in _BEFORE_PARTNER:
        index -= 1
    return scene.key(index) in word_sorts()["partner"]


def partner(scene: Scene, draft: Draft, setting: Setting) -> str | None:
    """Return whose official a release tells to have been met: of the state named last before, or the only other one.

    "In Suva, Minister Lee called on President Ratu". Where several are named before in the paragraph, none.
    """
    before = [found[0] for index, found in scene.states.items() if index < draft.first]
    named = {m.code for m in before if m.strong and m.form in (*_NAMED, "capital")} - {setting.home}
    return setting.guest if not named else named.pop() if len(named) == 1 else None


def stands_beside(scene: Scene, before: Draft, draft: Draft, offices: tuple[str, str]) -> bool:
    """Tell whether a titled person without a state shares that of the one named before, in a list of one government.

    "Chilean President Gabriel Boric and Foreign Minister Alberto van Klaveren"; not "... and King Felipe": `offices`,
    the classes of the two offices, must descend.
    """
    gap = [scene.key(index) for index in range(before.last, draft.first)]
    if len(gap) > 3 or not gap or any(key not in _JOINTS for key in gap):
        return False
    first, second = (_RANKS.get(office, 1) for office in offices)
    return second < first or (first == second == 1 and offices[0] != offices[1])


def of_delegation(scene: Scene, draft: Draft) -> str | None:
    """Return the state whose delegation holds a person: "the Kenyan delegation, led by Minister John Mbadi"."""
    for index in range(draft.first - 1, max(-1, draft.first - _NEAR), -1):
        if scene.key(index) in (".", ";"):
            return None
        found = scene.states.get(index)
        if found is not None:
            return found[0].code if scene.key(found[1]) in word_sorts()["sent"] else None
    return None


def sent_as(scene: Scene, draft: Draft) -> str | None:
    """Return the state that a person is said to represent: "Minister Ann Lee will attend as Fiji's representative".

    Not: "met Minister Ann Lee and Fiji's representative", who is somebody else.
    """
    for index in range(draft.last, min(len(scene.words) - 1, draft.last + _REACH)):
        if scene.key(index) == "." or (scene.key(index) == ";" and scene.key(index - 1) != "nbsp"):
            return None
        if scene.key(index) in ("as", "representing"):
            begin = index + 2 if scene.key(index + 1) == "the" else index + 1
            state = scene.titles.state_at(begin)
            if scene.key(index) == "representing" and state is not None:
                return state[0]
            title = scene.titles.read(begin) if state is not None and begin < len(scene.words) else None
            if title is not None and title.countries and title.head.startswith(_SENT):
                return title.countries[0]
    return None


def met_there(scene: Scene, draft: Draft) -> str | None:
    """Return the state in which a titled person without a state is met; it is the one named last before.

    "She will travel to Lima, Peru, to meet with President Dina Boluarte"; "Kenyan leaders, including Foreign Minister
    Musalia Mudavadi". Not: "discussed the war in Yemen with Foreign Minister Musalia Mudavadi".
    """
    sorts, met = word_sorts(), False
    for index in range(draft.first - 1, max(-1, draft.first - _REACH), -1):
        found = scene.states.get(index)
        if scene.key(index) in _COMPANY:
            return None
        if found is None:
            met = met or scene.key(index) in sorts["meeting"]
            continue
        mention, after = found
        if not mention.strong or not met:
            return None
        if mention.form == "demonym":
            return mention.code if scene.key(after) in ("leaders", "officials", "counterparts") else None
        return mention.code if mention.form in ("name", "capital") and _is_destination(scene, index) else None
    return None


def _is_destination(scene: Scene, index: int) -> bool:
    """Tell whether a word of travel leads to the place at `index`: "will travel to Lima, Peru"; "In Peru, she met"."""
    travel = word_sorts()["travel"]
    while index and (scene.key(index - 1) in (",", "the") or scene.words[index - 1].shape == "a"):
        index -= 1
        if scene.words[index].shape == "a" and scene.key(index) in _TOWARDS:
            return True
    if index and scene.key(index - 1) in travel:
        return True
    if scene.key(index - 1) not in _TOWARDS:
        return False
    return any(scene.key(k) in travel for k in range(index - 2, max(-1, index - 8), -1))


def has_unknown_owner(scene: Scene, draft: Draft) -> bool:
    """Tell whether a capitalised word stands right before the title, whose office it is: "Siemens President Li"."""
    index = draft.first - 1
    if index < 0 or scene.heading:
        return False
    word = scene.words[index]
    return word.shape in "AaI" and scene.key(index - 1) not in ("", ".", "?", "!", ":", '"')
