"""Titles of office in text: "Norwegian Foreign Minister", "President of the Republic of Kenya", "EU policy chief".

The words of office are in `data/titles.tsv`; the grammar that joins them to titles is here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extract.mentions.countries import CountryMention
from extract.mentions.name_words import Word, word_sorts
from extract.mentions.title_words import lexicon, longest


@dataclass(frozen=True, slots=True)
class Title:
    """A title found: word indices `start` to `end`; `head` is the phrase that decides, folded, with its kind.

    The words `role_start` to `role_end` are the office without its state. `countries` are the states whose office it
    is; `default` the state that the title means by itself, `presumed` the one that it means where nothing else tells;
    `accredited` the state an envoy is sent to. `bare` tells that nothing but the head words stands there, `plural` that
    it has several holders, `group` that it is one of people ("delegation"), `alone` that it stands for its state
    without a name, `foreign` that it presides over something unknown (a firm, a club).
    """

    start: int
    end: int
    role_start: int
    role_end: int
    head: str
    kind: str
    countries: tuple[str, ...]
    default: str | None
    presumed: str | None
    organization: str | None
    accredited: str | None
    bare: bool
    plural: bool
    group: bool
    alone: bool
    foreign: bool


_LONGEST = 14
_GENITIVE = ("'s", "'")
_PREPOSITIONS = frozenset(("of", "for", "to", "in", "at", "on", "with"))
_DIPLOMATIC = frozenset(("to", "in", "at"))
_LIST_JOINTS = frozenset(("and", "-", "&", ",", "/"))
_SPEAKERS = ("spokes", "representative")
_SENT_TO_UN = ("ambassador", "permanent representative", "deputy permanent representative")
_LOOSE_JOINTS = frozenset(("of", "the", "for", "and", "&", "'s", "'", ",", "on", "to", "-", "/"))
_ACRONYM = 6


class TitleReader:
    """Reads titles in the words of one paragraph, whose states stand at `states`: word index -> (mention, end)."""

    def __init__(self, words: Sequence[Word], states: Mapping[int, tuple[CountryMention, int]]) -> None:
        """Take the words and the states named among them."""
        self._words = words
        self._states = states
        self._lexicon = lexicon()
        self._read: dict[int, Title | None] = {}

    def state_at(self, index: int) -> tuple[str, int] | None:
        """Return the code of the state named at the word `index` and the index after its name, or None.

        A weak name of a state counts beside a title; a weak name of a body ("Congress") does not.
        """
        found = self._states.get(index)
        if found is None or (not found[0].strong and found[0].form not in ("name", "demonym", "compound")):
            return None
        return found[0].code, found[1]

    def read(self, start: int) -> Title | None:
        """Return the title that starts at the word `start` (with its state), or None.

        "Norwegian Foreign Minister", "Deputy Prime Minister and Minister for Trade", "the spokesman of the Kremlin".
        """
        if start not in self._read:
            self._read[start] = self._read_at(start)
        return self._read[start]

    def _read_at(self, start: int) -> Title | None:
        words, index, size = self._words, start, len(self._words)
        if words[start].key == "pm" and start and words[start - 1].text[0].isdigit():
            return None  # the time of day
        countries: list[str] = []
        organization: str | None = None
        head: tuple[int, int, str, str] | None = None  # first word, word after it, kind, value
        filled, role_start = False, start
        while index < size and index - start < _LONGEST:
            word = words[index]
            found = longest(words, index, self._lexicon.heads)
            state = self.state_at(index)
            if found and not (state and state[1] > found[0]):
                default = found[1][1] or (head[3] if head else "")
                head = (index, found[0], found[1][0], default)
                index = found[0]
            elif state:
                if head is not None:
                    break
                if (countries or organization) and words[index - 1].key not in _LIST_JOINTS:
                    if self._states[index][0].form != "name":
                        break
                    filled, index = True, self._after_genitive(state[1])  # the Kremlin's SYRIA envoy
                    continue
                countries.append(state[0])
                index = role_start = self._after_genitive(state[1])
            elif (body := longest(words, index, self._lexicon.organizations)) and (
                head is None and (word.shape == "A" or body[0] - index > 1 or word.shape == "I")
            ):
                organization, index = body[1][1], self._after_genitive(body[0])
            elif word.key in self._lexicon.modifiers:
                index += 1
            elif word.key in self._lexicon.portfolios or word.key in self._lexicon.bodies:
                filled, index = True, self._after_genitive(index + 1)
            elif index > start and word.key in ("and", "&", "-", "/", ",") and self._goes_on(index, head is not None):
                index += 1
            else:
                break
        if head is None:
            return None
        return self._complete((start, role_start), head, countries, organization, filled)

    def _after_genitive(self, index: int) -> int:
        return index + 1 if index < len(self._words) and self._words[index].key in _GENITIVE else index

    def _goes_on(self, index: int, has_head: bool) -> bool:
        """Tell whether what follows "and" or "," is still the same title: "Trade and Industry Minister"."""
        if index + 1 >= len(self._words):
            return False
        following = self._words[index + 1]
        if self._words[index].key == ",":
            portfolio = self._lexicon.portfolios
            return not has_head and following.key in portfolio and self._words[index - 1].key in portfolio
        if has_head:
            capital = self._words[index - 1].shape != "-"
            known = following.key in self._lexicon.single or following.key in self._lexicon.heads
            return known and (following.shape != "-") == capital
        return following.key in self._lexicon.single or self.state_at(index + 1) is not None

    def _complete(
        self,
        starts: tuple[int, int],
        head: tuple[int, int, str, str],
        countries: list[str],
        organization: str | None,
        filled: bool,
    ) -> Title:
        """Add what follows the head: "of Kenya", "for Foreign Affairs", "to the United Nations"."""
        first, end, kind, value = head
        role_end = end
        phrase = " ".join(word.key for word in self._words[first:end])
        plural = phrase.endswith("s") and not phrase.endswith(("ss", "affairs", "armed forces", "charge d'affaires"))
        accredited: str | None = None
        foreign = False
        if end < len(self._words) and self._words[end].key == "a.i.":
            end = role_end = end + 1
        sent = kind == "diplomatic" or phrase.startswith(_SPEAKERS)
        while end + 1 < len(self._words) and self._words[end].key in _PREPOSITIONS:
            preposition = self._words[end].key
            if preposition in ("in", "at", "on", "with") and not sent:
                break
            part = self._complement(end + 1, plural and preposition == "of")
            if part is None:
                foreign = preposition == "of" and self._words[end + 1].shape in "Aa"
                break
            end, codes, body, named = part
            if preposition == "of" and codes:
                countries += [] if countries else codes
            elif codes and kind == "diplomatic" and preposition in _DIPLOMATIC:
                accredited = accredited or codes[0]
            elif codes and not countries and phrase.startswith("spokes"):
                countries += codes
            if preposition == "of" or kind not in ("diplomatic", "state"):
                organization = organization or body
            filled = filled or named
            role_end = end if named or body or not codes else role_end
        if organization == "United Nations" and phrase in _SENT_TO_UN:
            organization = None
        group, alone = kind == "group", phrase not in self._lexicon.not_alone
        presumed = value.removesuffix("?") if value.endswith("?") and not filled else None
        default = value if value and not value.endswith("?") else None
        kind = self._kind(kind, bool(countries), organization, filled, foreign)
        return Title(
            start=starts[0], end=end, role_start=starts[1], role_end=role_end, head=phrase, kind=kind,
            countries=tuple(dict.fromkeys(countries)), default=default, presumed=presumed, organization=organization,
            accredited=accredited, bare=not filled and first == starts[1], plural=plural, group=group, alone=alone,
            foreign=foreign,
        )

    def _complement(self, index: int, several: bool) -> tuple[int, list[str], str | None, bool] | None:
        """Read what a title is of; return the index after it, its states, its organisation, and whether it has a field.

        The last word that names a state, an organisation, a field or a body ends it; capitals after that are a name.
        """
        words, size, anchor = self._words, len(self._words), 0
        codes: list[str] = []
        organization: str | None = None
        named = False
        limit = min(size, index + _LONGEST)
        while index < limit:
            word, state = words[index], self.state_at(index)
            body = longest(words, index, self._lexicon.organizations)
            if state:
                if self._is_adjective(index, state[1]) or (codes and not several and state[0] not in codes):
                    break
                codes.append(state[0])
                named = named or self._states[index][0].form in ("party", "body")
                index = anchor = self._after_genitive(state[1])
            elif body and (word.shape in "AI" or body[0] - index > 1):
                organization = organization or body[1][1]
                index = anchor = self._after_genitive(body[0])
            elif word.key in self._lexicon.portfolios or word.key in self._lexicon.bodies:
                index = anchor = self._after_genitive(index + 1)
                named = True
            elif word.key == "of" and anchor == index and self._state_after_of(index):
                break
            elif word.key in _LOOSE_JOINTS:
                if word.key in (",", "and", "&", "/") and not self._listed(index, several):
                    if not self._second_field(index):
                        break
                    anchor, named = index + 2, True
                    index += 1
                index += 1
            elif word.shape in "Aa" and self._anchored(index):
                index += 1
            else:
                break
        return (anchor, codes, organization, named) if anchor else None

    def _is_adjective(self, index: int, after: int) -> bool:
        """Tell a state that only describes what follows: "of Kenyan farmers"; not "of the Kenyan army"."""
        if after >= len(self._words) or self._states[index][0].form != "demonym" or index + 1 != after:
            return False
        word = self._words[after]
        described = word.shape == "-" and word.key.isalpha() and word.key not in word_sorts()["stop"]
        return described and word.key not in self._lexicon.single and word.key not in self._lexicon.heads

    def _state_after_of(self, index: int) -> bool:
        after = index + 2 if index + 1 < len(self._words) and self._words[index + 1].key == "the" else index + 1
        return self.state_at(after) is not None

    def _listed(self, index: int, several: bool) -> bool:
        if index + 1 >= len(self._words):
            return False
        following = self._words[index + 1]
        if following.key == "and" and index + 2 < len(self._words):
            following, index = self._words[index + 2], index + 1
        if self.state_at(index + 1):
            return several
        return following.key in self._lexicon.portfolios and not longest(self._words, index + 1, self._lexicon.heads)

    def _second_field(self, index: int) -> bool:
        """Tell whether an unknown word after "and" is a field too: "Minister of Justice and Probation Ann Lee"."""
        after = self._words[index + 1 : index + 4]
        fields = self._words[index - 1].key in self._lexicon.portfolios and self._words[index - 1].shape == "a"
        unknown = len(after) == 3 and after[0].shape == "a" and after[0].key not in self._lexicon.honorifics
        return fields and unknown and all(word.shape in "aAI" for word in after)

    def _anchored(self, index: int) -> bool:
        """Tell whether unknown capitals still lead to a body: "Chairman of the Sejong Council"."""
        for following in range(index + 1, min(index + _ACRONYM, len(self._words))):
            word = self._words[following]
            if word.key in self._lexicon.bodies and word.shape in "Aa":
                return True
            if word.shape not in "Aa" and word.key not in ("of", "and", "the", "-"):
                return False
        return False

    @staticmethod
    def _kind(kind: str, has_state: bool, organization: str | None, filled: bool, foreign: bool) -> str:
        """Say what an office is that depends on its body: the president of Kenya, of the World Bank, of a firm.

        A director or a head needs more than a state: "Chinese director Li" is none, "Chinese customs director" is one.
        """
        if kind == "private":
            return kind
        if organization and not has_state and kind not in ("military", "royal"):
            return "igo"
        if foreign and kind in ("open", "loose", "weak", "spokesperson"):
            return "private"
        if kind == "loose":
            return "state" if filled else "loose"
        if kind in ("open", "weak", "group"):
            return "state" if has_state or filled else kind
        return kind
