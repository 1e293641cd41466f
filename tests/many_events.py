"""A store of any number of made-up events, skewed as news is: `python tests/many_events.py 1000000 FOLDER`.

A few pairs of states, people and sources have very many of the events, most have few. The texts of the documents hold
the quotes at their offsets. The same number and seed give the same store.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from extract.manifest import FORMAT, MANIFEST
from extract.model import KINDS, PARTS, SUBTYPES
from extract.store_tables import SCHEMAS

COUNTRIES = Path(__file__).resolve().parent.parent / "extract" / "data" / "countries.tsv"
TOPICS = ["trade", "harbours", "railways", "fisheries", "energy", "water", "grain", "wheat", "vaccines", "hospitals", "schools", "students", "visas", "flights", "tourism", "culture", "sport", "climate", "forests", "rivers", "bridges", "satellites", "mining", "copper", "lithium", "steel", "textiles", "banking", "loans", "debt", "tariffs", "investment", "ports", "shipping", "piracy", "borders", "migration", "refugees", "elections", "ceasefire", "peacekeeping", "disarmament", "nuclear", "missiles", "cyber", "data", "telecoms", "space", "science", "universities", "museums", "language", "media", "youth", "women", "labour"]
ROLES = ("President", "Prime Minister", "Foreign Minister", "Ambassador", "Special Envoy", "Trade Minister", "Deputy Minister")
_SYLLABLES = ["ka", "lo", "mi", "ra", "ven", "dor", "sha", "tu", "nel", "bri", "os", "han", "pe", "gu", "fa", "zi", "ron", "del", "mar", "qu"]
_FIRST = 60
_ROWS = 100_000

_EVENTS = """
CREATE TABLE e AS
WITH whole AS (
  SELECT d.*, k.kind, k.subtype, DATE '1992-01-01' + d.day AS f,
         list_sort(list_distinct(list_transform([c1, c2, c3, c4, c5][:states], lambda x: codes[x + 1]))) AS countries
  FROM draws d CROSS JOIN (SELECT list(code ORDER BY number) AS codes FROM states) JOIN kinds k ON k.number = d.form),
dated AS (
  SELECT *, CASE precision WHEN 0 THEN f WHEN 1 THEN f WHEN 2 THEN date_trunc('month', f)::DATE
            WHEN 3 THEN date_trunc('year', f)::DATE END AS date_first,
         CASE precision WHEN 0 THEN f WHEN 1 THEN f + length WHEN 2 THEN last_day(f)
            WHEN 3 THEN make_date(year(f), 12, 31) END AS date_last,
         CASE precision WHEN 0 THEN strftime(f, '%Y-%m-%d')
            WHEN 1 THEN strftime(f, '%Y-%m-%d') || '/' || strftime((f + length)::DATE, '%Y-%m-%d')
            WHEN 2 THEN strftime(f, '%Y-%m') WHEN 3 THEN strftime(f, '%Y')
            ELSE CASE WHEN length = 1 THEN 'XXXX' ELSE strftime(f, 'XXXX-%m-%d') END END AS date
  FROM whole)
SELECT n, left(md5($seed || '-' || n), 12) AS id, kind, subtype,
       ['occurred', 'planned', 'cancelled'][status + 1] AS status, ['main', 'background'][salience + 1] AS salience,
       date, date_first, date_last, ['day', 'range', 'month', 'year', 'unknown'][precision + 1] AS date_precision,
       ['the text gives the date', 'dateline', 'the text gives the year', 'header'][1 + n % 4] AS date_basis,
       countries,
       list_distinct(list_filter([o1.name, o2.name], lambda x: x IS NOT NULL)) AS organizations,
       list_filter([CASE WHEN p1.name IS NOT NULL THEN
                      {'name': p1.name, 'country': CASE WHEN n % 29 > 0 THEN s1.code END, 'role': p1.role} END,
                    CASE WHEN p2.name IS NOT NULL THEN {'name': p2.name, 'country': s2.code, 'role': p2.role} END],
                   lambda x: x IS NOT NULL) AS actors,
       CASE WHEN states = 0 OR place > 5 THEN NULL WHEN place = 5 THEN s1.name WHEN place = 4 THEN 'Port ' || p1.name
            ELSE s1.capital END AS place,
       coalesce(p1.name, s1.name, 'A delegation') || ' ' || v.words || ' '
           || coalesce(p2.name, s2.name, o1.name, 'the press') AS title,
       CASE WHEN n % 31 > 0 THEN confidence END AS confidence,
       CASE WHEN n % 17 = 0 THEN [] ELSE list_transform(countries, lambda x, i: {
           'country': x,
           'part': parts_of[k + 1][1 + ((n + i) % 3)::INT],
           'name': NULL::VARCHAR}) END AS parts,
       CASE WHEN states > 0 AND place < 4 THEN s1.code END AS place_country
