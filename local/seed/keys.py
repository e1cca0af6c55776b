"""The worker keys of the demo tenant: the database keeps only a hash, so the secret is kept beside the stack."""

from __future__ import annotations

import json
import os
from pathlib import Path
from uuid import UUID

from functions.common import worker_key
from local.seed.errors import SeedError


def kept_keys(folder: Path, stores: list[UUID]) -> dict[UUID, str]:
    """One key per store in the clear, the same each time: kept in `folder`/worker-keys.json, made where missing.

    Raises SeedError when the file cannot be read or written.
    """
    path = folder / "worker-keys.json"
    try:
        known = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        kept = {str(store): known.get(str(store)) or worker_key.generate() for store in stores}
        if kept != known:
            folder.mkdir(parents=True, exist_ok=True)
            draft = path.with_suffix(f".{os.getpid()}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(kept, file)
            draft.replace(path)
    except OSError as error:
        raise SeedError(f"the demo's worker keys cannot be kept in {path}: {error.strerror or error}") from None
    except (ValueError, AttributeError):
        raise SeedError(f"{path} cannot be read: delete it, and new worker keys are made") from None
    return {UUID(store): secret for store, secret in kept.items()}
