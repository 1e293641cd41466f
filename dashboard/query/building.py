"""The tables in which DuckDB keeps a store for the questions of the pages: their columns, and how they are made.

Events have a number each, by which the tables are joined, and `newest`, by which they are sorted: the newest first.
What is counted by state, person, organisation and document has rows of its own with all that filters look at, so that
no question needs to join them again, and lies sorted: the rows of one state are read without those of the others. The
first row of a person in an event says so (`once`), and for which state alone they act in it (`sole`).
"""

from __future__ import annotations

from pathlib import Path

import duckdb

FILES = ("documents", "failures", "articles", "events", "sources", "timexes", "aliases")
# In the name of the file: a change of the tables below needs another number.
FORMAT = 2
# Case and accents are of no matter to a search.
FOLD = "CREATE MACRO fold(words) AS strip_accents(lower(words));"
TABLES = ("events", "participants", "pairs", "actors", "encounters", "bodies", "tellings", "sites", "sources")
# What a row of a participant, an actor, an organisation or a document says of its event, for filters and counts.
_OF_EVENT = """event, newest, kind, subtype, status, salience, date, date_first, date_last, date_precision, confidence,
    begins, ends, states, review"""
# A text may speak of the year 1 or 9999; axes reach beyond their days, and the calendar ends there. What is shown and
# cited is the record's own date.
_DAYS = """
    CASE WHEN date_first IS NOT NULL
         THEN greatest(least(date_first, DATE '9900-12-31'), DATE '0100-01-01') END AS date_first,
    CASE WHEN date_last IS NOT NULL
         THEN least(greatest(date_last, DATE '0100-01-01'), DATE '9900-12-31') END AS date_last"""