FROM dated CROSS JOIN (SELECT list(parts ORDER BY kind) AS parts_of FROM forms)
JOIN (SELECT kind AS named, number AS k, words FROM verbs) v ON v.named = kind
LEFT JOIN people p1 ON p1.number = a1 LEFT JOIN people p2 ON p2.number = a2
LEFT JOIN bodies o1 ON o1.number = b1 LEFT JOIN bodies o2 ON o2.number = b2
LEFT JOIN states s1 ON s1.number = c1 AND states > 0 LEFT JOIN states s2 ON s2.number = c2 AND states > 1;
"""
_SOURCES = """
CREATE TABLE s AS
WITH told AS (
  SELECT p.n, p.rank, p.document AS d, p.spot, f.words AS filler,
         e.title || ' ' || ['in talks about ', 'and turns to ', 'to speak of ', 'with a word on '][1 + (p.n + p.rank) % 4]
           || t.topic || ' (' || e.date || ')' || CASE WHEN e.place IS NULL THEN '' ELSE ' in ' || e.place END || '.' AS quote
  FROM proofs p JOIN e ON e.n = p.n JOIN fillers f ON f.number = p.filler JOIN topics t ON t.number = p.topic),
placed AS (SELECT *, row_number() OVER (PARTITION BY d ORDER BY spot, n, rank) - 1 AS turn FROM told),
headed AS (
  SELECT *, floor(turn / 6)::INT AS article, DATE '1992-01-01' + ((d * 7919 + floor(turn / 6)::INT) % 12700)::INT AS written,
         CASE WHEN turn % 6 = 0 THEN 'Report ' || (floor(turn / 6)::INT + 1) || ' of number ' || d || chr(10) ELSE '' END AS head
  FROM placed),
joined AS (
  SELECT *, CASE WHEN head = '' THEN '' ELSE strftime(written, '%d %B %Y') END AS day FROM headed),
pieces AS (SELECT *, head || CASE WHEN head = '' THEN '' ELSE day || ' — ' END AS before,
                  quote || ' ' || filler || chr(10) AS after FROM joined)
