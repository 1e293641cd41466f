"""The tables of a store and their columns. A change here needs a new number of the format in `store`."""

from __future__ import annotations

import pyarrow as pa

_PART = pa.struct([("country", pa.string()), ("part", pa.string()), ("name", pa.string())])
_ACTOR = pa.struct([("name", pa.string()), ("country", pa.string()), ("role", pa.string())])
SCHEMAS: dict[str, pa.Schema] = {
    "documents": pa.schema(
        [
            ("document", pa.string()),
            ("sha256", pa.string()),
            ("title", pa.string()),
            ("published", pa.string()),
            ("publisher", pa.string()),
            ("url", pa.string()),
            ("language", pa.string()),
            ("reader", pa.string()),
            ("encoding", pa.string()),
            ("stated", pa.list_(pa.string())),
            ("notes", pa.list_(pa.string())),
            ("words", pa.int64()),
            ("text", pa.string()),
        ]
    ),
    "aliases": pa.schema([("alias", pa.string()), ("event", pa.string())]),
    "failures": pa.schema([("document", pa.string()), ("reason", pa.string())]),
    "articles": pa.schema(
        [
            ("document", pa.string()),
            ("article", pa.int32()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("title", pa.string()),
            ("date", pa.string()),
            ("date_basis", pa.string()),
        ]
    ),
    "events": pa.schema(
        [
            ("id", pa.string()),
            ("kind", pa.string()),
            ("subtype", pa.string()),
            ("status", pa.string()),
            ("salience", pa.string()),
            ("date", pa.string()),
            ("date_first", pa.date32()),
            ("date_last", pa.date32()),
            ("date_precision", pa.string()),
            ("date_basis", pa.string()),
            ("countries", pa.list_(pa.string())),
            ("organizations", pa.list_(pa.string())),
            ("actors", pa.list_(_ACTOR)),
            ("place", pa.string()),
            ("title", pa.string()),
            ("confidence", pa.float64()),
            ("parts", pa.list_(_PART)),
            ("place_country", pa.string()),
        ]
    ),
    "sources": pa.schema(
        [
            ("event", pa.string()),
            ("rank", pa.int32()),
            ("document", pa.string()),
            ("article", pa.int32()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("quote", pa.string()),
            ("rule", pa.string()),
        ]
    ),
    "timexes": pa.schema(
        [
            ("document", pa.string()),
            ("article", pa.int32()),
            ("start", pa.int64()),
            ("end", pa.int64()),
            ("value", pa.string()),
        ]
    ),
}
