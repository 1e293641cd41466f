"""How fast the extraction is: against spaCy's whole small English pipeline, over processes, and as the input grows.

Machines differ and are busy with other work: what is compared takes turns in one run, and what counts is the ratio.
Everything is included: reading, finding, dating, merging, writing the store. Loading the models is not.
"""

from __future__ import annotations

import multiprocessing
import re
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy

from extract.language import MODEL
from extract.model import Document, InputError
from extract.pipeline import read_documents, run
from extract.store import write_store

Show = Callable[[str], None]
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_FIRST_YEAR, _YEARS, _STEP = 1900, 200, 7
_COLOURS, _FAINT = ("#1f5fa8", "#c05a00"), "#e4e4e4"


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds that two ways took over the same `words`, in rounds in which they took turns."""

    words: int
    seconds: tuple[float, ...]
    other: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """How many times as fast as the other way the first was, by round."""
        return tuple(theirs / ours for ours, theirs in zip(self.seconds, self.other, strict=True))

    @property
    def ratio(self) -> float:
        """The median of the ratios."""
        return statistics.median(self.ratios)


@dataclass(frozen=True, slots=True)
class Step:
    """What so many `words` took: seconds, those of the processor among them, the highest memory of the process in MiB,
    and the events that they gave."""

    words: int
    seconds: float
    cpu: float
    peak: float
    events: int


def words_of(documents: Sequence[Document]) -> int:
    """Return the number of words, as white space parts them."""
    return sum(len(document.text.split()) for document in documents)


def against_spacy(documents: Sequence[Document], rounds: int) -> Pace:
    """Time one process against spaCy's pipeline with all its components over the same text, given by paragraphs."""
    nlp = spacy.load(MODEL)
    texts = [part for document in documents for part in document.text.split("\n\n") if part.strip()]
    with tempfile.TemporaryDirectory() as folder:
        paths = copies(documents, 1, Path(folder) / "documents")

        def whole() -> None:
            for _ in nlp.pipe(texts):
                pass

        _extract(paths[:1], Path(folder) / "store")
        return Pace(words_of(documents), *_turns(lambda: _extract(paths, Path(folder) / "store"), whole, rounds))


def over_processes(documents: Sequence[Document], rounds: int, workers: int, times: int) -> Pace:
    """Time `workers` processes against one, over the documents taken so many `times`; starting them is included."""
    with tempfile.TemporaryDirectory() as folder:
        paths, store = copies(documents, times, Path(folder) / "documents"), Path(folder) / "store"
        _extract(paths[:1], store)
        turns = _turns(lambda: _extract(paths, store, workers), lambda: _extract(paths, store), rounds)
        return Pace(times * words_of(documents), *turns)


def growth(documents: Sequence[Document], doublings: int, *, in_one: bool = False) -> Iterator[Step]:
    """Yield what the documents take once, twice, four times and so on, each in a process of its own.

    With `in_one` their texts are one document, however often they are taken.
    """
    context = multiprocessing.get_context("spawn")
    for times in (2**power for power in range(doublings + 1)):
        with tempfile.TemporaryDirectory() as folder:
            written = copies(documents, times, Path(folder) / "documents")
            if in_one:
                _joined(written)
            with context.Pool(1) as pool:
                taken = pool.apply(_measured, (folder,))
        yield Step(times * words_of(documents), *taken)


def copies(documents: Sequence[Document], times: int, folder: Path) -> list[Path]:
    """Write the texts so many times, as files, and return their paths.

    Each time but the first the years in them are others, so that they tell other acts and not the same ones again.
    """
    folder.mkdir(parents=True)
    found = []
    for number in range(times):
        for at, document in enumerate(documents):
            found.append(folder / f"{number:04}-{at:04}.txt")
            found[-1].write_text(_moved(document.text, number), encoding="utf-8", newline="")
    return found


def _moved(text: str, number: int) -> str:
    def moved(year: re.Match[str]) -> str:
        return str(_FIRST_YEAR + (int(year[0]) - _FIRST_YEAR + _STEP * number) % _YEARS)

    return _YEAR.sub(moved, text)


def _joined(paths: Sequence[Path]) -> None:
    """Make one file of several, in their order."""
    texts = [path.read_text(encoding="utf-8") for path in paths]
    for path in paths[1:]:
        path.unlink()
    paths[0].write_text("\n\n".join(texts), encoding="utf-8")


def report(
    paths: Sequence[Path | str], rounds: int, workers: int, doublings: int, show: Show, plot: Path | None = None
) -> None:
    """Measure all of it over what `paths` name, and tell it line by line, as tables of Markdown.

    With `plot`, a page with the growth as a chart is written to that file. Raises InputError for what cannot be read,
    when there is nothing, and when the file cannot be written.
    """
    documents = read_documents(paths)
    show("| what | words | words a second | median ratio | least | most |")
    show("|---|---|---|---|---|---|")
    pace = against_spacy(documents, rounds)
    show(_row("one process, against spaCy’s whole small pipeline", pace))
    if workers > 1:
        show(_row(f"{workers} processes, against one", over_processes(documents, rounds, workers, 2 * workers)))
    found: dict[str, list[Step]] = {}
    for name, in_one in (("many documents", False), ("one document", True)):
        show("")
        show(f"| words, {name} | seconds | of the processor | times those of half | words a second | peak memory, MiB "
             "| events |")
        show("|---|---|---|---|---|---|---|")
        half = None
        for step in growth(documents, doublings, in_one=in_one):
            found.setdefault(name, []).append(step)
            show(_step_row(step, half))
            half = step
    if plot is not None:
        _draw(found, plot)