SELECT *, coalesce(sum(length(before) + length(after)) OVER (
           PARTITION BY d ORDER BY turn ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0)::BIGINT AS "from",
       printf('news/%03d/%07d.txt', d % 1000, d) AS document FROM pieces;
"""
_WRITTEN = {
    "documents": """SELECT document, sha256(document) AS sha256, 'News of number ' || d AS title,
        CASE WHEN d % 5 > 0 THEN strftime(min(written), '%Y-%m-%d') END AS published,
        'The ' || ['Harbour', 'Morning', 'Evening', 'Northern', 'Southern'][1 + d % 5] || ' Post' AS publisher,
        'https://example.org/' || d AS url, 'en' AS language, 'Plain text' AS reader, 'UTF-8' AS encoding,
        []::VARCHAR[] AS stated, []::VARCHAR[] AS notes,
        len(string_split(trim(string_agg(before || after, ' ')), ' ')) AS words,
        string_agg(before || after, '' ORDER BY turn) AS text FROM s GROUP BY document, d ORDER BY document""",
    "aliases": "SELECT 'old' || id AS alias, id AS event FROM e WHERE n % 100 = 0 ORDER BY alias",
    "failures": "SELECT printf('lost/%d.pdf', n) AS document, 'holds no text' AS reason FROM e WHERE n % 5000 = 1 ORDER BY n",
    "articles": """SELECT document, article, min("from") AS start, max("from" + length(before) + length(after)) AS "end",
        'Report ' || (article + 1) || ' of number ' || any_value(d) AS title,
        strftime(any_value(written), '%Y-%m-%d') AS date, 'header' AS date_basis
        FROM s GROUP BY document, article ORDER BY document, article""",
    "events": "SELECT * EXCLUDE n FROM e ORDER BY id",
    "sources": """SELECT e.id AS event, s.rank, s.document, s.article, s."from" + length(s.before) AS start,
        s."from" + length(s.before) + length(s.quote) AS "end", s.quote, e.kind || ':made up' AS rule
        FROM s JOIN e ON e.n = s.n ORDER BY event, rank""",
    "timexes": """SELECT document, article, "from" + length(head) AS start, "from" + length(head) + length(day) AS "end",
        strftime(written, '%Y-%m-%d') AS value FROM s WHERE head <> '' ORDER BY document, start""",
}


def write(folder: Path, number: int, seed: int = 1) -> None:
    """Write a store of so many events into a new folder."""
    random = np.random.default_rng(seed)
    folder.mkdir(parents=True)
    with duckdb.connect() as made:
        tables = _lists(random, number) | {"draws": _draws(random, number), "proofs": _proofs(random, number)}
        for name, table in tables.items():
            made.register(name, table)
        made.execute(_EVENTS.replace("$seed", f"'{seed}'"))
        made.execute(_SOURCES)
        for name, sql in _WRITTEN.items():
            schema = SCHEMAS[name]
            with pq.ParquetWriter(folder / f"{name}.parquet", schema) as file:
                for batch in made.sql(f"SELECT {', '.join(map(_quoted, schema.names))} FROM ({sql})").to_arrow_reader(_ROWS):
                    file.write_table(pa.Table.from_batches([batch]).cast(schema))
        documents = made.execute("SELECT count(DISTINCT d) FROM s").fetchone()
    manifest = {"format": FORMAT, "fingerprint": f"{number} made up, {seed}", "documents": documents[0] if documents else 0, "events": number}
    (folder / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")


def _quoted(name: str) -> str:
    return f'"{name}"'


def _countries() -> list[tuple[str, str, str]]:
    """Code, name and first capital of each state."""
    lines = [one for one in COUNTRIES.read_text(encoding="utf-8").splitlines() if not one.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["code"], row["name"].rstrip("?"), (row["capitals"] or row["name"]).split("|")[0].rstrip("?")) for row in rows]


def _word(random: np.random.Generator, syllables: int) -> str:
    return "".join(_SYLLABLES[one] for one in random.integers(0, len(_SYLLABLES), syllables))


def _lists(random: np.random.Generator, number: int) -> dict[str, pa.Table]:
    """States, people, organisations, topics and filling sentences, each by number."""
    known = _countries()
    states = [known[one] for one in random.permutation(len(known))]
    first = [_word(random, 2).capitalize() for _ in range(_FIRST)]
    people, bodies = _sizes(number)
    names = [f"{first[one % _FIRST]} {_word(random, 3).capitalize()}{'-' + _word(random, 2).capitalize() if one % 3 else ''} {one:x}"
             for one in range(people)]
    rare = [_word(random, 4) for _ in range(4000)]
    words = random.choice([*TOPICS * 60, *rare], (2000, 14))
    forms = [(kind, subtype) for kind in KINDS for subtype in SUBTYPES[kind]]
    verbs = ("meets", "visits", "writes to", "signs an agreement with")
    return {
        "states": _table(code=[one[0] for one in states], name=[one[1] for one in states], capital=[one[2] for one in states]),
        "people": _table(name=names, role=[ROLES[one % 7] if one % 10 else None for one in range(people)]),
        "bodies": _table(name=[f"{TOPICS[one % len(TOPICS)].capitalize()} Union {one}" for one in range(bodies)]),
        "topics": _table(topic=[*TOPICS, *rare]),
        "fillers": _table(words=[f"Nothing else was told of {' '.join(row)}." for row in words]),
        "kinds": _table(kind=[one[0] for one in forms], subtype=[one[1] for one in forms]),
        "forms": pa.table({"kind": list(range(len(KINDS))), "parts": [(PARTS[kind] * 2)[:3] for kind in KINDS]}),
        "verbs": _table(kind=list(KINDS), words=list(verbs)),
    }


def _table(**columns: list[Any]) -> pa.Table:
    length = len(next(iter(columns.values())))
    return pa.table({"number": list(range(length)), **columns})


def _sizes(number: int) -> tuple[int, int]:
    """How many people and organisations there are among so many events."""
    return max(300, number // 10), max(30, number // 20)


def _skewed(random: np.random.Generator, size: int, among: int, power: float = 3.0) -> Any:
    """Numbers below `among`, the low ones far more often than the high ones."""
    return np.minimum((among * random.random(size) ** power).astype(np.int64), among - 1)


def _draws(random: np.random.Generator, number: int) -> pa.Table:
    among = len(_countries())
    people, bodies = _sizes(number)
    c1 = _skewed(random, number, among, 2.5)
    friend = (c1 * 7 + 1 + _skewed(random, number, 12)) % among
    c2 = np.where(random.random(number) < 0.5, friend, _skewed(random, number, among, 2.0))
    pool = people // among

    def acting(country: Any, share: float) -> Any:
        """One of a state's people, the leading ones most often; nobody in some events."""
        return np.where(random.random(number) < share, country + among * _skewed(random, number, max(pool, 1), 4.0), -1)

    days = (12_700 * random.random(number) ** 0.55).astype(np.int32)
    return pa.table({
        "n": np.arange(number), "form": _of(random, number, (20, 8, 10, 2, 5, 6, 9, 10, 8, 5, 3, 3, 2, 2, 1, 8, 4, 2, 3)),
        "status": np.where(days > 12_500, 1, _of(random, number, (95, 2, 3))), "salience": _of(random, number, (60, 40)),
        "precision": _of(random, number, (62, 15, 10, 9, 4)), "day": days, "length": random.integers(1, 12, number).astype(np.int32),
        "states": _of(random, number, (2, 25, 60, 8, 3, 2)), "c1": c1, "c2": c2,
        **{name: _skewed(random, number, among, 1.5) for name in ("c3", "c4", "c5")},
        "a1": acting(c1, 0.75), "a2": acting(c2, 0.45), "b1": np.where(random.random(number) < 0.2, _skewed(random, number, bodies, 4.0), -1),
        "b2": np.where(random.random(number) < 0.04, _skewed(random, number, bodies), -1),
        "place": random.integers(0, 11, number), "confidence": np.round(random.beta(8, 2, number), 2),
    })


def _proofs(random: np.random.Generator, number: int) -> pa.Table:
    """Which document tells which event, where: one to four times each, a few documents very much of them."""
    times = 1 + _of(random, number, (55, 25, 13, 7))
    events = np.repeat(np.arange(number), times)
    ranks = np.arange(len(events)) - np.repeat(np.cumsum(times) - times, times)
    return pa.table({
        "n": events, "rank": ranks.astype(np.int32), "document": _skewed(random, len(events), max(3, number // 5), 1.4),
        "spot": random.random(len(events)), "filler": random.integers(0, 2000, len(events)),
        "topic": np.where(random.random(len(events)) < 0.9, _skewed(random, len(events), len(TOPICS), 2.0),
                          len(TOPICS) + _skewed(random, len(events), 4000, 2.0)),
    })


def _of(random: np.random.Generator, size: int, weights: tuple[int, ...]) -> Any:
    share = np.array(weights) / sum(weights)
    return random.choice(len(weights), size, p=share)


if __name__ == "__main__":
    write(Path(sys.argv[2]), int(sys.argv[1]))
