"""The subcommands of `metrica`.

A module offers `add_parsers(subparsers)`, which adds one or more commands and sets `run=` for each: a function of the
parsed arguments that returns the exit code. Heavy imports belong inside `run`, so that `metrica --help` stays fast.
"""

from __future__ import annotations

import argparse
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What `add_parsers` receives."""
