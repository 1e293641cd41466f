"""The rows of a curated table -> acts: each row is one, and its remark is read for further ones."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract import edtf
from extract.acts import acts_of
from extract.curated.tables import TableDocument, TableRow
from extract.dating.created import CreationTime
from extract.detection.model import Detector
from extract.events.annotated import AnnotatedArticle, share_of_own_words
from extract.events.chronology import Line
from extract.events.coreference import Cluster, cluster_countries, cluster_date
from extract.events.dates_told import dates_told
from extract.events.finding import find_mentions
from extract.events.mention import ROW, Dropped, EventMention
from extract.events.passage import detect, question
from extract.events.same_act import Told
from extract.events.stays import Stay
from extract.events.worth import Worth
from extract.language import divide, parse
from extract.mentions.countries import CountryMention, find_countries
from extract.mentions.organizations import find_organizations
from extract.mentions.people import PersonMention, find_people
from extract.mentions.places import find_places
from extract.mentions.timex import find_timexes
from extract.model import Article, Document, Span
from extract.readings import DocumentReading
from extract.store import ArticleRow, TimexRow

_LONGEST = 400
_NOTE_ENDS = re.compile(r"(?<=[^\s;]);\s+(?=\w)|(?:(?<=[a-z]{3}\.)|(?<=[\d)]\d\.)|(?<= \d\.)|(?<=\w\)\.)) (?=[A-Z])")
_DONE = re.compile(r"(?:[Aa]lso )?(?:[Aa]ddressed|[Dd]elivered|[Ii]ssued|[Ss]igned|[Nn]egotiated|[Ii]nitialed)\b")
_BASIS = "row of a table"


def read_rows(table: TableDocument, detector: Detector | None = None) -> DocumentReading:
    """Return the acts of the rows of a table, and of their remarks; with rules alone where there is no `detector`.

    Rows are taken one by one: two rows are two acts, however alike they are. Only what remarks tell in the same words
    is one act: "Attended the Nordic Energy Forum."
    """
    document = table.document
    clusters: list[Cluster] = []
    dropped: list[Dropped] = []
    timexes: list[TimexRow] = []
    for row in table.rows:
        told = [Told(document.name, row.facts.date, _mention(document, row))]
        articles: dict[int, AnnotatedArticle] = {}
        if row.remark is not None:
            ann = articles[0] = _annotate(document, row, detector)
            mentions, lost = _of_remark(ann, row)
            told += [Told(document.name, row.facts.date, mention) for mention in mentions]
            dropped += lost
            timexes += [TimexRow(document.name, 0, t.start, t.end, value) for t, value in dates_told(ann, mentions)]
        clusters += acts_of(told, articles, dropped)
    year = document.name.rpartition("#")[2]
    date = year if edtf.is_valid(year) else edtf.UNKNOWN
    article = ArticleRow(document.name, 0, 0, len(document.text.rstrip()), None, date, "the year of its rows")
    return DocumentReading(document, (article,), tuple(_together(document, clusters)), tuple(dropped), tuple(timexes))


def _together(document: Document, clusters: Sequence[Cluster]) -> Iterator[Cluster]:
    """Yield the acts of a document; a conference or an agreement that remarks tell in the same words is one, of all.

    Talks stay apart: "Met with President Kufuor" may be told of many guests.
    """
    same: dict[tuple[str, str, str], list[list[Cluster]]] = {}
    for one in clusters:
        best = one.best
        if best.is_row or not (best.subtype == "conference" or best.kind == "agreement"):
            yield one
            continue
        words = " ".join(document.text[best.start : best.end].lower().split()).strip(" .")
        groups = same.setdefault((best.kind, best.status, words), [])
        date = cluster_date(one)[0]
        home = next((g for g in groups if edtf.compatible(cluster_date(g[0])[0], date)), None)
        if home is None:
            groups.append([one])
        else:
            home.append(one)
    for groups in same.values():
        for group in groups:
            countries = frozenset().union(*(cluster_countries(one) for one in group))
            told = [told for one in group for told in one.told]
            yield Cluster(tuple(replace(t, mention=replace(t.mention, countries=countries)) for t in told))


def _mention(document: Document, row: TableRow) -> EventMention:
    """Return the act that the row itself is; its evidence is the line with its remark, as far as it fits."""
    facts, line = row.facts, row.line
    end = min(line.end, line.start + _LONGEST)
    if end < line.end:
        end = max(document.text.rfind(" ", line.start, end), line.start + 1)
    return EventMention(
        kind=facts.kind,
        subtype=facts.subtype,
        status=facts.status,
        rule=f"{facts.kind}:{ROW}",
        start=line.start,
        end=line.start + len(document.text[line.start : end].rstrip(" |")),
        trigger_start=line.start,
        trigger_end=end,
        article=0,
        sentence=0,
        countries=frozenset(part.country for part in facts.parts),
        actors=facts.actors,
        organizations=frozenset(facts.organizations),
        place=facts.place,
        place_country=facts.host,
        date=facts.date,
        date_basis=row.where,
        date_rule=_BASIS,
        dated=facts.date != edtf.UNKNOWN,
        parts=facts.parts,
        anchor=row.anchor,
        stated=row.stated,
    )


def _annotate(document: Document, row: TableRow, detector: Detector | None) -> AnnotatedArticle:
    """Recognise what the remark holds; states and persons of the whole row are known in it."""
    assert row.remark is not None
    text, line = document.text, row.line
    whole = Article(document, 0, line.start, line.end, (line,))
    remark = Article(document, 0, row.remark.start, row.remark.end, tuple(notes(text, row.remark)))
    date = row.facts.date
    countries = find_countries(text, line.start, line.end)
    # A state that all rows share stands in no cell; whom remarks name ("President Kufuor") may hold its office.
    around = [CountryMention(line.start - 1, line.start, part.country, "name", True) for part in row.facts.parts]
    people = find_people(whole, (*around, *countries), int(date[:4]) if date[:4].isdigit() else None)
    organizations = find_organizations(text, line.start, line.end)
    timexes = find_timexes(text, row.remark.start, row.remark.end)
    divided = divide(remark)
    asked = question(text, divided.sentences, countries, people, organizations, timexes)
    parsed = parse(divided)
    return AnnotatedArticle(
        article=remark,
        created=CreationTime(date.rpartition("/")[2], _BASIS, None, row.where),
        parsed=parsed,
        countries=countries,
        people=people,
        places=find_places(text, line.start, line.end),
        organizations=organizations,
        timexes=timexes,
        asked=asked,
        own_words=share_of_own_words(parsed),
        detection=detect(asked, detector, Worth(remark, countries, people, timexes).asking),
    )


def notes(text: str, remark: Span) -> Iterator[Span]:
    """Yield the notes of a remark, each of which tells something of its own: "Private visit; met with …. Left May 3."

    They have no subject and often no verb, so that the parse alone would take two for one sentence.
    """
    start = remark.start
    for end in _NOTE_ENDS.finditer(text, remark.start, remark.end):
        yield Span(start, end.start())
        start = end.end()
    yield Span(start, remark.end)


def _of_remark(ann: AnnotatedArticle, row: TableRow) -> tuple[list[EventMention], list[Dropped]]:
    """Return the further acts of a remark: of the row's days, and of its traveller where the row is a visit."""
    facts = row.facts
    line = Line(facts.date, row.where, rules=True, is_record=True)
    mentions, dropped = find_mentions(ann, (line, _stay(row)))
    lost = [one for one in mentions if one.kind == facts.kind == "visit"]
    dropped += [one.dropped("the row tells the visit") for one in lost]
    kept = [_by_traveller(ann.text, one, row) for one in mentions if one not in lost]
    return [replace(one, anchor=f"{row.anchor}/{one.trigger_start - row.line.start}") for one in kept], dropped


