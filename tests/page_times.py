"""How long a change of the filters takes on each page, with a large store against a small one, taking turns in one run:
`python tests/page_times.py SMALL LARGE [PAGE …]`.

Times are those of the script that draws the page, without the browser; what counts is the ratio. Beside them stands
the size of what the charts send, and the memory of the process at the end.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs

from screenshots import views_of
from streamlit.testing.v1 import AppTest

from dashboard import geography

APP = str(Path(__file__).resolve().parent.parent / "dashboard" / "app.py")
# A change of each kind of filter; no two pages ask for quite the same, so that nothing is answered from what is kept.
CHANGES = (
    {"kinds": "visit"}, {"countries": "{0}"}, {"from": "2012-01-{day:02}", "to": "2016-12-31"},
    {"countries": "{0},{1}", "match": "all"}, {"status": "occurred", "from": "2001-01-{day:02}"},
)


def _page(store: Path, query: str) -> AppTest:
    app = AppTest.from_file(APP, default_timeout=600)
    for key, values in parse_qs(query).items():
        app.query_params[key] = values
    return _run(app, store)


def _run(app: AppTest, store: Path) -> AppTest:
    os.environ["READOUT_STORE"] = str(store)
    # The test's own thread looks up what was chosen by the names of countries, in the language of the page.
    geography.speak("".join(app.query_params["lang"]) if "lang" in app.query_params else geography.ENGLISH)
    app.run()
    assert not app.exception, app.exception
    return app


def _change(app: AppTest, change: dict[str, str], countries: list[str], day: int) -> None:
    for key in ("kinds", "countries", "match", "from", "to", "status"):
        if key in app.query_params:
            del app.query_params[key]
    for key, value in change.items():
        app.query_params[key] = value.format(*countries, day=day)


def memory() -> float:
    """Megabytes of this process that are in memory now."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(one.split()[1]) for one in lines if one.startswith("VmRSS")) / 1024


def main() -> None:
    """Print a row a page."""
    stores = [Path(one) for one in sys.argv[1:3]]
    views = [views_of(one) for one in stores]
    countries = [parse_qs(one["compare"])["compare"][0].split(",") for one in views]
    opened = []
    for store in stores:
        began = time.perf_counter()
        _page(store, "")
        opened.append((time.perf_counter() - began, memory()))
    print("opened (s, MB):", "; ".join(f"{one:.1f}, {size:.0f}" for one, size in opened))
    print(f"{'page':22} {'small ms':>9} {'large ms':>9} {'ratio':>6} {'cpu':>6} {'worst':>6} {'chart kB':>8}")
    for number, name in enumerate(views[0]):
        if sys.argv[3:] and name not in sys.argv[3:]:
            continue
        apps = [_page(store, view[name].lstrip("?")) for store, view in zip(stores, views, strict=True)]
        walls, cpus, sizes = ([], []), ([], []), []
        for change in CHANGES:
            for which in (0, 1):
                _change(apps[which], change, countries[which], 1 + number % 28)
                began, cpu = time.perf_counter(), time.process_time()
                _run(apps[which], stores[which])
                walls[which].append(time.perf_counter() - began)
                cpus[which].append(time.process_time() - cpu)
            charts = [len(one.proto.spec) for one in apps[1].get("plotly_chart")]
            sizes.append(max(charts, default=0))
        small, large = (statistics.median(one) for one in walls)
        ratio = [b / a for a, b in zip(*walls, strict=True)]
        cpu = statistics.median(b / a for a, b in zip(*cpus, strict=True))
        print(f"{name:22} {small * 1000:9.0f} {large * 1000:9.0f} {statistics.median(ratio):6.1f} {cpu:6.1f} {max(ratio):6.1f} "
              f"{max(sizes) / 1000:8.0f}", flush=True)
    print(f"memory at the end: {memory():.0f} MB")


if __name__ == "__main__":
    main()
