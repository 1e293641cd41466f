"""The constructions in which a text introduces persons, each a small named rule over one paragraph."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extract.mentions.countries import CountryMention
from extract.mentions.name_words import NameReader, Word, name_parts, word_sorts, words_of
from extract.mentions.titles_of_office import Title, TitleReader, lexicon, longest

_OPENERS = frozenset((",", "(", "-"))
_CLOSERS = frozenset((",", ".", ")", ";", ":", "-", '"', "?", "!", "]"))
_FILLERS = frozenset("who is was serves as currently now then also the a an one of formerly has been became".split())
_OWNERS = frozenset(("the", "its", "their", "his", "her", "our", "my", "'s", "'", "country's"))
_GROUPS = frozenset(("side", "delegation", "delegations", "government", "authorities", "members", "officials"))
_OFFICE_ONLY = frozenset(("state", "diplomatic", "royal", "spokesperson", "party"))
_NOT_ALONE = frozenset(
    """governor governors mayor mayors mp mps chief secretary director head charge negotiator lawmaker lawmakers
    senator senators ruler legislator legislators counselor member members officer officers candidate cabinet secretary
    politician queen prince prosecutor coordinator inspector commissioner judge adviser advisor""".split()
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A person found by a rule, in word indices: the name `start` to `end` (empty for an office alone), the phrase
    with title and state `first` to `last`, and what the words there say. `polite` tells an honorific ("Mr Blair")."""

    start: int
    end: int
    first: int
    last: int
    rule: str
    title: Title | None = None
    country: str | None = None
    polite: bool = False
    apposed: bool = False


class Scene:
    """The words of one paragraph with what is needed to read titles and names in them."""

    def __init__(self, text: str, start: int, end: int, countries: Sequence[CountryMention], heading: bool) -> None:
        """Split `text[start:end]`; `countries` are the mentions within it."""
        self.text = text
        self.words: list[Word] = words_of(text, start, end)
        self.heading = heading
        starts = [word.start for word in self.words]
        self.states: dict[int, tuple[CountryMention, int]] = {}
        barred: set[int] = set()
        for mention in countries:
            index, stop = bisect_left(starts, mention.start), bisect_left(starts, mention.end)
            whole = index < stop and starts[index] == mention.start and self.words[stop - 1].end == mention.end
            if whole:
                self.states[index] = (mention, stop)
            if whole and (mention.strong or mention.form in ("name", "demonym")):
                barred.update(range(index, stop))
        self.titles = TitleReader(self.words, self.states)
        self.names = NameReader(self.words, stop_words(heading), frozenset(barred))

    def key(self, index: int) -> str:
        """Return the folded word at `index`, empty beyond the ends."""
        return self.words[index].key if 0 <= index < len(self.words) else ""

    def after_honorifics(self, index: int) -> int:
        """Return the index after "Mr", "Dr.", "H.E.", "the Hon.", "Sheikh" and the like, or `index`."""
        table = lexicon().honorifics
        while index < len(self.words) and (self.words[index].shape != "-" or self.key(index) == "the"):
            found = longest(self.words, index, table)
            if found is None or not self._before_name(found[0]):
                break
            index = found[0]
        return index

    def _before_name(self, index: int) -> bool:
        return index < len(self.words) and (self.words[index].shape != "-" or self.key(index) in ("al", "el", "de", "van"))


def stop_words(heading: bool) -> frozenset[str]:
    """Return the words that no name holds; in a headline verbs too, which have capitals there."""
    sorts = word_sorts()
    stops = sorts["stop"] | lexicon().single
    return stops | sorts["verb"] if heading else stops


Rule = Callable[[Scene, int], tuple[list[Draft], int] | None]


