"""Every regular expression of the project, how it is used, and texts that would make it slow.

`python tests/attacks_on_patterns.py` prints the patterns as JSON: those that are written down as they stand, by their
place in the code, and those that are put together when modules load or while a text is read.
"""

from __future__ import annotations

import ast
import json
import re
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from random import Random
from re import _constants as code  # type: ignore[attr-defined]  # the standard library's own parser of patterns
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGES = ("extract", "dashboard")
ANCHORED = {"match", "fullmatch"}
METHODS = {*ANCHORED, "search", "finditer", "findall", "sub", "split"}
_SAMPLED = "a1A .-,;:'\"()[]\n\t_é|/$€<>"
_WIDE = 8
"""A repetition that may go on for longer than this is attacked."""


def sites() -> dict[tuple[str, int], tuple[str | None, set[str]]]:
    """Return every call of `re` in the code, by file and line: its pattern where it is written down, and the methods
    that are called on it ("search" where it is handed on)."""
    trees = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text())
             for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))}
    uses: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file, tree in trees.items():
        called = {id(one): node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
                  for one in ((node.value.body, node.value.orelse) if isinstance(node.value, ast.IfExp) else (node.value,))}
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
                uses[file, node.id].add(called.get(id(node), "search"))
    imports = [(file, alias.name) for file, tree in trees.items() for node in ast.walk(tree)
               if isinstance(node, ast.ImportFrom) for alias in node.names]
    found = {}
    for file, tree in trees.items():
        named = {id(node.value): node.targets[0].id for node in ast.walk(tree)
                 if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)}
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
                    and isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args):
                continue
            if node.func.attr != "escape":  # what is put in between brackets is no pattern
                methods = {node.func.attr}
                if name := named.get(id(node)):
                    files = [file, *(one for one, imported in imports if imported == name)]
                    methods = {method for one in files for method in uses[one, name]} & METHODS
                first = node.args[0]
                written = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str | bytes) else None
                written = written.decode("latin-1") if isinstance(written, bytes) else written
                found[file, node.lineno] = written, methods or {"search"}
    return found


def built() -> list[tuple[str, int, str, int]]:
    """Return the patterns that are compiled as the modules load and a text is read: file, line, pattern, flags."""
    seen: dict[tuple[str, int], tuple[str, int]] = {}
    compiled = re._compile  # type: ignore[attr-defined]

    def noting(pattern: Any, flags: int) -> Any:
        frame = sys._getframe(1)
        while frame.f_back and frame.f_code.co_filename.endswith("re/__init__.py"):
            frame = frame.f_back
        path = Path(frame.f_code.co_filename)
        if isinstance(pattern, str) and path.is_relative_to(ROOT) and path.relative_to(ROOT).parts[0] in PACKAGES:
            seen.setdefault((pattern, int(flags)), (path.relative_to(ROOT).as_posix(), frame.f_lineno))
        return compiled(pattern, flags)

    re._compile = noting  # type: ignore[attr-defined]
    for file, _ in sites():
        if "app_pages" not in file:
            import_module(".".join(Path(file).with_suffix("").parts).removesuffix(".__init__"))
    from extract.cli import main

    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "a.txt").write_text(READ)
        main(["extract", folder, "--jsonl", f"{folder}/records", "--quiet", "--by-rules"])
    re._compile = compiled  # type: ignore[attr-defined]
    return [(*place, *pattern) for pattern, place in seen.items()]


READ = """Trips of the minister

trip: 1
start_date: 2019-03-04
end_date: 2019-03-06
location: Lilongwe
trip: 2
start_date: 2019-04-04
end_date: 2019-04-06
location: Oslo

LILONGWE, March 4, 2019 (Reuters) - The foreign minister of Malawi, Jane Banda, met her Zambian counterpart, Mr John
Phiri, in Lilongwe on Monday, on the 55th anniversary of diplomatic relations between Malawi and Zambia. Kenya pledged $20 million to Malawi. On
Christmas Day 2018 President Uhuru Kenyatta of Kenya visited Oslo, Norway. The Security Council adopted the resolution
by 14 votes to 1, with Ghana abstaining. Next Tuesday the prime minister of Norway will visit Kenya for a 3-day visit.
"""