# The ends of an EDTF date or range, with the precision that each has.
FIRST, LAST = "split_part(date, '/', 1)", "split_part(date, '/', -1)"
_YEAR = f"{FIRST} NOT LIKE 'X%'"
# What stores of an earlier version do not have.
_LATER = "NULL::VARCHAR AS place_country"
# Documents have numbers in the order of their names.
_COPIES = f"""
CREATE TABLE failures AS SELECT * FROM read_parquet($failures) ORDER BY document;
CREATE TABLE articles AS SELECT * FROM read_parquet($articles) ORDER BY document, article;
CREATE TABLE timexes AS SELECT * FROM read_parquet($timexes) ORDER BY document, start;
CREATE TABLE aliases AS SELECT * FROM read_parquet($aliases) ORDER BY alias;
CREATE TABLE documents AS
WITH numbered AS (
      SELECT document, row_number() OVER (ORDER BY document)::INTEGER AS number FROM read_parquet($documents)),
    held AS (
      SELECT document, count(*) AS articles, arg_min(title, article) FILTER (title IS NOT NULL) AS first_title,
             string_agg(title, ' ' ORDER BY article) AS titles,
             min({FIRST}) FILTER ({_YEAR}) AS written_first, max({LAST}) FILTER ({_YEAR}) AS written_last
      FROM articles GROUP BY document)
SELECT d.*, number, coalesce(articles, 0) AS articles, first_title, written_first, written_last,
       fold(concat_ws(' ', document, title, publisher, titles)) AS names
FROM read_parquet($documents) d JOIN numbered USING (document) LEFT JOIN held USING (document);
CREATE TEMP VIEW records AS
SELECT *, 'open' AS review FROM read_parquet($events) UNION ALL BY NAME SELECT {_LATER} WHERE false;
CREATE TEMP VIEW proofs AS SELECT * FROM read_parquet($sources);
"""
# `newest` puts the newest first and those without a year last, as one number; `begins` has the day and then the date,
# so that the least and the greatest of several say which date that is. A site is what the record says of a place.
_DERIVED = f"""
CREATE TABLE $sites AS
SELECT *, ($start + row_number() OVER (ORDER BY place, home, takers))::INTEGER AS site FROM (
    SELECT DISTINCT place, coalesce(place_country, '') AS home,
           CASE WHEN place_country IS NULL THEN array_to_string(countries, ',') ELSE '' END AS takers
    FROM records WHERE place IS NOT NULL);
CREATE TABLE $events AS
WITH known AS (SELECT * REPLACE ({_DAYS}) FROM records),
    quoted AS (
      SELECT event AS id, arg_min(quote, rank) AS quote, count(*)::INTEGER AS sources,
             count(DISTINCT document)::INTEGER AS documents
      FROM proofs GROUP BY event)
SELECT ($start + row_number() OVER (ORDER BY date_first DESC NULLS LAST, date_last DESC, id))::INTEGER AS event,
       CASE WHEN date_first IS NULL THEN 1
            ELSE -((date_first - DATE '0001-01-01') * 8388608 + (date_last - DATE '0001-01-01')) END AS newest,
       date_first::VARCHAR || date AS begins, date_last::VARCHAR || date AS ends,
       len(list_distinct(countries))::INTEGER AS states, s.site, e.*, quote, sources, documents
FROM known e LEFT JOIN quoted q USING (id)
LEFT JOIN $sites s ON s.place = e.place AND s.home = coalesce(e.place_country, '')
    AND s.takers = CASE WHEN e.place_country IS NULL THEN array_to_string(e.countries, ',') ELSE '' END
ORDER BY event;
CREATE TABLE $participants AS
SELECT {_OF_EVENT}, e.country, coalesce(p.part, 'participant') AS part, p.name AS called
FROM (SELECT *, unnest(list_distinct(countries)) AS country FROM $events) e
LEFT JOIN (SELECT event, unnest(parts, recursive := true) FROM $events) p USING (event, country)
ORDER BY country, event;
CREATE TABLE $pairs AS
SELECT p.* EXCLUDE (country, part, called), p.country AS a, q.country AS b, p.country || '-' || q.country AS pair
FROM $participants p JOIN (SELECT event, country FROM $participants) q ON p.event = q.event AND p.country < q.country
ORDER BY pair, p.event;
CREATE TABLE $actors AS
SELECT *, row_number() OVER own = 1 AS once,
       CASE WHEN count(country) OVER own = count(*) OVER own AND min(country) OVER own = max(country) OVER own
            THEN country END AS sole
FROM (SELECT {_OF_EVENT}, unnest(actors, recursive := true) FROM $events) WINDOW own AS (PARTITION BY event, name)
ORDER BY name, event;
CREATE TABLE $encounters AS
SELECT p.* EXCLUDE (name, country, role, once, sole), p.name AS a, q.name AS b,
       p.sole IS NULL OR q.sole IS NULL OR p.sole <> q.sole AS apart
FROM $actors p JOIN (SELECT event, name, sole FROM $actors WHERE once) q ON p.event = q.event AND p.name < q.name
WHERE p.once AND p.kind IN ('meeting', 'visit') ORDER BY a, b, p.event;
CREATE TABLE $bodies AS
SELECT {_OF_EVENT}, unnest(list_distinct(organizations)) AS organization FROM $events
ORDER BY organization, event;
CREATE TABLE $sources AS
SELECT e.event, s.* EXCLUDE (event) FROM proofs s JOIN $events e ON e.id = s.event ORDER BY document, start;
CREATE TABLE $tellings AS
SELECT {_OF_EVENT}, number AS document, rank
FROM (SELECT event, document, min(rank) AS rank FROM $sources GROUP BY ALL) t JOIN $events e USING (event)
JOIN documents d ON d.document = t.document ORDER BY number, event;
"""


def build(store: Path, path: Path, limits: str) -> None:
    """Write the tables of the store in a folder as a database of DuckDB. Raises duckdb.Error."""
    with duckdb.connect(str(path)) as made:
        made.execute(limits + FOLD)
        fill(made, store)
        made.execute("CHECKPOINT")


def fill(made: duckdb.DuckDBPyConnection, store: Path) -> None:
    """Make the tables of the store in a folder where a connection makes tables. Raises duckdb.Error."""
    statements = _COPIES
    for name in FILES:
        file = str(store / f"{name}.parquet").replace("'", "''")
        statements = statements.replace(f"${name}", f"'{file}'")
    made.execute(statements)
    made.execute(derived("", 0))


def derived(schema: str, start: int) -> str:
    """Return the statements that make the tables of events in a schema, from `records` and `proofs`.

    `start` is the number before the first event's.
    """
    statements = _DERIVED.replace("$start", str(start))
    for name in TABLES:
        statements = statements.replace(f"${name}", f"{schema}{name}")
    return statements
