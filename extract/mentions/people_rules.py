"""The constructions in which a text introduces persons, each a small named rule over one paragraph."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from extract.mentions.name_words import name_parts, word_sorts
from extract.mentions.people_scene import Draft, Scene
from extract.mentions.title_words import lexicon
from extract.mentions.titles_of_office import Title

_OPENERS = frozenset((",", "(", "-"))
_CLOSERS = frozenset(("", ",", ".", ")", ";", ":", "-", '"', "?", "!", "]"))
_OWNERS = frozenset(("the", "its", "their", "his", "her", "our", "my", "'s", "'", "country's"))
_OFFICE_ONLY = frozenset(("state", "diplomatic", "royal", "spokesperson", "party"))
_BRACKET = 8

Rule = Callable[[Scene, int], tuple[list[Draft], int] | None]
_SURNAME_AND_MORE = 2
_HEADS = frozenset(("minister", "president", "secretary", "premier", "ambassador", "councilor", "councillor"))


def several_title_holders(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """Several names after one title: "Presidents Ruto and Museveni", "foreign ministers Penny Wong of Australia and X".

    Also offices alone: "the foreign ministers of Kenya and Norway", "the Danish and Swedish prime ministers".
    """
    title = scene.titles.read(index)
    if title is None or not title.plural:
        return None
    drafts: list[Draft] = []
    position = title.end
    while True:
        start = scene.after_honorifics(position)
        end = scene.names.end(start, after_title=True)
        if end == start:
            break
        country, after = _state_after(scene, end)
        position_in = len(drafts)
        if country is None and len(title.countries) == 1:
            country = title.countries[0]
        elif country is None and position_in < len(title.countries) > 1:
            country = title.countries[position_in]
        first = start if drafts else title.start
        drafts.append(Draft(start, end, first, after, "several title holders", title, country))
        position = after
        if scene.key(position) == "," and scene.key(position + 1) == "and":
            position += 1
        if scene.key(position) not in ("and", ",", "&"):
            break
        position += 1
    if drafts:
        return drafts, drafts[-1].last
    if title.countries and title.kind in _OFFICE_ONLY and title.alone:
        end = title.end
        return [Draft(end, end, title.start, end, "offices alone", title, code) for code in title.countries], end
    return None


def title_before_name(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A title right before a name.

    "Norwegian Foreign Minister Espen Barth Eide", "President of Kenya William Ruto", "Prime Minister Dr Abiy Ahmed of
    Ethiopia", "the Taoiseach (Irish prime minister) Jane Doe". Not: "Kenyan official Air Tanzania".
    """
    title = scene.titles.read(index)
    if title is None or title.plural or title.group:
        return None
    position, bracketed = _after_bracket(scene, title.end)
    if bracketed is not None and bracketed.countries and not title.countries:
        title = replace(title, countries=bracketed.countries)
    start = scene.after_honorifics(position)
    end = scene.names.end(start, after_title=True)
    # "Member of the Bureau and Foreign | Minister Wang Yi": a long title may have taken a part of the next one.
    while end - start > _SURNAME_AND_MORE and scene.key(start) in _HEADS:
        start += 1
    if end == start or (title.kind == "weak" and not title.countries):
        return None
    return _introduced(scene, title, start, end, "title before name")


def _after_bracket(scene: Scene, index: int) -> tuple[int, Title | None]:
    """Return the index after brackets behind a title, "(Hamas)" or "(Irish PM)", and the title in them, or `index`."""
    if scene.key(index) != "(":
        return index, None
    close = next((k for k in range(index + 2, index + _BRACKET) if scene.key(k) == ")"), None)
    inner = scene.titles.read(index + 1) if close else None
    if close is None or not (close == index + 2 or (inner is not None and inner.end == close)):
        return index, None
    return close + 1, inner


