"""Persons who act for states and organisations: by title, apposition, earlier mention, or the office holders."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from extract.mentions.countries import CountryMention
from extract.mentions.name_words import Word, name_parts
from extract.mentions.office_holders import Holder, office_holders, office_of, surnames
from extract.mentions.people_cast import BASES, Cast, Known, PeopleMemory, PersonMention
from extract.mentions.people_office import with_own_offices
from extract.mentions.people_rules import read_people
from extract.mentions.people_scene import Draft, Scene
from extract.mentions.people_setting import Setting, hint, setting_of
from extract.model import Article, Span

__all__ = ["BASES", "PeopleMemory", "PersonMention", "find_people"]

_FINAL = (".", "!", "?", ";", '"', "”")
_SENTENCE_STARTS = frozenset(("", ".", "?", "!", ":", '"', ";", "-", "("))


def find_people(
    article: Article,
    countries: Sequence[CountryMention],
    year: int | None = None,
    known: PeopleMemory | None = None,
) -> tuple[PersonMention, ...]:
    """Return the persons and offices of an article in text order.

    `countries` are the states named in the article (document offsets, in order); `year` is the article's year if
    known, for the lists of office holders; `known` holds who was introduced by earlier articles of the document.
    """
    cast = Cast(known or PeopleMemory(), frozenset(mention.code for mention in countries))
    scenes = _scenes(article, countries)
    setting = setting_of(article, countries)
    read = [(scene, [_shortened(scene, draft, year) for draft in read_people(scene)]) for scene in scenes]
    for scene, drafts in sorted(read, key=lambda pair: pair[0].heading):
        _introduce_all(cast, scene, drafts, setting, year)
    for scene, drafts in read:
        for draft in drafts:
            _make_fuller(cast, scene, draft)
    read = with_own_offices(cast, read, setting)
    mentions = [mention for scene, drafts in read for draft in drafts for mention in _resolve(cast, scene, draft, year)]
    return tuple(sorted(mentions, key=lambda m: (m.start, m.end, m.country or "")))


def _scenes(article: Article, countries: Sequence[CountryMention]) -> list[Scene]:
    text = article.document.text
    starts, lower = [mention.start for mention in countries], article.text.islower()
    scenes = []
    for paragraph in article.paragraphs:
        inside = countries[bisect_left(starts, paragraph.start) : bisect_left(starts, paragraph.end)]
        heading = paragraph == article.title or _is_heading(text, paragraph)
        scenes.append(Scene(text, paragraph.start, paragraph.end, inside, heading, lower))
    return scenes


def _is_heading(text: str, paragraph: Span) -> bool:
    """Tell a line in Title Case or capitals: no full stop at its end, and nearly all its longer words capitalised."""
    line = text[paragraph.start : min(paragraph.end, paragraph.start + 400)].strip()
    if len(line) > 250 or line.endswith(_FINAL):
        return False
    words = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 2 and sum(word[0].isupper() for word in words) >= 0.8 * len(words)


def _shortened(scene: Scene, draft: Draft, year: int | None) -> Draft:
    """Cut what follows a known name in a line of capitals: "President Gabriel Boric Font Unveils Plan"."""
    if scene.heading:
        for end in range(draft.end - 1, draft.start + 1, -1):
            if office_holders().named(name_parts(scene.words[draft.start : end]), year) is not None:
                return replace(draft, end=end, last=max(end, draft.last if draft.last > draft.end else end))
    return draft


def _introduce_all(cast: Cast, scene: Scene, drafts: list[Draft], setting: Setting, year: int | None) -> None:
    """Take the persons of a paragraph into the cast; in `drafts`, give those without a state what is around them."""
    before: tuple[Draft, str] | None = None
    for index, draft in enumerate(drafts):
        if draft.title is not None and draft.country is None:
            owner = drafts[index - 1] if index and drafts[index - 1].end > drafts[index - 1].start else None
            owned = owner is not None and scene.key(draft.first - 1) in ("'s", "'") and owner.end == draft.first - 1
            parts = name_parts(scene.words[owner.start : owner.end]) if owner and owned else ()
            drafts[index] = replace(draft, hint=hint(scene, before, draft, setting), owner=parts)
        country = _introduce(cast, scene, drafts[index], year)
        before = (draft, country) if country else None
    for draft in drafts:
        if draft.owner:
            _introduce(cast, scene, draft, year)


def _introduce(cast: Cast, scene: Scene, draft: Draft, year: int | None) -> str | None:
    """Take into the cast whom a draft names with a title, a state, or a full name of the lists; return the state."""
    parts = name_parts(scene.words[draft.start : draft.end])
    if draft.start == draft.end or not parts:
        return None
    if draft.title is None and draft.country is None:
        holder = office_holders().named(parts, year)
        if holder is not None:
            name = scene.written(draft.start, draft.end)
            side = holder.country, holder.organization
            cast.introduce(Known(parts, name, *side, None, None, holder.office, "office holder"))
        elif len(parts) > 1 and not scene.heading:
            cast.note_stranger(parts)
        return None
    country, organization, basis = _side(cast, scene, draft, parts, year)
    role, kind = scene.role(draft) or None, draft.title.kind if draft.title else None
    name, at = scene.written(draft.start, draft.end), scene.words[draft.start].start
    cast.introduce(Known(parts, name, country, organization, role, kind, office_of(role or ""), basis, at))
    return country


def _make_fuller(cast: Cast, scene: Scene, draft: Draft) -> None:
    """Give a person known by the surname the full name that stands somewhere without a title ("JANE DOE:")."""
    parts = name_parts(scene.words[draft.start : draft.end])
    if draft.title is None and draft.country is None and len(parts) > 1 and not scene.heading:
        number = cast.find(parts, None, "")
        if number is not None and len(cast.people[number].parts) < len(parts):
            old = cast.people[number]
            cast.introduce(replace(old, parts=parts, name=scene.written(draft.start, draft.end)))


def _side(
    cast: Cast, scene: Scene, draft: Draft, parts: tuple[str, ...], year: int | None
) -> tuple[str | None, str | None, str]:
    """Return the state and the organisation that a titled person stands for, and the basis.

    What the words say comes first; then who was introduced earlier; then the office holders of the year ("Foreign
    Minister Lavrov"); then the state that a title means ("Taoiseach"), the surroundings, and the state that a bare
    title mostly means ("Secretary of State").
    """
    title = draft.title
    basis = "apposition" if draft.apposed else "title"
    if draft.country is not None:
        return draft.country, title.organization if title else None, basis
    if title is None or title.kind == "private" or (title.kind == "igo" and title.organization):
        return None, title.organization if title else None, basis
    office = office_of(scene.role(draft))
    number = cast.find(parts, None, office, titled=True)
    person = cast.people[number] if number is not None else None
    if person is not None and (person.country or person.organization):
        here = person.at == scene.words[draft.start].start
        return person.country, person.organization, person.basis if here else "earlier mention"
    holders, holder = office_holders(), _holder(parts, office, year, cast.states)
    if holder is not None:
        return holder.country, holder.organization, "office holder"
    if title.default is not None:
        return title.default, title.organization, basis
    owner = _country_of(cast, draft.owner, year)
    told = (owner, "beside") if owner else draft.hint or (title.presumed, basis)
    if told[0] is None or holders.contradicts(told[0], office, parts, year):
        return None, title.organization, basis
    return told[0], title.organization, told[1]


def _country_of(cast: Cast, parts: tuple[str, ...], year: int | None) -> str | None:
    """Return the state of a person named by these parts: of the cast, else of the lists."""
    number = cast.find(parts, None, "")
    if number is not None:
        return cast.people[number].country
    holders = office_holders()
    holder = holders.named(parts, year)
    if holder is None and len(parts) == 1:
        holder = holders.called(parts[0], year, near=cast.states)
    return holder.country if holder is not None else None


def _holder(parts: tuple[str, ...], office: str, year: int | None, near: frozenset[str]) -> Holder | None:
    """Return the office holder meant by a title and a name: by full name, else by the surname in that office."""
    holders = office_holders()
    found = holders.named(parts, year, office)
    if found is not None:
        return found
    for part in sorted(surnames(parts, None), key=parts.index):
        if office in ("deputy", "ambassador") or not (office or len(parts) == 1):
            continue
        found = holders.called(part, year, office, titled=True, near=near)
        if found is not None and _may_be(parts, name_parts(found.name), part):
            return found
    return None


def _may_be(parts: tuple[str, ...], others: tuple[str, ...], surname: str) -> bool:
    """Tell whether two names with one surname may be one person's: "Sergey" and "Sergei", not "Luz" and "Fidel"."""
    given, other = ({part[0] for part in name if part != surname} for name in (parts, others))
    return not given or not other or bool(given & other)


def _resolve(cast: Cast, scene: Scene, draft: Draft, year: int | None) -> list[PersonMention]:
    if draft.start == draft.end:
        return _resolve_office(cast, scene, draft)
    parts = name_parts(scene.words[draft.start : draft.end])
    if draft.title is None and draft.country is None:
        return _resolve_name(cast, scene, draft, year)
    country, organization, basis = _side(cast, scene, draft, parts, year)
    role, title = (scene.role(draft) or None), draft.title
    number = cast.find(parts, country, office_of(role or ""), titled=True)
    name = cast.people[number].name if number is not None else scene.written(draft.start, draft.end)
    return [_mention(scene, draft, name, country, organization, role, basis, title.kind if title else None)]


def _resolve_office(cast: Cast, scene: Scene, draft: Draft) -> list[PersonMention]:
    """An office alone stands for the one person introduced in it, if there is one; else only for its state."""
    role, title = (scene.role(draft) or None), draft.title
    assert title is not None
    office = office_of(role or "")
    told = draft.country or (draft.hint[0] if draft.hint else None)
    bearer = cast.bearer(office, told) if office not in ("", "deputy", "ambassador") else None
    if told is None and bearer is None:
        return []
    name = bearer.name if bearer else ""
    country = told or (bearer.country if bearer else None)
    basis = "earlier mention" if name else "office only" if draft.country else "setting"
    return [_mention(scene, draft, name, country, None, role, basis, title.kind)]


def _resolve_name(cast: Cast, scene: Scene, draft: Draft, year: int | None) -> list[PersonMention]:
    """Find who is meant by a name alone; in a headline also by a part of the capitals ("Putin Visits Hanoi")."""
    found: list[PersonMention] = []
    start = draft.start
    while start < draft.end:
        ends = range(draft.end, start, -1) if scene.heading else (draft.end,)
        for end in ends:
            mention = _named(cast, scene, draft, start, end, year)
            if mention is not None:
                found.append(mention)
                start = end - 1
                break
        start += 1
        opening = scene.key(draft.start - 1) in _SENTENCE_STARTS
        if not scene.heading and (found or start > draft.start + 1 or not opening):
            break
    return found


def _named(cast: Cast, scene: Scene, draft: Draft, start: int, end: int, year: int | None) -> PersonMention | None:
    words = scene.words[start:end]
    if not any(word.shape in "Aa" for word in words):
        return None
    parts = name_parts(words)
    number = cast.find(parts, None, "", titled=draft.polite)
    inner = Draft(start, end, draft.first if start == draft.start else start, end, draft.rule)
    if number is not None and not cast.is_stranger(parts):
        person = cast.people[number]
        basis = "earlier mention" if person.role else "office holder"
        return _mention(scene, inner, person.name, person.country, person.organization, person.role, basis, person.kind)
    holders = office_holders()
    holder = holders.named(parts, year)
    if holder is None and len(parts) == 1 and not cast.is_stranger(parts) and _is_whole(words):
        holder = holders.called(parts[0], year, titled=draft.polite, near=cast.states)
    if holder is None:
        return None
    name = scene.written(start, end)
    return _mention(scene, inner, name, holder.country, holder.organization, None, "office holder", None)


def _is_whole(words: Sequence[Word]) -> bool:
    """Tell whether nothing but the surname and its particles stands there, so that no other given name is lost."""
    return not any(word.shape == "I" for word in words)


def _mention(
    scene: Scene, draft: Draft, name: str, country: str | None, organization: str | None, role: str | None,
    basis: str, kind: str | None,
) -> PersonMention:
    words = scene.words
    first, last = words[draft.first].start, words[draft.last - 1].end
    start, end = (words[draft.start].start, words[draft.end - 1].end) if draft.end > draft.start else (first, last)
    accredited = draft.title.accredited if draft.title else None
    return PersonMention(
        start, end, name, country, role, basis, organization, accredited, min(first, start), max(last, end), kind,
        draft.rule,
    )
