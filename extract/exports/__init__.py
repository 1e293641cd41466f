"""Files to take home: what the record holds, in formats that other programs read, each with its sources."""

from extract.exports.about import About, data_version
from extract.exports.calendar import has_days, to_calendar
from extract.exports.places import to_geojson
from extract.exports.records import Row, rows_of, to_array, to_lines, to_parquet
from extract.exports.stored import of_store
from extract.exports.tables import to_csv, to_passages, to_table
from extract.exports.words import flat, safe_name

__all__ = [
    "About", "Row", "data_version", "flat", "has_days", "of_store", "rows_of", "safe_name", "to_array", "to_calendar",
    "to_csv", "to_geojson", "to_lines", "to_parquet", "to_passages", "to_table",
]
