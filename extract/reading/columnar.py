"""Rows of Parquet as Python has them; a value that it cannot hold, such as a day in the year 50000, costs no other."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

import pyarrow as pa

from extract.model import InputError

_UNREADABLE = (OverflowError, ValueError, LookupError)


def rows_of_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[dict[str, Any]]:
    """Yield the rows; in the place of a value that cannot be read stands an InputError with the reason."""
    for batch in batches:
        try:
            yield from batch.to_pylist()
        except _UNREADABLE:
            for at in range(batch.num_rows):
                yield {name: _value(batch.column(name), at) for name in batch.schema.names}


def _value(column: pa.Array, at: int) -> Any:
    try:
        return column[at].as_py()
    except _UNREADABLE as error:
        return InputError(f"holds a value that cannot be read ({error})")


def refuse_time_zones(schema: pa.Schema, columns: Collection[str]) -> None:
    """Raise InputError naming the column and the time zone where one of some columns is in one that is not known."""
    for field in schema:
        if field.name in columns and pa.types.is_timestamp(field.type):
            try:
                pa.scalar(0, field.type).as_py()
            except _UNREADABLE as error:
                raise InputError(f"column {field.name}: knows no time zone {field.type.tz!r}") from error
