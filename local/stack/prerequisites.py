"""What must be installed before the stack can start: Node, the npm packages, the built pages."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from local.errors import MissingToolError

# As in package.json: the oldest version that Vite supports.
MINIMUM_NODE: Final = (20, 19)
SERVERLESS: Final = Path("node_modules/osls/bin/serverless.js")
_OFFLINE: Final = Path("node_modules/serverless-offline/package.json")
_VERSION = re.compile(r"v(\d+)\.(\d+)\.")


def require_node(path: str | None = None) -> str:
    """Return the path of `node`.

    Args:
        path: Folders to search instead of those of the PATH variable.

    Raises:
        MissingToolError: There is no `node`, or it is too old.
    """
    minimum = ".".join(map(str, MINIMUM_NODE))
    node = shutil.which("node", path=path)
    if node is None:
        raise MissingToolError(f"Node.js {minimum} or newer is needed and `node` is not on the PATH: install it first")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout.strip()
    numbers = _VERSION.match(version)
    if numbers is None or (int(numbers[1]), int(numbers[2])) < MINIMUM_NODE:
        raise MissingToolError(f"Node.js {minimum} or newer is needed and {node} is {version or 'broken'}: update it")
    return node


def require_packages(root: Path) -> None:
    """Check that the npm packages are installed in the clone.

    Raises:
        MissingToolError: They are not.
    """
    for required in (SERVERLESS, _OFFLINE):
        if not (root / required).exists():
            raise MissingToolError(f"the npm packages are not installed ({required} is missing): run `make setup`")


def require_build(root: Path, application: str) -> Path:
    """Return the folder of a built SPA.

    Args:
        root: The clone of the repository.
        application: `dashboard` or `admin`.

    Raises:
        MissingToolError: It is not built.
    """
    dist = root / "web" / application / "dist"
    if not (dist / "index.html").exists():
        raise MissingToolError(f"the {application} is not built (web/{application}/dist is missing): run `make setup`")
    return dist
