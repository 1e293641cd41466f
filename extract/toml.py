"""Texts in TOML, from whomever they come: whatever is wrong with one is told in the same way."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterable
from typing import Any

from extract.model import InputError

_MANY = 100
"""Brackets in a line, by which it is taken for the one where lists or tables lie too deep in each other."""
_DIGITS = re.compile(r"[\d_]+")


def from_toml(text: str) -> dict[str, Any]:
    """Return what a text in TOML says. Raises InputError with the reason, and with the line where it is known."""
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        where = _where(line.count("[") + line.count("{") > _MANY for line in text.split("\n"))
        raise InputError(f"is not TOML: lists or tables lie too deep in each other{where}") from error
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"is not TOML: {error}") from error
    except ValueError as error:
        # Of all numbers Python takes these alone for a matter of its own safety.
        most = sys.get_int_max_str_digits()
        where = _where(any(len(run) > most for run in _DIGITS.findall(line)) for line in text.split("\n"))
        raise InputError(f"is not TOML: a number has more than {most:,} digits{where}") from error


def _where(at_fault: Iterable[bool]) -> str:
    line = next((number for number, is_it in enumerate(at_fault, 1) if is_it), None)
    return f" (at line {line})" if line is not None else ""