def _fits(node: Sequence[Any], char: str) -> bool:
    fits, negated = False, False
    for kind, value in node:
        if kind is code.NEGATE:
            negated = True
        elif kind is code.LITERAL:
            fits |= ord(char) == value
        elif kind is code.RANGE:
            fits |= value[0] <= ord(char) <= value[1]
        elif kind is code.CATEGORY:
            fits |= _in_category(value, char)
    return fits != negated


def _in_category(category: Any, char: str) -> bool:
    word = char.isalnum() or char == "_"
    return bool({code.CATEGORY_DIGIT: char.isdigit(), code.CATEGORY_NOT_DIGIT: not char.isdigit(),
                 code.CATEGORY_SPACE: char.isspace(), code.CATEGORY_NOT_SPACE: not char.isspace(),
                 code.CATEGORY_WORD: word, code.CATEGORY_NOT_WORD: not word}[category])


def _char(kind: Any, value: Any, random: Random) -> str:
    if kind is code.LITERAL:
        return chr(value)
    if kind is code.NOT_LITERAL:
        return next(char for char in "aA1 " if ord(char) != value)
    if kind is code.ANY:
        return random.choice("a ")
    if kind is code.IN:
        fitting = [char for char in _SAMPLED if _fits(value, char)]
        fitting += [chr(own if kind is code.LITERAL else own[0]) for kind, own in value
                    if kind in (code.LITERAL, code.RANGE)] if not fitting else []
        return random.choice(fitting) if fitting else "a"
    return ""


def sample(tree: Sequence[Any], random: Random) -> str:
    """Return a text that a pattern matches, or nearly: what it looks at before and behind is of no matter."""
    parts = []
    for kind, value in tree:
        if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            least, most, body = value
            times = random.choice((least, min(most, least + 2)))
            parts += [sample(body, random) for _ in range(min(times, 40))]
        elif kind is code.SUBPATTERN:
            parts.append(sample(value[3], random))
        elif kind is code.ATOMIC_GROUP:
            parts.append(sample(value, random))
        elif kind is code.BRANCH:
            parts.append(sample(random.choice(value[1]), random))
        else:
            parts.append(_char(kind, value, random))
    return "".join(parts)


def _repeated(tree: Sequence[Any], before: str, random: Random) -> Iterator[tuple[str, str]]:
    """Yield what may be repeated at length in a pattern, each with what must stand before."""
    for kind, value in tree:
        if kind in (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT):
            least, most, body = value
            if most >= _WIDE:
                yield from ((before, sample(body, random) or "a") for _ in range(3))
            yield from _repeated(body, before, random)
            before += "".join(sample(body, random) for _ in range(min(least, 40)))
        elif kind is code.SUBPATTERN:
            yield from _repeated(value[3], before, random)
            before += sample(value[3], random)
        elif kind is code.ATOMIC_GROUP:
            yield from _repeated(value, before, random)
            before += sample(value, random)
        elif kind is code.BRANCH:
            for branch in value[1]:
                yield from _repeated(branch, before, random)
            before += sample(random.choice(value[1]), random)
        elif kind in (code.ASSERT, code.ASSERT_NOT):
            yield from _repeated(value[1], before, random)
        else:
            before += _char(kind, value, random)


def attacks(pattern: str, flags: int, random: Random, most: int | None = None) -> list[tuple[str, str]]:
    """Return beginnings of texts with what is to be repeated after them, to make a pattern slow: all, or `most`."""
    tree = list(parser.parse(pattern, flags))
    units = [" ", "a", "1", "A", "\n", "a ", "Aa ", "A. ", "(", "é-"]
    for _ in range(6):
        whole = sample(tree, random)
        units += [whole, f"{whole} ", whole[:-1]]
    pairs = [("", unit) for unit in units]
    for before, unit in _repeated(tree, "", random):
        pairs += [("", unit), (before, unit), ("", before), ("", before + unit), ("", f"{unit} ")]
        pairs += [(before, char) for char in " a1_-."]
    found = [pair for pair in dict.fromkeys(pairs) if pair[1]]
    return found if most is None else random.sample(found, min(most, len(found)))


if __name__ == "__main__":
    print(json.dumps(built()))
