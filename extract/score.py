"""Events against gold: precision, recall and exactness by the definition of an event (see tests/gold/README.md)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract import edtf
from extract.gold import Gold, GoldDocument, gold_documents
from extract.model import KINDS, Span

_OPTIONAL_GOLD_LOSES_TIES = 0.01


@dataclass(frozen=True, slots=True)
class Prediction:
    """One extracted event as the score sees it, with its evidence in one document."""

    kind: str
    status: str
    date: str
    countries: frozenset[str]
    title: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A gold event and the prediction matched to it in one document; one of the two is None where nothing matched."""

    document: str
    gold: Gold | None
    prediction: Prediction | None

    @property
    def is_counted(self) -> bool:
        """Tell whether the pair counts: optional gold is neither rewarded nor punished."""
        return not (self.gold and self.gold.optional)

    @property
    def faults(self) -> tuple[str, ...]:
        """Return which of date, countries and status are wrong; empty when unmatched or all right."""
        if self.gold is None or self.prediction is None:
            return ()
        checks = {
            "date": self.prediction.date in self.gold.dates,
            "countries": _countries_exact(self.prediction, self.gold),
            "status": self.prediction.status == self.gold.status,
        }
        return tuple(name for name, right in checks.items() if not right)

    @property
    def is_right(self) -> bool:
        """Tell whether both are there and agree in date, countries and status."""
        return self.gold is not None and self.prediction is not None and not self.faults


def _date_compatible(prediction: Prediction, gold: Gold) -> bool:
    if prediction.date in gold.dates:
        return True
    return edtf.is_valid(prediction.date) and any(edtf.compatible(prediction.date, date) for date in gold.dates)


def _countries_exact(prediction: Prediction, gold: Gold) -> bool:
    return gold.countries <= prediction.countries <= gold.countries | gold.countries_optional


def _similarity(prediction: Prediction, gold: Gold) -> float:
    """Return the Jaccard index of the countries, those that are optional in the gold left out."""
    predicted = prediction.countries - (gold.countries_optional - gold.countries)
    union = predicted | gold.countries
    return len(predicted & gold.countries) / len(union) if union else 1.0


def match(document: str, golds: Sequence[Gold], predictions: Sequence[Prediction]) -> list[Pair]:
    """Match the events of one document, each at most once, the most alike first; the unmatched follow alone."""
    candidates = []
    for i, gold in enumerate(golds):
        for j, prediction in enumerate(predictions):
            likeness = _likeness(gold, prediction)
            if likeness is not None:
                candidates.append((likeness, i, j))
    pairs: list[Pair] = []
    used_gold: set[int] = set()
    used_predictions: set[int] = set()
    for _, i, j in sorted(candidates, reverse=True):
        if i not in used_gold and j not in used_predictions:
            used_gold.add(i)
            used_predictions.add(j)
            pairs.append(Pair(document, golds[i], predictions[j]))
    pairs += [Pair(document, gold, None) for i, gold in enumerate(golds) if i not in used_gold]
    pairs += [Pair(document, None, p) for j, p in enumerate(predictions) if j not in used_predictions]
    return pairs


def _likeness(gold: Gold, prediction: Prediction) -> float | None:
    """Return how alike two events are, or None where they cannot be the same.

    They need the same kind, and evidence that overlaps with a shared country or a compatible date, or a compatible
    date with countries that overlap by half.
    """
    if gold.kind != prediction.kind:
        return None
    overlap = any(span.overlaps(place) for span in prediction.spans for place in gold.ranges)
    similarity, compatible = _similarity(prediction, gold), _date_compatible(prediction, gold)
    if not (overlap and (similarity > 0 or compatible)) and not (compatible and similarity >= 0.5):
        return None
    exact = prediction.date in gold.dates
    return overlap + similarity + compatible + exact + (not gold.optional) * _OPTIONAL_GOLD_LOSES_TIES


@dataclass(frozen=True, slots=True)
class Comparison:
    """All pairs of a comparison, and the documents compared: one may have no event, in the gold or at all."""

    documents: tuple[str, ...]
    pairs: tuple[Pair, ...]


def compare(records: Sequence[dict[str, Any]], gold_dir: Path | str, documents_dir: Path | str) -> Comparison:
    """Match the records of events against the gold of a folder, document by document; raises as `gold_documents`."""
    return compare_with(records, gold_documents(gold_dir, documents_dir))