def _draw(found: dict[str, list[Step]], file: Path) -> None:
    """Write a page with two charts: words against seconds, events against seconds; it needs no network."""
    from plotly.subplots import make_subplots

    figure = make_subplots(1, 2, subplot_titles=("Words against seconds", "Events against seconds"),
                           horizontal_spacing=0.1)
    for (name, steps), colour in zip(found.items(), _COLOURS, strict=False):
        for column, what in ((1, "words"), (2, "events")):
            sizes, seconds = [getattr(step, what) for step in steps], [step.seconds for step in steps]
            even = [seconds[0] * size / sizes[0] if sizes[0] else None for size in sizes]
            known = {"row": 1, "col": column, "showlegend": column == 1}
            figure.add_scatter(x=sizes, y=even, name=f"{name}, were it in proportion to the first", mode="lines",
                               line={"color": colour, "dash": "dot", "width": 1.5}, hoverinfo="skip", **known)
            figure.add_scatter(x=sizes, y=seconds, name=name, mode="lines+markers", line={"color": colour, "width": 2},
                               marker={"size": 8}, hovertemplate=f"%{{x:,}} {what}: %{{y:.1f}} s<extra></extra>",
                               **known)
    _label(figure, found)
    try:
        file.write_text(figure.to_html(include_plotlyjs=True), encoding="utf-8")
    except OSError as error:
        raise InputError(f"{file}: the chart cannot be written: {error.strerror}") from error


def _label(figure: Any, found: dict[str, list[Step]]) -> None:
    """Write beside the axes, which are logarithmic, sizes that were measured and round numbers of seconds."""
    for column, what in ((1, "words"), (2, "events")):
        sizes = [getattr(step, what) for step in next(iter(found.values()))]
        figure.update_xaxes(title_text=what, tickvals=sizes, ticktext=list(map(_short, sizes)), row=1, col=column)
    figure.update_xaxes(type="log", minor_ticks="", showgrid=True, gridcolor=_FAINT)
    figure.update_yaxes(type="log", title_text="seconds", dtick="D2", tickformat="~g", showgrid=True, gridcolor=_FAINT)
    figure.update_yaxes(tickfont_size=12)
    figure.update_layout(title="What the extraction takes as its input doubles", template="simple_white",
                         legend={"orientation": "h", "y": -0.2})


def _short(size: int) -> str:
    if size >= 1_000_000:
        return f"{size / 1_000_000:.1f} M"
    return f"{size / 1_000:.0f} k" if size >= 10_000 else f"{size:,}"


def _step_row(step: Step, half: Step | None) -> str:
    times = f"{step.cpu / half.cpu:.2f}" if half else ""
    return (f"| {step.words:,} | {step.seconds:.1f} | {step.cpu:.1f} | {times} | {step.words / step.seconds:,.0f} | "
            f"{step.peak:,.0f} | {step.events:,} |")


def _row(what: str, pace: Pace) -> str:
    speed = pace.words / statistics.median(pace.seconds)
    least, most = min(pace.ratios), max(pace.ratios)
    return f"| {what} | {pace.words:,} | {speed:,.0f} | {pace.ratio:.2f} | {least:.2f} | {most:.2f} |"


def _turns(
    first: Callable[[], object], second: Callable[[], object], rounds: int
) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Time two ways in turn; who begins changes, so that a machine that slows down is unfair to neither."""
    taken: dict[int, list[float]] = {0: [], 1: []}
    for number in range(rounds):
        for which in (0, 1) if number % 2 == 0 else (1, 0):
            began = time.perf_counter()
            (first, second)[which]()
            taken[which].append(time.perf_counter() - began)
    return tuple(taken[0]), tuple(taken[1])


def _extract(paths: Sequence[Path], store: Path, workers: int = 1) -> int:
    made = run(paths, workers=workers)
    write_store(store, made)
    return len(made.events)


def _measured(folder: str) -> tuple[float, float, float, int]:
    """Return the seconds, those of the processor, the peak memory in MiB and the number of events.

    The models are loaded before.
    """
    paths = sorted((Path(folder) / "documents").iterdir())
    _extract(paths[:1], Path(folder) / "store")
    began, busy = time.perf_counter(), time.process_time()
    events = _extract(paths, Path(folder) / "store")
    seconds, cpu = time.perf_counter() - began, time.process_time() - busy
    # Linux counts in KiB, macOS in bytes.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return seconds, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit, events
