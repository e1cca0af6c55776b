"""One module per subcommand of `metrica`.

Each module offers `add_parser(subparsers)`, which adds its parser and sets `run=` (a function of the parsed arguments
that returns the exit code) as a default. Modules stay cheap to import: heavy imports belong inside `run`.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Command: TypeAlias = Callable[[argparse.Namespace], int]


def modules() -> Iterator[ModuleType]:
    """The command modules of this folder, in alphabetical order."""
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda module: module.name):
        yield importlib.import_module(f"{__name__}.{module.name}")