def _by_traveller(text: str, mention: EventMention, row: TableRow) -> EventMention:
    """Add who travels to an act that the encoder finds in a note that opens with its verb: "Signed a treaty with …"."""
    stay = _stay(row)
    alone = mention.is_trained and _DONE.match(text, mention.start) is not None
    if stay is None or stay.home is None or not alone or stay.home in mention.countries:
        return mention
    own = tuple(actor for actor in row.facts.actors if actor.country == stay.home)[:1]
    return replace(mention, countries=mention.countries | {stay.home}, actors=(*own, *mention.actors))


def _stay(row: TableRow) -> Stay | None:
    """Return a row of a visit as the stay of its traveller, whom remarks leave out: "Met with President Kufuor"."""
    facts, line = row.facts, row.line
    homes = [part.country for part in facts.parts if part.part == "visitor"]
    if facts.kind != "visit" or not homes or facts.host is None:
        return None
    actor = next((actor for actor in facts.actors if actor.country in homes), None)
    name, role = (actor.name, actor.role) if actor is not None else ("", None)
    traveller = PersonMention(
        line.start, line.start, name, homes[0], role, "field", None, None, line.start, line.start, "state",
        "field of a record",
    )
    return Stay(line, facts.date, traveller, homes[0], facts.host, facts.place)
