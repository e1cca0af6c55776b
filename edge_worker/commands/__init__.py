"""The subcommands of ``metrica-edge``: one module each, named like the subcommand.

A module has a docstring whose first line is the help text, and ``add_parser(subparsers)``, which adds its parser and
sets the default ``run``: a function from the parsed arguments to an exit code. Importing the module must be cheap
(argparse and the standard library); OpenCV, an inference engine or a database are imported inside ``run``.
"""

from __future__ import annotations

import argparse
from typing import TypeAlias

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What ``add_parser`` receives."""

UNBLURRED = "warning: people are not blurred in {path}: keep it in the store and delete it when it is no longer needed"
"""What a command says before it writes pictures of people."""
