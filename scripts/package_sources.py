"""Compare the Lambda packages with the sources: `python scripts/package_sources.py FOLDER`.

`make package` writes the SHA-256 of each source of a package into the package. `serverless package` and `serverless
deploy` run this comparison first (deploy/aws/fresh-packages.mjs): they never deploy code of another time.
"""

from __future__ import annotations

import json
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.package import PACKAGES, ROOT, SOURCES_ENTRY, Package, sources_of


def difference(package: Package, target: Path, root: Path = ROOT) -> str | None:
    """Return how a zip differs from the sources of its package, as one sentence; None when it does not.

    Args:
        package: the package.
        target: its zip.
        root: the root of the repository.
    """
    remedy = "run `make package`"
    if not target.is_file():
        return f"{target.name} is missing: {remedy}."
    try:
        with zipfile.ZipFile(target) as archive:
            packed = json.loads(archive.read(SOURCES_ENTRY))
    except (zipfile.BadZipFile, KeyError, ValueError):
        return f"{target.name} does not say of which sources it is made: {remedy}."
    changed = _changed(packed, sources_of(package, root))
    if not changed:
        return None
    others = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{target.name} is not made of these sources, {changed[0]}{others}: {remedy}."


def _changed(packed: Mapping[str, str], present: Mapping[str, str]) -> list[str]:
    return [
        f"{name} {'changed' if name in packed and name in present else 'is new' if name in present else 'is gone'}"
        for name in sorted(packed.keys() | present.keys())
        if packed.get(name) != present.get(name)
    ]


def main(folder: Path) -> int:
    """Print the first difference of the zips in a folder and return the exit code."""
    for package in PACKAGES:
        if found := difference(package, folder / f"{package.name}.zip"):
            print(found, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
