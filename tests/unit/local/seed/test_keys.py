"""The kept worker keys of the demo tenant."""

from __future__ import annotations

import stat
from pathlib import Path
from uuid import uuid4

import pytest

from functions.common import worker_key
from local.seed.errors import SeedError
from local.seed.keys import kept_keys


def test_a_store_keeps_its_key(tmp_path: Path) -> None:
    store, other = uuid4(), uuid4()
    first = kept_keys(tmp_path, [store])
    again = kept_keys(tmp_path, [store, other])
    assert again[store] == first[store] != again[other]
    assert all(worker_key.is_well_formed(key) for key in again.values())


def test_nobody_else_on_the_machine_can_read_them(tmp_path: Path) -> None:
    kept_keys(tmp_path, [uuid4()])
    assert stat.S_IMODE((tmp_path / "worker-keys.json").stat().st_mode) == 0o600


@pytest.mark.parametrize("content", ["{", "[1]"])
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "worker-keys.json").write_text(content)
    with pytest.raises(SeedError, match=r"worker-keys\.json cannot be read: delete it"):
        kept_keys(tmp_path, [uuid4()])
