"""The command line: `readout extract | export | explain | score | compare | bench`. The only place that prints."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from extract.model import InputError

OK, SOME_FAILED, FAILED = 0, 1, 2
_FORMATS = {
    "json": "one object with all records", "jsonl": "one record a line", "parquet": "the records as columns",
    "csv": "a row an event, with its first quote", "passages": "CSV with a row for each passage that proves an event",
    "ics": "a calendar of the events with days", "geojson": "a point for each event whose place is known",
}
_RECIPE = (
    ("layers", int, "layers of the pretrained encoder that are kept, 1 to 6"),
    ("epochs", int, "passes over the data"),
    ("rate", float, "peak learning rate"),
    ("seed", int, "seed of all that is random"),
    ("repeats", int, "times the documents are read for each time the texts written for training are"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0 when all went well, 1 when a document failed, 2 when nothing could be done."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except InputError as error:
        from extract.record import printable

        for line in str(error).split("\n"):
            print(f"readout: {printable(line)}", file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader of our output has gone, as `readout explain … | head` does: no fault of ours.
        sys.stderr.close()
        return OK
    except OSError as error:
        # A fault of the disk where no module has more to say than where it is: for want of temporary files, say.
        print(f"readout: {f'{error.filename}: ' if error.filename else ''}{error.strerror or error}", file=sys.stderr)
        return FAILED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="readout", description="Derive diplomatic events from texts, with their evidence."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    extract = commands.add_parser("extract", help="derive events from documents and write a store")
    extract.add_argument("paths", nargs="*", metavar="PATH", help="a document, a folder, a pattern; or an address")
    extract.add_argument(
        "--table", action="append", default=[], metavar="MAPPING", help="a mapping file (TOML) of a curated table"
    )
    extract.add_argument("-o", "--output", metavar="DIR", help="the folder of the store (Parquet)")
    extract.add_argument("--jsonl", metavar="FILE", help="also write the records, one event a line")
    extract.add_argument("--workers", type=_positive, default=1, metavar="N", help="number of processes (default 1)")
    extract.add_argument("--dask", metavar="ADDRESS", help="extract on the Dask cluster with this scheduler")
    extract.add_argument("--by-rules", action="store_true", help="rules alone, without the trained encoder")
    extract.add_argument("--afresh", action="store_true", help="extract also what the store in DIR has kept")
    extract.add_argument("--quiet", action="store_true", help="no progress on standard error")
    extract.set_defaults(run=_extract)
    export = commands.add_parser("export", help="write the events of a store as one file, with their sources")
    export.add_argument("store", metavar="STORE", help="the folder of a store")
    export.add_argument("--format", required=True, choices=_FORMATS,
                        help="; ".join(f"{name}: {what}" for name, what in _FORMATS.items()))
    export.add_argument("-o", "--output", required=True, metavar="FILE", help="the file to write")
    export.add_argument("--corrections", metavar="URL", help="what analysts have decided: a database")
    export.set_defaults(run=_export)
    explain = commands.add_parser("explain", help="show how the events of a document came about")
    explain.add_argument("document", metavar="DOC", help="a document; one in an archive or a table: news.csv#17")
    explain.add_argument("--at", type=int, metavar="OFFSET", help="only near this character offset")
    explain.add_argument("--by-rules", action="store_true", help="rules alone, without the trained encoder")
    explain.set_defaults(run=_explain)
    score = commands.add_parser("score", help="compare records with gold")
    score.add_argument("records", metavar="RECORDS", help="the JSONL that `readout extract --jsonl` wrote")
    score.add_argument("gold", metavar="GOLD_DIR", nargs="?", help="a folder of gold (NAME.jsonl, one event a line)")
    score.add_argument(
        "documents",
        metavar="DOC_DIR",
        nargs="?",
        default=Path(__file__).parents[1] / "seeds",
        help="the folder of the documents (default: the seeds)",
    )
    score.add_argument("--corrections", metavar="URL", help="what analysts have decided, instead of gold: a database")
    score.add_argument("--store", metavar="DIR", help="with --corrections: the store that they have decided upon")
    score.add_argument("--detail", action="store_true", help="also a line for every event")
    score.add_argument("--json", action="store_true", help="the figures as JSON")
    score.set_defaults(run=_score)
    compare = commands.add_parser("compare", help="show gains and losses by event against an earlier extraction")
    compare.add_argument("documents", metavar="DOC_DIR", help="the folder of the documents")
    compare.add_argument("gold", metavar="GOLD_DIR", help="a folder of gold (NAME.jsonl, one event a line)")
    earlier = compare.add_mutually_exclusive_group()
    earlier.add_argument("--against", metavar="REVISION", default="HEAD", help="a git revision (default HEAD)")
    earlier.add_argument("--before", metavar="FILE", help="the JSONL of an earlier extraction instead")
    compare.add_argument("--workers", type=_positive, default=1, metavar="N", help="number of processes (default 1)")
    compare.set_defaults(run=_compare)
    _add_bench(commands)
    train = commands.add_parser("train", help="train the encoder from documents with gold (needs the extra `train`)")
    train.add_argument(
        "--data",
        nargs=2,
        action="append",
        required=True,
        type=Path,
        metavar=("DOC_DIR", "GOLD_DIR"),
        help="a folder of documents and the folder of their gold; may be given several times",
    )
    train.add_argument("-o", "--output", required=True, type=Path, metavar="DIR", help="the folder for the weights")
    train.add_argument(
        "--texts",
        type=Path,
        metavar="DIR",
        help="a folder of texts written for training, never scored (default: those that come with the project)",
    )
    train.add_argument("--folds", type=_positive, default=2, metavar="N", help="groups left out in turn (default 2)")
    for name, kind, sense in _RECIPE:
        train.add_argument(f"--{name}", type=kind, metavar="N", help=f"{sense} (default: as shipped)")
    train.set_defaults(run=_train)
    return parser


def _add_bench(commands: Any) -> None:
    bench = commands.add_parser("bench", help="measure the speed, against spaCy and as the input grows")
    bench.add_argument("paths", nargs="+", metavar="PATH", help="a document, a folder, or a pattern")
    for name, usual, sense in (("rounds", 5, "rounds of each ratio"), ("workers", 2, "processes to compare with one"),
                               ("doublings", 3, "times that the input is doubled")):
        bench.add_argument(f"--{name}", type=_positive, default=usual, metavar="N", help=f"{sense} (default {usual})")
    bench.add_argument("--plot", type=Path, metavar="FILE", help="write a page with the growth as charts")
    bench.set_defaults(run=_bench)


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be at least 1")
    return number


def _extract(options: argparse.Namespace) -> int:
    from extract.pipeline import write
    from extract.places import replace_file
    from extract.record import printable, to_jsonl
    from extract.spill import Spool

    if not options.output and not options.jsonl:
        raise InputError("say where the events go: -o DIR, --jsonl FILE or both")
    try:
        (options.output or "").encode()
    except UnicodeEncodeError as error:  # Parquet's library takes no other names
        raise InputError(f"{options.output!a}: the name of a store must be UTF-8") from error
    if not options.paths and not options.table:
        raise InputError("say what to read: PATH, --table MAPPING or both")
    if options.dask and options.workers > 1:
        raise InputError("--workers is for this machine, --dask for a cluster, which has its own: choose one of them")
    if options.dask and not options.output:
        raise InputError("say where the store goes that a cluster makes: -o DIR")

    def show(done: int, total: int, name: str) -> None:
        print(f"[{done}/{total}] {printable(name)}", file=sys.stderr)

    if options.dask:
        from extract.cluster import write_on_cluster

        extract = partial(write_on_cluster, options.dask)
    else:
        extract = partial(write, workers=options.workers)
    failures: list[InputError] = []
    records: Spool[bytes] = Spool(None)
    with nullcontext() if options.output else tempfile.TemporaryDirectory(prefix="readout-") as folder:
        written = extract(
            options.output or f"{folder}/store",
            options.paths,
            tables=options.table,
            progress=None if options.quiet else show,
            failures=failures,
            by_rules=options.by_rules,
            afresh=options.afresh,
            each=(lambda event: records.add(to_jsonl([event]).encode())) if options.jsonl else None,
        )
        if written.documents and options.jsonl:
            replace_file(options.jsonl, records)
    for failure in failures:
        print(f"readout: {printable(str(failure))}", file=sys.stderr)
    if not options.quiet:
        kept = f", {written.kept} of them as kept in {options.output}" if written.kept else ""
        print(f"{written.events} events from {written.documents} documents{kept}", file=sys.stderr)
    if failures:
        return SOME_FAILED if written.documents else FAILED
    return OK


def _export(options: argparse.Namespace) -> int:
    from extract import exports
    from extract.corrections import Journal
    from extract.places import replace_file

    entries = Journal(options.corrections).must_exist().entries() if options.corrections is not None else ()
    rows, about = exports.of_store(Path(options.store), entries)
    makers = {"json": exports.to_array, "jsonl": exports.to_lines, "parquet": exports.to_parquet,
              "csv": exports.to_table, "passages": exports.to_passages, "ics": exports.to_calendar,
              "geojson": exports.to_geojson}
    replace_file(options.output, [makers[options.format](rows, about)])
    return OK


def _explain(options: argparse.Namespace) -> int:
    from extract.detection.model import load_detector
    from extract.explain import explain
    from extract.reading import read_document

    detector = None if options.by_rules else load_detector()
    for line in explain(read_document(options.document), options.at, detector):
        print(line)
    return OK


def _score(options: argparse.Namespace) -> int:
    from extract.gold import read_records
    from extract.score import compare, compare_with, detail, measure

    records = read_records(options.records)
    if options.corrections and options.store and not options.gold:
        from extract.corrections import Journal
        from extract.corrections.reviewed import reviewed_gold
        from extract.store import read_store

        journal = Journal(options.corrections).must_exist()
        comparison = compare_with(records, reviewed_gold(read_store(options.store), journal))
    elif options.gold and not options.corrections and not options.store:
        comparison = compare(records, options.gold, options.documents)
    else:
        raise InputError("say what to score against: GOLD_DIR, or --corrections URL with --store DIR")
    figures = measure(comparison)
    if options.detail:
        for pair in comparison.pairs:
            print(detail(pair))
    if options.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:18} {value:.3f}" if isinstance(value, float) else f"{name:18} {value}")
    return OK


def _compare(options: argparse.Namespace) -> int:
    from dataclasses import asdict

    from extract.gains import changes, summary, table
    from extract.gold import read_records
    from extract.pipeline import run
    from extract.revision import commit_of, records_at
    from extract.score import compare

    if options.before:
        name, earlier = Path(options.before).name, read_records(options.before)
    else:
        commit = commit_of(options.against)
        name = f"{options.against} ({commit[:10]})"
        earlier = records_at(commit, options.documents, workers=options.workers)
    records = [asdict(event) for event in run([options.documents], workers=options.workers).events]
    before, now = (compare(them, options.gold, options.documents) for them in (earlier, records))
    for line in (*table(changes(before, now)), "", *summary(before, now, name)):
        print(line)
    return OK


def _bench(options: argparse.Namespace) -> int:
    from extract.bench import report

    sizes = options.rounds, options.workers, options.doublings
    report(options.paths, *sizes, lambda line: print(line, flush=True), options.plot)
    return OK


def _train(options: argparse.Namespace) -> int:
    from extract.training.recipe import Recipe

    try:
        from extract.training.run import train
    except ModuleNotFoundError as error:
        raise InputError(f"training needs the extra `train`: pip install -e '.[train]' ({error})") from error
    chosen = {name: getattr(options, name) for name, *_ in _RECIPE if getattr(options, name) is not None}

    def show(line: str) -> None:
        print(line, file=sys.stderr)

    data = [tuple(pair) for pair in options.data]
    train(data, options.texts, options.output, Recipe(**chosen), options.folds, show)
    return OK
