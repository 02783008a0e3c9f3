"""Everything that the program keeps, found by walking through its objects."""

from __future__ import annotations

import pkgutil
import sys
from collections import deque
from collections.abc import Collection, Iterator, Sized
from contextlib import suppress
from functools import _lru_cache_wrapper
from importlib import import_module

import pnp_gui

OURS = "pnp_gui."
LOOKED_INTO = 50
"""Of a table's entries, those that are walked on from: the others are of the same kind."""


def tables(*roots: object) -> Iterator[tuple[str, int]]:
    """Owner and attribute of every table that hangs on these objects, and its number of entries."""
    seen: set[int] = set()
    waiting = deque[object](roots)
    while waiting:
        owner = waiting.popleft()
        if id(owner) in seen:
            continue
        seen.add(id(owner))
        for name, value in _attributes(owner):
            if isinstance(value, (str, bytes, bytearray, memoryview)):
                continue
            if isinstance(value, Sized) and not isinstance(value, (tuple, frozenset)):
                yield f"{type(owner).__name__}.{name}", len(value)
            if isinstance(value, Collection):
                inside = list(value.values() if isinstance(value, dict) else value)[:LOOKED_INTO]
                waiting.extend(each for each in inside if _is_ours(each))
            bound = getattr(value, "__self__", value)
            if _is_ours(bound):
                waiting.append(bound)


def memories() -> Iterator[tuple[str, _lru_cache_wrapper[object]]]:
    """Every function of the program that remembers what it gave."""
    for module in pkgutil.walk_packages(pnp_gui.__path__, OURS):
        with suppress(ImportError):  # another system's
            for name, value in vars(import_module(module.name)).items():
                if isinstance(value, _lru_cache_wrapper):
                    yield f"{module.name}.{name}", value


def module_tables() -> Iterator[tuple[str, int]]:
    """Every table in a module of the program that is imported."""
    for module_name, module in list(sys.modules.items()):
        if module_name.startswith(OURS):
            for name, value in vars(module).items():
                if isinstance(value, (dict, list, set, deque)) and not name.startswith("__"):
                    yield f"{module_name}.{name}", len(value)


def _is_ours(thing: object) -> bool:
    return type(thing).__module__.startswith(OURS)


def _attributes(owner: object) -> Iterator[tuple[str, object]]:
    names = list(getattr(owner, "__dict__", ()))
    for kind in type(owner).__mro__:
        slots = getattr(kind, "__slots__", ())
        names += [slots] if isinstance(slots, str) else slots
    for name in names:
        with suppress(AttributeError):
            yield name, getattr(owner, name)
