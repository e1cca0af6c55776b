"""Check templates of CloudFormation by checkov: `python scripts/checkov.py TEMPLATE...`.

checkov needs versions of packages that Metrica does not have, so it is installed in an environment of its own,
`build/checkov`, at the versions and with the hashes of deploy/aws/checkov.txt. It asks nobody: neither rules nor
guidelines are downloaded. A finding that is accepted has its reason in the metadata of the resource.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "deploy" / "aws" / "checkov.txt"
FOLDER = ROOT / "build" / "checkov"


def install() -> Path:
    """Return the program. It is installed first, unless this was done with the same lock file."""
    stamp = FOLDER / "lock.sha256"
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    python = FOLDER / "bin" / "python"
    if not stamp.is_file() or stamp.read_text() != wanted:
        shutil.rmtree(FOLDER, ignore_errors=True)
        uv = [sys.executable, "-m", "uv", "--quiet"]
        subprocess.run([*uv, "venv", "--python", sys.executable, str(FOLDER)], check=True)
        subprocess.run(
            [*uv, "pip", "install", "--python", str(python), "--require-hashes", "-r", str(LOCK)], check=True
        )
        stamp.write_text(wanted)
    return FOLDER / "bin" / "checkov"


def check(templates: Sequence[Path]) -> dict[str, list[dict[str, Any]]]:
    """Return the findings of checkov: `passed_checks`, `failed_checks` and `skipped_checks`.

    Raises:
        RuntimeError: checkov does not run, or cannot read a template.
    """
    files = [word for template in templates for word in ("--file", str(template))]
    options = ["--framework", "cloudformation", "--skip-download", "--soft-fail", "--compact", "--output", "json"]
    program = str(install())
    done = subprocess.run([program, *files, *options], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0 or not done.stdout.startswith("{"):
        raise RuntimeError(f"checkov ended with {done.returncode}: {(done.stderr or done.stdout)[-500:]}")
    report = json.loads(done.stdout)
    results: dict[str, list[dict[str, Any]]] = report.get("results", {})
    read = {finding["file_abs_path"] for findings in results.values() for finding in findings}
    for template in templates:
        if str(template.resolve()) not in read:
            raise RuntimeError(f"checkov finds nothing to check in {template}: is it a template?")
    return results


def main(templates: Sequence[Path]) -> int:
    """Print what checkov finds and does not accept, and return the exit code."""
    failed = check(templates)["failed_checks"]
    for finding in failed:
        print(f"{finding['file_path']} {finding['resource']}: {finding['check_id']} {finding['check_name']}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main([Path(name).resolve() for name in sys.argv[1:]]))