def several_title_holders(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """Several names after one title: "Presidents Ruto and Museveni", "foreign ministers Penny Wong of Australia and ...".

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
    if title.countries and title.kind in ("state", "diplomatic", "royal", "spokesperson") and title.head not in _NOT_ALONE:
        alone = [
            Draft(title.end, title.end, title.start, title.end, "offices alone", title, code) for code in title.countries
        ]
        return alone, title.end
    return None


def title_before_name(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A title right before a name: "Norwegian Foreign Minister Espen Barth Eide", "President of Kenya William Ruto",
    "Prime Minister Dr Abiy Ahmed of Ethiopia", "Secretary of State Madeleine Albright"."""
    title = scene.titles.read(index)
    if title is None or title.plural or title.head in _GROUPS:
        return None
    position = title.end
    if scene.key(position) == "(" and scene.key(position + 2) == ")":
        position += 3
    start = scene.after_honorifics(position)
    end = scene.names.end(start, after_title=True)
    if end == start or (title.kind == "weak" and not title.countries):
        return None
    return _introduced(scene, title, start, end, "title before name")


def title_comma_name(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A title with a state or an article, a comma, and the name: "the Kenyan foreign minister, Musalia Mudavadi, said"."""
    title = scene.titles.read(index)
    if title is None or title.plural or title.head in _GROUPS or scene.key(title.end) != ",":
        return None
    if not title.countries and not title.organization and scene.key(title.start - 1) not in _OWNERS:
        return None
    start = scene.after_honorifics(title.end + 1)
    end = scene.names.end(start, after_title=True)
    if end == start or (len(name_parts(scene.words[start:end])) < 2 and start == title.end + 1):
        return None
    if end < len(scene.words) and scene.key(end) not in _CLOSERS and scene.key(end) not in ("who", "of", "has", "will"):
        return None
    inner = scene.titles.read(title.end + 1)
    if inner is not None and inner.end > title.end + 1 and inner.countries:
        return None
    return _introduced(scene, title, start, end, "title, comma, name")


def _introduced(scene: Scene, title: Title, start: int, end: int, rule: str) -> tuple[list[Draft], int]:
    first, last = title.start, end
    if title.kind == "private":
        return [Draft(start, end, first, last, rule, title)], last
    country = title.countries[0] if title.countries else None
    if country is None and title.kind != "igo":
        country, last = _state_after(scene, end)
    if country is None and title.organization is None:
        apposed = _apposed(scene, end)
        if apposed is not None and apposed.countries:
            country, last = apposed.countries[0], apposed.end
    return [Draft(start, end, first, last, rule, title, country)], last


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


def _apposed(scene: Scene, end: int) -> Title | None:
    """Return the title that follows a name after a comma or in brackets, when no other name follows it."""
    position = end
    if scene.key(position) == "," and scene.words[position + 1 : position + 2] and scene.key(position + 1).isdigit():
        position += 2
    if scene.key(position) not in _OPENERS:
        return None
    position += 1
    while scene.key(position) in _FILLERS:
        position += 1
    if position >= len(scene.words):
        return None
    title = scene.titles.read(position)
    if title is None or title.plural or title.head in _GROUPS:
        return None
    start = scene.after_honorifics(title.end)
    if scene.names.end(start, after_title=True) > start:
        return None
    if title.bare and not title.countries and scene.key(title.end) not in _CLOSERS and not title.foreign:
        return None
    return title


def name_then_title(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """A name with its title in apposition: "Ivan Petrov, Kazakhstan's ambassador to the UN,", "Jane Doe, who is
    Kenya's finance minister,", "Hassan Ali (president of the Maldives)"."""
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
    """An honorific, a name and a state in brackets, as in records of councils: "Mr. Okeke (Nigeria)"."""
    start = scene.after_honorifics(index)
    end = scene.names.end(start, after_title=True)
    if start == index or end == start or scene.key(end) != "(":
        return None
    country, last = _state_after(scene, end)
    if country is None:
        return None
    return [Draft(start, end, index, last, "name (state)", None, country, True, True)], last


def office_alone(scene: Scene, index: int) -> tuple[list[Draft], int] | None:
    """An office of a state without a name: "the Malaysian prime minister", "China's ambassador to Fiji", "the Indian
    side"; also "the prime minister" where the text has named one."""
    title = scene.titles.read(index)
    if title is None or title.plural:
        return None
    named = title.countries and title.kind in _OFFICE_ONLY and title.head not in _NOT_ALONE
    again = not title.countries and scene.key(title.start - 1) == "the" and title.bare and title.kind in ("state", "open")
    if not (named or again):
        return None
    country = title.countries[0] if title.countries else None
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
    several_title_holders, title_before_name, title_comma_name, name_with_state_in_brackets, office_alone, title_passed,
    name_then_title, bare_name,
)


def read_people(scene: Scene) -> list[Draft]:
    """Return the persons of a paragraph in the order of the text; the first rule that fits at a word takes it."""
    drafts: list[Draft] = []
    index, size = 0, len(scene.words)
    begins = lexicon()
    while index < size:
        word = scene.words[index]
        titled = word.key in begins.heads or word.key in begins.single or index in scene.states
        titled = titled or word.key in begins.organizations
        if word.shape == "-" and not titled and word.key not in word_sorts()["particle"]:
            index += 1
            continue
        following = index + 1
        for rule in RULES if titled or index == 0 else RULES[3:4] + RULES[-2:]:
            found = rule(scene, index)
            if found is not None:
                drafts += found[0]
                following = max(found[1], index + 1)
                break
        index = following
    return drafts
