"""Gains and losses by event: what two extractions of the same documents, scored by the same gold, do differently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.gold import Gold
from extract.record import printable
from extract.score import Comparison, Pair, Prediction, measure

CHANGES = ("gained", "lost", "invented", "withdrawn", "mended", "broken")
_MEANING = {
    "gained": "newly found",
    "lost": "newly missed",
    "invented": "newly invented",
    "withdrawn": "no longer invented",
    "mended": "part now right",
    "broken": "part now wrong",
}
_FIGURES = (
    "gold", "predicted", "matched", "precision", "recall", "f1", "strict_f1", "date_exact", "countries_exact", "status",
)  # fmt: skip
_TITLE = 80


@dataclass(frozen=True, slots=True)
class Change:
    """One difference on one event: the gold's kind, date, countries and title, or an invented event's own.

    `change` is one of CHANGES; `note` tells the values before and after of a part, or what is wrong with a gain.
    """

    change: str
    document: str
    kind: str
    date: str
    countries: tuple[str, ...]
    title: str
    note: str = ""


def changes(before: Comparison, now: Comparison) -> list[Change]:
    """Return what differs between two comparisons with the same gold, by CHANGES, document and place in the gold.

    Optional gold counts neither way, as in the score.
    """
    found = [*_of_gold(before, now), *_of_invented(before, now)]
    return sorted(found, key=lambda change: (CHANGES.index(change.change), change.document))


def _of_gold(before: Comparison, now: Comparison) -> Iterator[Change]:
    earlier = _by_gold(before)
    for key, (gold, pair) in sorted(_by_gold(now).items()):
        was = earlier[key][1] if key in earlier else pair
        if pair.prediction and not was.prediction:
            yield _on(gold, "gained", pair, f"wrong: {', '.join(pair.faults)}" if pair.faults else "")
        elif was.prediction and not pair.prediction:
            yield _on(gold, "lost", pair)
        for part in ("date", "countries", "status"):
            if was.prediction and pair.prediction and (part in was.faults) != (part in pair.faults):
                told = f"{part}: {_value(was.prediction, part)} -> {_value(pair.prediction, part)}"
                yield _on(gold, "broken" if part in pair.faults else "mended", pair, told)


def _by_gold(comparison: Comparison) -> dict[tuple[str, str], tuple[Gold, Pair]]:
    return {(p.document, p.gold.id): (p.gold, p) for p in comparison.pairs if p.gold and not p.gold.optional}


def _on(gold: Gold, change: str, pair: Pair, note: str = "") -> Change:
    return Change(change, pair.document, gold.kind, gold.dates[0], tuple(sorted(gold.countries)), gold.title, note)


def _value(prediction: Prediction, part: str) -> str:
    value = getattr(prediction, part)
    return (",".join(sorted(value)) or "-") if part == "countries" else str(value)


def _of_invented(before: Comparison, now: Comparison) -> Iterator[Change]:
    earlier, later = _invented(before), _invented(now)
    for document in sorted(earlier.keys() | later.keys()):
        was, still = list(earlier.get(document, ())), []
        for prediction in later.get(document, ()):
            same = next((old for old in was if _same_invention(old, prediction)), None)
            if same is None:
                still.append(prediction)
            else:
                was.remove(same)
        yield from (_invention(document, "invented", prediction) for prediction in still)
        yield from (_invention(document, "withdrawn", prediction) for prediction in was)


def _invented(comparison: Comparison) -> dict[str, list[Prediction]]:
    found: dict[str, list[Prediction]] = {}
    for pair in comparison.pairs:
        if pair.gold is None and pair.prediction:
            found.setdefault(pair.document, []).append(pair.prediction)
    return {name: sorted(them, key=lambda p: (p.spans, p.kind, p.date, p.title)) for name, them in found.items()}


def _same_invention(one: Prediction, other: Prediction) -> bool:
    """Tell whether two extractions invent the same: one kind, and evidence that overlaps; the parts may differ."""
    return one.kind == other.kind and any(a.overlaps(b) for a in one.spans for b in other.spans)


def _invention(document: str, change: str, one: Prediction) -> Change:
    return Change(change, document, one.kind, one.date, tuple(sorted(one.countries)), one.title)


def table(found: Sequence[Change]) -> Iterator[str]:
    """Yield the changes as the lines of an aligned table, safe in a terminal; nothing but one line where none is."""
    if not found:
        yield "no event differs"
        return
    rows: list[tuple[str, ...]] = [("change", "document", "kind", "date", "countries", "title")]
    for one in found:
        title = one.title[:_TITLE] + (f" [{one.note}]" if one.note else "")
        row = (one.change, one.document, one.kind, one.date, ",".join(one.countries) or "-", title)
        rows.append(tuple(printable(cell) for cell in row))
    yield from _aligned(rows)


def summary(before: Comparison, now: Comparison, name: str) -> Iterator[str]:
    """Yield how often each change occurs, and the scores of both; `name` is what the earlier one is called."""
    found = changes(before, now)
    for change in CHANGES:
        yield f"{sum(one.change == change for one in found):5} {change:9} {_MEANING[change]}"
    yield ""
    rows: list[tuple[str, ...]] = [("", *_FIGURES)]
    for label, comparison in ((printable(name), before), ("now", now)):
        figures = measure(comparison)
        rows.append((label, *(_figure(figures[figure]) for figure in _FIGURES)))
    yield from _aligned(rows)


def _figure(value: float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
