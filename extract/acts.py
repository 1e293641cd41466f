"""One document -> its acts: articles, everything recognised in them, event mentions, and which of them tell one act."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from extract.dating.dct import CreationTime, date_articles
from extract.detection.model import Detector, load_detector
from extract.events.annotated import AnnotatedArticle, share_of_own_words
from extract.events.coreference import Cluster, cluster
from extract.events.dates_told import dates_told
from extract.events.domestic import is_domestic
from extract.events.finding import find_mentions
from extract.events.inheritance import inherit_dates
from extract.events.mention import Dropped
from extract.events.parts import with_hosts_of_visits
from extract.events.passage import detect, question
from extract.events.same_act import Told
from extract.events.twice_told import once
from extract.events.worth import Worth
from extract.language import divide, parse
from extract.mentions.countries import find_countries
from extract.mentions.organizations import find_organizations
from extract.mentions.people import PeopleMemory, find_people
from extract.mentions.people_home import home_of
from extract.mentions.places import find_places
from extract.mentions.timex import Timex, find_timexes
from extract.model import Article, Document
from extract.readings import DocumentReading
from extract.segment import segment
from extract.store import ArticleRow, TimexRow


def annotate(document: Document, detector: Detector | None = None) -> list[AnnotatedArticle]:
    """Cut a document into articles and recognise everything that the event rules look at.

    With a `detector` the encoder is asked about them.
    """
    articles = segment(document)
    annotated = []
    known = PeopleMemory()
    timexes = [find_timexes(document.text, article.start, article.end) for article in articles]
    for article, created, times in zip(articles, date_articles(articles, timexes), timexes, strict=True):
        annotated.append(_annotate(article, created, times, known, detector))
        known = known.with_mentions(annotated[-1].people)
    return annotated


def _annotate(
    article: Article,
    created: CreationTime,
    timexes: tuple[Timex, ...],
    known: PeopleMemory,
    detector: Detector | None,
) -> AnnotatedArticle:
    text, start, end = article.document.text, article.start, article.end
    countries = find_countries(text, start, end)
    year = int(created.value[:4]) if created.value[:4].isdigit() else None
    people = find_people(article, countries, year, known)
    organizations = find_organizations(text, start, end)
    divided = divide(article)
    worth = Worth(article, countries, people, timexes)
    asked = question(text, divided.sentences, countries, people, organizations, timexes)
    detection = detect(asked, detector, worth.asking)
    parsed = parse(divided, partial(worth.parsing, detection=detection))
    return AnnotatedArticle(
        article=article,
        created=created,
        parsed=parsed,
        countries=countries,
        people=people,
        places=find_places(text, start, end),
        organizations=organizations,
        timexes=timexes,
        asked=asked,
        own_words=share_of_own_words(parsed),
        home=home_of(article, countries),
        detection=detection,
    )


def read_events(document: Document, detector: Detector | None = None) -> DocumentReading:
    """Find the acts that one document tells; with rules alone where there is no `detector`."""
    told: list[Told] = []
    dropped: list[Dropped] = []
    rows: list[ArticleRow] = []
    timexes: list[TimexRow] = []
    articles = {ann.article.index: ann for ann in annotate(document, detector)}
    for ann in articles.values():
        rows.append(_article_row(ann))
        mentions, lost = find_mentions(ann)
        told += [Told(document.name, ann.created.value, mention) for mention in mentions]
        dropped += lost
        timexes += [
            TimexRow(document.name, ann.article.index, timex.start, timex.end, value)
            for timex, value in dates_told(ann, mentions)
        ]
    acts = acts_of(told, articles, dropped)
    return DocumentReading(document, tuple(rows), acts, tuple(dropped), tuple(timexes))


def acts_of(
    told: Sequence[Told], articles: Mapping[int, AnnotatedArticle], dropped: list[Dropped]
) -> tuple[Cluster, ...]:
    """Return the acts that the mentions of one document tell, dated as far as can be; add to `dropped` what is none.

    `articles` are those of the document by their numbers.
    """
    found, loose = cluster(told)
    dropped += [one.mention.dropped("refers to an act that is not told here") for one in loose]
    clusters = []
    for one in found:
        if is_domestic(one, articles):
            dropped.append(one.best.dropped("domestic: no other state has a part"))
        else:
            clusters.append(one)
    created = {number: ann.created for number, ann in articles.items()}
    return tuple(with_hosts_of_visits(once(inherit_dates(clusters, created))))


def read_events_trained(document: Document) -> DocumentReading:
    """Find the acts that one document tells, with the encoder that is shipped, or by rules where there is none."""
    return read_events(document, load_detector())


def _article_row(ann: AnnotatedArticle) -> ArticleRow:
    article, text = ann.article, ann.text
    title = text[article.title.start : article.title.end] if article.title else None
    return ArticleRow(
        article.document.name,
        article.index,
        article.start,
        article.end,
        title,
        ann.created.value,
        ann.created.explanation,
    )
