"""Snapshots in a folder: stored whole, shown by a signed link, deleted when they are old."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest

from functions.admin.snapshot_urls import presign_snapshot
from functions.common.secret import Secret
from functions.common.settings import load_settings
from functions.common.snapshot_folder import SnapshotFolder, is_valid_link, sign
from functions.ingest.snapshots import StorageUnavailable, put_snapshot, snapshot_key

NOW = datetime(2026, 11, 27, 12, tzinfo=UTC)
KEY = Secret("SNAPSHOT_KEY", "k" * 64)


def new_key() -> str:
    return snapshot_key(uuid4(), uuid4(), NOW)


def test_only_a_file_address_is_a_folder(tmp_path: Path) -> None:
    assert SnapshotFolder.of("metrica-snapshots") is None
    assert SnapshotFolder.of(f"file://{tmp_path}") is not None


def test_ingest_writes_a_file_that_the_admin_process_finds(tmp_path: Path) -> None:
    key, folder = new_key(), SnapshotFolder(tmp_path)
    assert folder.path(key) is None
    put_snapshot(f"file://{tmp_path}", key, b"jpeg")
    path = folder.path(key)
    assert path is not None
    assert path.read_bytes() == b"jpeg"
    assert [file.suffix for file in path.parent.iterdir()] == [".jpg"]  # no draft is left


@pytest.mark.parametrize("key", ["snapshots/../../etc/passwd", "../x.jpg", "snapshots/a.jpg", "/etc/passwd", ""])
def test_no_key_leads_out_of_the_folder(tmp_path: Path, key: str) -> None:
    folder = SnapshotFolder(tmp_path / "folder")
    (tmp_path / "x.jpg").write_bytes(b"secret")
    assert folder.path(key) is None
    with pytest.raises(ValueError, match="is not the key of a snapshot"):
        folder.write(key, b"x")


def test_a_folder_that_cannot_be_written_is_temporary(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageUnavailable):
        put_snapshot(f"file://{tmp_path / 'file'}", new_key(), b"jpeg")


def test_old_snapshots_and_drafts_are_listed_and_deleted(tmp_path: Path) -> None:
    folder, old, recent = SnapshotFolder(tmp_path), new_key(), new_key()
    for key in (old, recent):
        folder.write(key, b"jpeg")
    draft = tmp_path / f"{old}.1.tmp"
    draft.write_bytes(b"half")
    for path in (tmp_path / old, draft):
        os.utime(path, (0, 0))
    found = sorted(folder.older_than(NOW - timedelta(days=365)))
    assert found == sorted([old, f"{old}.1.tmp"])
    for key in (*found, *found):  # it may be gone already
        folder.delete(key)
    assert [folder.path(old), folder.path(recent) is not None] == [None, True]


def test_a_link_works_for_five_minutes_for_its_snapshot_only() -> None:
    key = new_key()
    given = {"SNAPSHOT_BUCKET": "file:///x", "SNAPSHOT_URL": "https://admin.example.com/", "SNAPSHOT_KEY": "k" * 64}
    url, expires_at = presign_snapshot(load_settings([], given), key, NOW)
    assert expires_at == NOW + timedelta(minutes=5)
    assert url.startswith(f"https://admin.example.com/{key}?")
    query = parse_qs(urlsplit(url).query)
    (expires,), (signature,) = query["expires"], query["signature"]
    assert is_valid_link(KEY, key, expires, signature, NOW)
    assert is_valid_link(KEY, key, expires, signature, NOW + timedelta(seconds=299))
    assert not is_valid_link(KEY, key, expires, signature, NOW + timedelta(seconds=300))
    assert not is_valid_link(KEY, new_key(), expires, signature, NOW)
    assert not is_valid_link(KEY, key, str(int(expires) + 1), signature, NOW)
    assert not is_valid_link(Secret("SNAPSHOT_KEY", "o" * 64), key, expires, signature, NOW)
    assert not is_valid_link(KEY, key, expires, signature.replace(signature[0], "ä"), NOW)


@pytest.mark.parametrize("expires", ["", "-1", "1e9", "٣", "9" * 13, " 1"])
def test_a_malformed_time_is_refused(expires: str) -> None:
    assert not is_valid_link(KEY, new_key(), expires, sign(KEY, "x", 1), NOW)
