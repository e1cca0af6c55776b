"""Downloaded weights are used only when they are the published file."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from edge_worker.errors import ModelError
from edge_worker.weights import verification
from edge_worker.weights.lookup import KNOWN_MODELS
from edge_worker.weights.verification import PUBLISHED_SHA256, check_download, restrict_unpickling


def test_the_published_file_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "yolo26n.pt"
    path.write_bytes(b"weights")
    monkeypatch.setitem(verification.PUBLISHED_SHA256, path.name, hashlib.sha256(b"weights").hexdigest())
    check_download(path)
    assert path.read_bytes() == b"weights"


def test_any_other_file_is_deleted(tmp_path: Path) -> None:
    path = tmp_path / "yolo26n.pt"
    path.write_bytes(b"a sign-in page")
    with pytest.raises(ModelError, match=r"the downloaded yolo26n\.pt is not the published file"):
        check_download(path)
    assert not path.exists()


def test_every_model_that_can_be_downloaded_has_a_checksum() -> None:
    assert set(PUBLISHED_SHA256) == {f"{name}.pt" for name in KNOWN_MODELS}


@pytest.mark.parametrize(("before", "after"), [(None, "1"), ("0", "0")])
def test_unpickling_is_restricted_unless_the_user_chose(
    before: str | None, after: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    monkeypatch.setenv("ULTRALYTICS_SAFE_LOAD", before or "")
    if before is None:
        monkeypatch.delenv("ULTRALYTICS_SAFE_LOAD")
    restrict_unpickling()
    assert os.environ["ULTRALYTICS_SAFE_LOAD"] == after
    monkeypatch.setenv("ULTRALYTICS_SAFE_LOAD", "restored by monkeypatch")
