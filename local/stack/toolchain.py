"""What must be there before the stack can start; every complaint says how to get it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from local.errors import MissingToolError

# As in package.json: what Vite asks for.
OLDEST_NODE: Final = (20, 19)
SERVERLESS: Final = Path("node_modules/osls/bin/serverless.js")
_OFFLINE: Final = Path("node_modules/serverless-offline/package.json")
_VERSION = re.compile(r"v(\d+)\.(\d+)\.")


def require_node(path: str | None = None) -> str:
    """The path of `node`; raises MissingToolError when there is none, or an old one. `path` overrides PATH."""
    wanted = ".".join(map(str, OLDEST_NODE))
    node = shutil.which("node", path=path)
    if node is None:
        raise MissingToolError(f"Node.js {wanted} or newer is needed and `node` is not on the PATH: install it first")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    numbers = _VERSION.match(version)
    if numbers is None or (int(numbers[1]), int(numbers[2])) < OLDEST_NODE:
        raise MissingToolError(f"Node.js {wanted} or newer is needed and {node} is {version or 'broken'}: update it")
    return node


def require_packages(root: Path) -> None:
    """Raises MissingToolError when the npm packages are not installed in the clone."""
    for wanted in (SERVERLESS, _OFFLINE):
        if not (root / wanted).exists():
            raise MissingToolError(f"the npm packages are not installed ({wanted} is missing): run `make setup`")


def require_build(root: Path, application: str) -> Path:
    """The folder of a built SPA, `dashboard` or `admin`; raises MissingToolError when it was never built."""
    dist = root / "web" / application / "dist"
    if not (dist / "index.html").exists():
        raise MissingToolError(f"the {application} is not built (web/{application}/dist is missing): run `make setup`")
    return dist
