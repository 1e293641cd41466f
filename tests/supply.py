"""What is installed for users: the packages behind the dependencies, with their licences as their metadata state them.

`python tests/supply.py` prints the direct ones as a table for the README, `--all` all of them.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / ".ci" / "locked.txt"
IMAGE = ("login", "postgresql")
"""The extras that the image installs."""
FOR_USERS = (*IMAGE, "cluster")
FREE = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSD", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-0", "MIT-CMU",
    "PSF-2.0", "Zlib",
}
"""Licences that ask for no more than to be named."""
EXCEPTIONS = {
    "certifi": ("MPL-2.0", "binds those alone who change its own files"),
    "tqdm": ("MPL-2.0 AND MIT", "binds those alone who change its own files"),
    "tld": ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", "taken under the MPL, which binds those alone who change its files"),
    "pycountry": ("LGPL-2.1-only", "a library of its own, unchanged, that whoever wants to can replace: works that use it "
                  "are not bound by it"),
}
_SPOKEN = {
    "MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache-2.0", "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0", "BSD 3-Clause License": "BSD-3-Clause", "3-Clause BSD License": "BSD-3-Clause",
    "The BSD 2-Clause License": "BSD-2-Clause", "ISC License": "ISC", "ISC License (ISCL)": "ISC",
    "Python Software Foundation License": "PSF-2.0", "Dual License": "",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


def project() -> dict[str, list[Requirement]]:
    """Return the requirements of the project, by extra; those without one under an empty name."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {"": table["dependencies"], **table["optional-dependencies"]}
    return {extra: [Requirement(one) for one in some] for extra, some in named.items()}


def name_of(requirement: Requirement) -> str:
    """Return the name of a package as all spell it."""
    return str(canonicalize_name(requirement.name))


def direct(*extras: str) -> dict[str, Requirement]:
    """Return what the project itself asks for with these extras, by name."""
    asked = project()
    return {name_of(one): one for extra in ("", *extras) for one in asked[extra]}


def behind(*extras: str) -> dict[str, list[Requirement]]:
    """Return all packages that are installed for the project with these extras, each with what is asked of it."""
    found: dict[str, list[Requirement]] = {}
    seen, left = set[tuple[str, frozenset[str]]](), [one for extra in ("", *extras) for one in project()[extra]]
    while left:
        one = left.pop()
        name = name_of(one)
        found.setdefault(name, []).append(one)
        key = name, frozenset(one.extras)
        if key in seen:
            continue
        seen.add(key)
        for more in map(Requirement, metadata.distribution(name).requires or ()):
            if more.marker is None or any(more.marker.evaluate({"extra": extra}) for extra in ("", *one.extras)):
                left.append(more)
    return dict(sorted(found.items()))


def licence(name: str) -> str:
    """Return the licence of an installed package as an expression of SPDX names; empty where it states none."""
    about = metadata.metadata(name)
    if stated := about.get("License-Expression"):
        return str(stated)
    spoken = str(about.get("License") or "").strip()
    if "\n" not in spoken and len(spoken) < 60 and (_SPOKEN.get(spoken, spoken) in FREE or " AND " in spoken):
        return _SPOKEN.get(spoken, spoken)
    named = [one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or () if one.startswith("License :: ")]
    return " AND ".join(_SPOKEN.get(one, one) for one in named) or _SPOKEN.get(spoken, spoken.partition("\n")[0])


def binds(name: str, stated: str) -> str:
    """Return why the licence of a package may bind those who use it; empty where it does not."""
    if name in EXCEPTIONS and EXCEPTIONS[name][0] == stated:
        return ""
    ways = [set(re.split(r" AND ", way)) for way in stated.replace("(", "").replace(")", "").split(" OR ")]
    if stated and any(way <= FREE for way in ways):
        return ""
    return f"{name}: {stated or 'states no licence'}"


def locked() -> dict[str, list[tuple[Requirement, list[str]]]]:
    """Return what the lock holds, by name: each pin with its hashes."""
    found: dict[str, list[tuple[Requirement, list[str]]]] = {}
    text = re.sub(r"\\\n\s*", " ", LOCK.read_text(encoding="utf-8"))
    for line in text.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        pin, *hashes = re.split(r"\s+--hash=", line.strip())
        one = Requirement(pin)
        found.setdefault(name_of(one), []).append((one, hashes))
    return found


if __name__ == "__main__":
    print("| package | licence |\n|---|---|")
    for package in behind(*FOR_USERS) if "--all" in sys.argv else sorted(direct(*FOR_USERS)):
        print(f"| {package} | {licence(package)} |")
