"""The worker keys of the demo tenant."""

from __future__ import annotations

import stat
from pathlib import Path
from uuid import uuid4

import pytest

from functions.common import worker_key
from local.errors import SeedError
from local.seed.tenant_rows import load_worker_keys


def test_a_store_keeps_its_key(tmp_path: Path) -> None:
    store, other = uuid4(), uuid4()
    first = load_worker_keys(tmp_path, [store])
    again = load_worker_keys(tmp_path, [store, other])
    assert again[store] == first[store] != again[other]
    assert all(worker_key.is_well_formed(key) for key in again.values())


def test_other_users_cannot_read_the_file(tmp_path: Path) -> None:
    load_worker_keys(tmp_path, [uuid4()])
    assert stat.S_IMODE((tmp_path / "worker-keys.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["{", "[1]"])
def test_a_broken_file_is_reported(tmp_path: Path, content: str) -> None:
    (tmp_path / "worker-keys.json").write_text(content)
    with pytest.raises(SeedError, match=r"worker-keys\.json cannot be read: delete it"):
        load_worker_keys(tmp_path, [uuid4()])
