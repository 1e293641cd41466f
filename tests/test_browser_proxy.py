"""The dashboard below a base path behind nginx, with the very configuration of the README."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from conftest import dashboard, free_port
from steps import heading, params, settled

pytestmark = pytest.mark.browser
README = Path(__file__).parent.parent / "README.md"
PLACES = "client_body", "proxy", "fastcgi", "uwsgi", "scgi"


@pytest.fixture(scope="module")
def proxied(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    nginx = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if nginx is None:
        if os.environ.get("READOUT_REQUIRE_BROWSER") == "1":
            pytest.fail("no nginx found")
        pytest.skip("no nginx found")
    folder, port = tmp_path_factory.mktemp("proxy"), free_port()
    shutil.copytree(store, folder / "store")
    written = re.search("```nginx\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert written
    # Workers of a proxy that the superuser starts run as somebody else.
    user = "user www-data;\n" if os.getuid() == 0 else ""
    with dashboard(store=folder / "store", path="readout") as behind:
        server = written[1].replace("listen 80;", f"listen 127.0.0.1:{port};").replace("127.0.0.1:8501", urlsplit(behind).netloc)
        temporary = "".join(f"{name}_temp_path {folder}/{name};\n" for name in PLACES)
        types = 'types { text/html html; }\naccess_log off;\n'
        file = folder / "nginx.conf"
        file.write_text(f"{user}pid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\n{types}{temporary}{server}}}\n")
        process = subprocess.Popen([nginx, "-c", str(file), "-g", "daemon off;"], stderr=subprocess.DEVNULL)
        try:
            for _ in range(50):
                with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/readout/_stcore/health", timeout=2):
                    break
                time.sleep(0.2)
            yield f"http://127.0.0.1:{port}/readout/"
        finally:
            process.terminate()
            process.wait(10)


def test_pages_filters_shapes_and_links_work_below_a_base_path(proxied: str, open_page: Callable[..., Any]) -> None:
    fetched: list[str] = []
    page = open_page(proxied.rstrip("/") + "?countries=NOR", permissions=["clipboard-read", "clipboard-write"])
    page.on("response", lambda answer: fetched.append(f"{answer.status} {urlsplit(answer.url).path}"))
    settled(page)
    assert page.url == f"{proxied}?countries=NOR"
    page.get_by_text("4 of 8 events match").wait_for()
    page.get_by_role("link", name="Map", exact=True).click()
    heading(page, "Map")
    settled(page)
    page.wait_for_selector(".js-plotly-plot .choroplethlayer path")
    assert "200 /readout/app/static/world.geojson" in fetched
    page.get_by_test_id("stSidebar").get_by_role("button", name="Visits").click()
    page.get_by_text("1 of 8 events match").wait_for()
    settled(page)
    assert params(page) == {"view": "map", "countries": "NOR", "kinds": "visit"}
    page.get_by_role("button", name="Copy link").click()
    page.get_by_role("button", name="Link copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url and copied.startswith(f"{proxied}?")
    address = page.get_by_role("link", name="Timeline", exact=True).evaluate("link => link.href")
    assert address.startswith(f"{proxied}?view=timeline")
    other = open_page(address)
    heading(other, "Timeline")
    settled(other)
    other.get_by_text("1 of 8 events match").wait_for()
    assert not [one for one in fetched if one[0] in "45"]


def test_who_comes_through_the_proxy_reads(proxied: str, open_page: Callable[..., Any]) -> None:
    page = open_page(f"{proxied}?view=add&document=letter.txt&start=0&end=18")
    page.get_by_text("Only editors can add events here").wait_for()
