"""What users install: locked with hashes, complete, within the bounds of the project; no licence binds them."""

from __future__ import annotations

import re
from contextlib import suppress
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from supply import EXCEPTIONS, FOR_USERS, IMAGE, LOCK, ROOT, behind, binds, direct, licence, locked, name_of


def test_each_line_of_the_lock_is_one_version_with_its_hashes() -> None:
    pins = [one for some in locked().values() for one in some]
    assert len(pins) > 80
    for pin, hashes in pins:
        [one] = pin.specifier
        assert one.operator == "==" and "*" not in one.version, pin
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", given) for given in hashes), pin
        assert not pin.url


def test_the_lock_has_each_dependency_within_its_bounds() -> None:
    """Also where `pyproject.toml` has changed since: then `.ci/lock` makes it anew."""
    pins = locked()
    for name, asked in direct(*IMAGE).items():
        assert name in pins, f"{name} is not locked: run .ci/lock"
        for pin, _ in pins[name]:
            [one] = pin.specifier
            assert asked.specifier.contains(one.version), f"{pin} is locked, {asked} is asked for: run .ci/lock"


def test_the_lock_is_complete() -> None:
    """With hashes, pip takes nothing that is not in the file: all that the locked packages ask for must be in it."""
    here = {name: next(iter(pin.specifier)).version for name, some in locked().items() for pin, _ in some
            if pin.marker is None or pin.marker.evaluate()}
    looked = 0
    for name, version in here.items():
        with suppress(metadata.PackageNotFoundError):
            if metadata.version(name) != version:  # what another version asks for is of no matter
                continue
            looked += 1
            for one in map(Requirement, metadata.requires(name) or ()):
                if one.marker is None or one.marker.evaluate({"extra": ""}):
                    assert name_of(one) in here and one.specifier.contains(here[name_of(one)]), f"{name} asks for {one}"
    assert looked > len(here) / 2, "most are installed here in the locked version"


def test_the_image_installs_what_is_locked_and_nothing_else() -> None:
    lines = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    installs = re.findall(r"pip install[^\n]*", lines)
    assert len(installs) == 1 and "--require-hashes" in installs[0] and LOCK.name in installs[0]
    assert f"!{LOCK.relative_to(ROOT)}" in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()


def test_no_licence_binds_users() -> None:
    found = behind(*FOR_USERS)
    assert len(found) > 100
    assert not list(filter(None, (binds(name, licence(name)) for name in found)))
    assert set(EXCEPTIONS) <= set(found), "an exception that nothing needs any more"


@pytest.mark.parametrize("stated", [
    "GPL-3.0-only", "GPL-2.0-or-later", "AGPL-3.0-only", "LGPL-3.0-only", "MIT AND GPL-2.0-only", "", "Proprietary", "see LICENSE",
    "GNU General Public License v3 (GPLv3)", "SSPL-1.0", "CC-BY-NC-4.0",
])
def test_a_licence_that_binds_or_is_unknown_is_told(stated: str) -> None:
    assert binds("made-up", stated) and binds("pycountry", "GPL-2.0-only")
    assert not binds("made-up", "MIT OR GPL-3.0-only") and not binds("made-up", "Apache-2.0 AND MIT")
