"""Documents: the list, one with its text, its articles and the passages in it that prove events."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.filters import Filters
from dashboard.query.archive import Archive
from dashboard.query.conditions import ROW, conditions


def documents(archive: Archive, filters: Filters) -> pd.DataFrame:
    """List the documents by name: `document`, `title`, `publisher`, `published`, `words`, `articles`, `events`.

    A document without a title of its own has that of its first article. `events` counts those that the filters choose.
    """
    where, params = conditions(filters)
    return archive.frame(
        f"""SELECT document, coalesce(title, (SELECT arg_min(a.title, a.article) FROM articles a
                                             WHERE a.document = d.document AND a.title IS NOT NULL)) AS title,
                  publisher, published, words,
                  (SELECT count(*) FROM articles a WHERE a.document = d.document) AS articles,
                  coalesce(n.events, 0) AS events
           FROM documents d LEFT JOIN
                (SELECT s.document AS told, count(DISTINCT s.event) AS events FROM sources s
                 WHERE s.event IN (SELECT id FROM events WHERE {where}) GROUP BY told) n ON n.told = d.document
           ORDER BY document""",
        params,
    )


def corpus(archive: Archive) -> dict[str, Any]:
    """Return the size of the whole store: `documents`, `articles`, `words`."""
    row = archive.one("SELECT count(*), (SELECT count(*) FROM articles), coalesce(sum(words), 0) FROM documents")
    return dict(zip(("documents", "articles", "words"), map(int, row), strict=True))


def document(archive: Archive, name: str) -> dict[str, Any] | None:
    """Return a document with its text, or None when there is none of that name."""
    found = archive.rows("SELECT * FROM documents WHERE document = $name", {"name": name})
    return found[0] if found else None


def articles(archive: Archive, name: str) -> list[dict[str, Any]]:
    """Return the articles of a document in its order: `article`, `start`, `end`, `title`, `date`, `date_basis`."""
    return archive.rows(
        'SELECT article, start, "end", title, date, date_basis FROM articles WHERE document = $name ORDER BY article',
        {"name": name},
    )


def passages(archive: Archive, name: str) -> pd.DataFrame:
    """Return the passages of a document that prove events, in its order, with the event's row."""
    return archive.frame(
        f"""SELECT s.start, s."end", s.rank, e.* FROM sources s JOIN (SELECT {ROW} FROM events) e ON e.id = s.event
            WHERE s.document = $name ORDER BY s.start, s."end", e.id""",
        {"name": name},
    )