def title_comma_name(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A title with a state or an article, a comma, and the name.

    "the Kenyan foreign minister, Musalia Mudavadi, said". Not: "As president, Kenya's Ruto ...".
    """
    title = scene.titles.read(index)
    if title is None or title.plural or title.group:
        return None
    position, _ = _after_bracket(scene, title.end)
    if scene.key(position) != ",":
        return None
    if not title.countries and not title.organization and scene.key(title.start - 1) not in _OWNERS:
        return None
    start = scene.after_honorifics(position + 1)
    end = scene.names.end(start, after_title=True)
    polite = start > position + 1
    if end == start or (len(name_parts(scene.words[start:end])) < 2 and not polite):
        return None
    if not polite and scene.key(end) not in _CLOSERS and scene.key(end) not in ("who", "of", "has", "will", "and"):
        return None
    inner = scene.titles.read(position + 1)
    if inner is not None and inner.end > position + 1 and inner.countries:
        return None
    return _introduced(scene, title, start, end, "title, comma, name")


def _introduced(scene: Scene, title: Title, start: int, end: int, rule: str) -> tuple[list[Draft], int]:
    first, last = title.start, end
    end = scene.names.after_postnominals(end)
    if title.kind == "private":
        return [Draft(start, last, first, last, rule, title)], end
    name_end, last = last, max(last, end)
    country = title.countries[0] if title.countries else None
    if country is None and title.kind != "igo":
        country, last = _state_after(scene, end)
    if country is None and title.organization is None:
        apposed = _apposed(scene, end)
        if apposed is not None and apposed.countries:
            country, last = apposed.countries[0], apposed.end
    return [Draft(start, name_end, first, last, rule, title, country)], last


def _state_after(scene: Scene, end: int) -> tuple[str | None, int]:
    """Return the state after a name with a title: "of Ethiopia", "(Ethiopia)", and the index after it."""
    key = scene.key(end)
    if key == "of":
        begin = end + 2 if scene.key(end + 1) == "the" else end + 1
        found = scene.titles.state_at(begin)
        return (found[0], found[1]) if found else (None, end)
    if key == "(":
        found = scene.titles.state_at(end + 1)
        if found and scene.key(found[1]) == ")":
            return found[0], found[1] + 1
    return None, end


def _apposed(scene: Scene, name_end: int) -> Title | None:
    """Return the title that follows a name after a comma or in brackets, when no other name follows it.

    After letters behind the name no comma is needed: "Ann Lee MP AUSTRALIAN MINISTER FOR TRADE".
    """
    end = position = scene.names.after_postnominals(name_end)
    if scene.key(position) == "," and scene.key(position + 1).isdigit():
        position += 2
    if scene.key(position) in _OPENERS:
        position += 1
    elif position == name_end or scene.key(end) == "":
        return None
    while scene.key(position) in word_sorts()["filler"]:
        position += 1
    title = scene.titles.read(position) if position < len(scene.words) else None
    if title is None or title.plural or title.group:
        return None
    start = scene.after_honorifics(title.end)
    other = scene.names.end(start, after_title=True)
    if other > start:
        return _owned(scene, title, other)
    if title.bare and not title.countries and scene.key(title.end) not in _CLOSERS and not title.foreign:
        return None
    return title


def _owned(scene: Scene, owner: Title, end: int) -> Title | None:
    """Return the title of somebody's man: "Ann Lee, Chilean President Gabriel Boric's adviser,"."""
    if not owner.countries or scene.key(end) not in ("'s", "'"):
        return None
    title = scene.titles.read(end + 1)
    if title is None or title.plural or scene.names.end(title.end, after_title=True) > title.end:
        return None
    if title.countries:
        return title
    return replace(title, countries=owner.countries, start=owner.start, kind="state")


def title_with_name_in_brackets(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A title of a state and the full name in brackets: "his Russian counterpart (Igor Malin)"."""
    title = scene.titles.read(index)
    if title is None or title.plural or title.group or not title.countries or scene.key(title.end) != "(":
        return None
    start = scene.after_honorifics(title.end + 1)
    end = scene.names.end(start, after_title=True)
    if scene.key(end) != ")" or len(name_parts(scene.words[start:end])) < 2:
        return None
    return [Draft(start, end, title.start, end + 1, "title (name)", title, title.countries[0])], end + 1


def name_then_title(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A name with its title in apposition.

    "Ivan Petrov, Kazakhstan's ambassador to the UN,", "Jane Doe, who is Kenya's finance minister,", "Hassan Ali
    (president of the Maldives)". Not: "Jane Doe, Kenyan striker," (no state), "met Jane Doe, President Ruto and ...".
    """
    start = scene.after_honorifics(index)
    end = scene.names.end(start, after_title=start > index)
    if end == start or (len(name_parts(scene.words[start:end])) < 2 and start == index):
        return None
    title = _apposed(scene, end)
    if title is None:
        return None
    country = title.countries[0] if title.countries and title.kind not in ("private", "loose") else None
    return [Draft(start, end, index, title.end, "name, title", title, country, start > index, True)], title.end


def name_with_state_in_brackets(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A name and a state in brackets, as in records of councils: "Mr. Okeke (Nigeria)", "ADA OKEKE (Nigeria)"."""
    start = scene.after_honorifics(index)
    end = scene.names.end(start, after_title=True)
    if start == end or scene.key(end) != "(":
        return None
    if start == index and not (end - start > 1 and scene.written(start, end).isupper()):
        return None
    country, last = _state_after(scene, end)
    if country is None:
        return None
    return [Draft(start, end, index, last, "name (state)", None, country, True, True)], last


def office_alone(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """An office of a state without a name: "the Malaysian prime minister", "China's ambassador to Fiji".

    Also "the Indian side", "the taoiseach", and "the prime minister" where the text has named one. Not: "a Kenyan
    senator".
    """
    title = scene.titles.read(index)
    if title is None or title.plural:
        return None
    own = title.countries or ((title.default,) if title.default and scene.key(title.start - 1) == "the" else ())
    named = own and title.kind in _OFFICE_ONLY and title.alone
    opens = scene.key(title.start - 1) == "the" or (scene.heading and title.start == 0)
    again = not title.countries and opens and title.bare
    again = again and title.kind in ("state", "open")
    if not (named or again):
        return None
    country = own[0] if own else None
    return [Draft(title.end, title.end, title.start, title.end, "office alone", title, country)], title.end


def title_passed(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A title that introduces nobody is read past: the words in it are no names."""
    title = scene.titles.read(index)
    return ([], max(title.role_end, index + 1)) if title is not None else None


def bare_name(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A name alone: "Putin said", "Mr Blair", "XI JINPING:"."""
    start = scene.after_honorifics(index)
    end = scene.names.end(start, after_title=start > index)
    if end == start:
        return None
    return [Draft(start, end, index, end, "name", None, None, start > index)], end


RULES: tuple[Rule, ...] = (
    several_title_holders, title_before_name, title_comma_name, title_with_name_in_brackets,
    name_with_state_in_brackets, office_alone, title_passed, name_then_title, bare_name,
)
_UNTITLED_RULES: tuple[Rule, ...] = (name_with_state_in_brackets, name_then_title, bare_name)


def read_people(scene: Scene) -> list[Draft]:
    """Return the persons of a paragraph in the order of the text; the first rule that fits at a word takes it."""
    drafts: list[Draft] = []
    index, size = 0, len(scene.words)
    begins, particles = lexicon(), word_sorts()["particle"]
    while index < size:
        word = scene.words[index]
        titled = word.key in begins.heads or word.key in begins.single or index in scene.states
        titled = titled or word.key in begins.organizations
        if word.shape == "-" and not titled and word.key not in particles:
            index += 1
            continue
        following = index + 1
        for rule in RULES if titled or index == 0 else _UNTITLED_RULES:
            found = rule(scene, index)
            if found is not None:
                drafts += found[0]
                following = max(found[1], index + 1)
                break
        index = following
    return drafts