def compare_with(records: Sequence[dict[str, Any]], documents: Sequence[GoldDocument]) -> Comparison:
    """Match the records of events against documents with gold, one by one."""
    pairs = [pair for one in documents for pair in match(one.name, one.events, predictions(records, one))]
    return Comparison(tuple(one.name for one in documents), tuple(pairs))


def predictions(records: Sequence[dict[str, Any]], gold: GoldDocument) -> list[Prediction]:
    """Return those of the records whose earliest evidence in a document lies where its gold covers it."""
    found = []
    for record in records:
        sources = [source for source in record.get("sources", ()) if Path(source["document"]).stem == gold.path.stem]
        spans = tuple(Span(source["start"], source["end"]) for source in sources)
        if spans and min(spans).start in gold.scope:
            found.append(
                Prediction(
                    record["kind"],
                    record.get("status", "occurred"),
                    record["date"],
                    frozenset(record["countries"]),
                    str(record.get("title", "")),
                    spans,
                )
            )
    return found


def measure(comparison: Comparison) -> dict[str, float | int]:
    """Return the figures of a comparison by name, in the order in which they are printed; shares from 0 to 1."""
    counted = [pair for pair in comparison.pairs if pair.is_counted]
    both = [pair for pair in counted if pair.gold and pair.prediction]
    missed = sum(pair.prediction is None for pair in counted)
    invented = sum(pair.gold is None for pair in counted)
    right = sum(pair.is_right for pair in both)
    precision, recall, f1 = _rates(len(both), invented, missed)
    strict = _rates(right, invented + len(both) - right, missed + len(both) - right)
    wrong = {pair.document for pair in counted if not pair.is_right}
    figures: dict[str, float | int] = {
        "gold": len(both) + missed,
        "predicted": len(both) + invented,
        "matched": len(both),
        "precision": precision,
        "recall": recall,
        "f1": f1,
        "strict_precision": strict[0],
        "strict_recall": strict[1],
        "strict_f1": strict[2],
        "date_exact": _share("date" not in pair.faults for pair in both),
        "date_compatible": _share(_date_compatible(p.prediction, p.gold) for p in both if p.prediction and p.gold),
        "countries_exact": _share("countries" not in pair.faults for pair in both),
        "status": _share("status" not in pair.faults for pair in both),
        "documents": len(comparison.documents),
        "documents_right": _share(name not in wrong for name in comparison.documents),
    }
    for salience in ("main", "background"):
        found = [pair.prediction is not None for pair in counted if pair.gold and pair.gold.salience == salience]
        figures |= {f"recall_{salience}": _share(found), f"gold_{salience}": len(found)}
    for kind in KINDS:
        figures[f"f1_{kind}"] = _f1_of(kind, counted)
    return figures


def _f1_of(kind: str, counted: Sequence[Pair]) -> float:
    golds = [pair for pair in counted if pair.gold and pair.gold.kind == kind]
    found = sum(pair.prediction is not None for pair in golds)
    invented = sum(p.gold is None and p.prediction is not None and p.prediction.kind == kind for p in counted)
    return _rates(found, invented, len(golds) - found)[2]


def _rates(right: int, invented: int, missed: int) -> tuple[float, float, float]:
    precision = right / (right + invented) if right + invented else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    total = precision + recall
    return precision, recall, 2 * precision * recall / total if total else 0.0


def _share(values: Iterable[bool]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0


def detail(pair: Pair) -> str:
    """Return one line on a pair: ok, part (with what is wrong), MISSED or FALSE."""
    gold, prediction = pair.gold, pair.prediction
    if gold is None:
        assert prediction is not None
        what = f"{prediction.kind} {prediction.date} {','.join(sorted(prediction.countries))} {prediction.title[:90]}"
        return f"FALSE   {pair.document} - {what}"
    optional = " (optional)" if gold.optional else ""
    head = f"{pair.document} {gold.id} {gold.kind} {gold.dates[0]} {','.join(sorted(gold.countries))}"
    if prediction is None:
        return f"MISSED  {head} {gold.title[:90]}{optional}"
    wrong = f" wrong: {','.join(pair.faults)}" if pair.faults else ""
    codes = ",".join(sorted(prediction.countries))
    tag = "  part " if pair.faults else "  ok   "
    return f"{tag} {head} | got {prediction.date} {codes} {prediction.status}{wrong}{optional}"
