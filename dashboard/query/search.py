"""The one search over people, organisations, documents and events. Countries have names in many languages and are found
by `geography`."""

from __future__ import annotations

from typing import Any

from dashboard.query.archive import MATCHING, RANKED_DOCUMENTS, Archive
from dashboard.query.conditions import words
from dashboard.query.fulltext import IN_TITLE

Found = list[dict[str, Any]]


def search(archive: Archive, text: str, limit: int = 8) -> dict[str, Found]:
    """Find what has every word of `text`, case and accents aside; in documents where a word begins with it.

    Returns `people` (name, country, role, events), `organizations` (name, events) and `documents` (document, title,
    in_title, words), each at most `limit`, the best first. Events are found by the filter on text.
    """
    asked = words(text)
    if not asked:
        return {"people": [], "organizations": [], "documents": []}
    params: dict[str, Any] = {f"word{number}": word for number, word in enumerate(asked)}

    def all_in(column: str) -> str:
        return " AND ".join(f"contains(fold({column}), fold($word{number}))" for number in range(len(asked)))

    return {
        "people": archive.rows(
            f"""SELECT name, mode(country) AS country, mode(role) AS role, count(DISTINCT event) AS events FROM actors
                WHERE {all_in("name")} GROUP BY name ORDER BY events DESC, name LIMIT {int(limit)}""", params),
        "organizations": archive.rows(
            f"""SELECT organization AS name, count(*) AS events FROM bodies WHERE {all_in("organization")}
                GROUP BY 1 ORDER BY events DESC, 1 LIMIT {int(limit)}""", params),
        "documents": archive.rows(
            f"""SELECT document, score >= {IN_TITLE} AS in_title, words,
                       coalesce(title, first_title, document) AS title
                FROM (SELECT number, score FROM {RANKED_DOCUMENTS} ORDER BY score DESC, number LIMIT {int(limit)})
                JOIN (SELECT number, document, title, first_title, words FROM documents) USING (number)
                ORDER BY score DESC, number""", params | {MATCHING: asked}),
    }


def near(archive: Archive, text: str, limit: int = 5) -> list[str]:
    """Return the names of people that are written much like `text`, whole or in one of their words, likeliest first.

    For a search that found nothing: "Jingping" is near Xi Jinping. One letter may differ, in longer names two.
    """
    if not text.strip():
        return []
    found = archive.frame(
        f"""SELECT name, min(damerau_levenshtein(part, fold($text))) AS apart
            FROM (SELECT name, unnest([fold(name)] || string_split(fold(name), ' ')) AS part
                  FROM (SELECT DISTINCT name FROM actors))
            WHERE abs(length(part) - length($text)) <= 2 AND length(part) > 3
            GROUP BY name HAVING apart <= CASE WHEN length($text) > 5 THEN 2 ELSE 1 END
            ORDER BY apart, name LIMIT {int(limit)}""",
        {"text": text.strip()},
    )
    return list(found["name"])
