"""Two deployments of the same pages at once: real processes, against a moto server."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from local import cli
from local.deploy.bucket import PagesBucket
from local.deploy.deployment_lock import LOCK, hold_lock
from local.deploy.pages import PagesDeployment
from local.deploy.pages_stack import pages_targets
from local.deploy.releases import Release, Releases
from local.errors import DeploymentError
from local.stack.settings import ROOT
from tests.integration.local.deploy.pages_on_moto import REGION, create_pages_stack
from tests.moto_account import moto_account

PROGRAM = [sys.executable, "-m", "tests.integration.local.deploy.deploying_process"]
TIMEOUT_S = 60


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The bucket of the dashboard, in the account of a moto server that the environment names."""
    with moto_account() as account:
        for name, value in {**account, "AWS_REGION": REGION}.items():
            monkeypatch.setenv(name, value)
        yield create_pages_stack(boto3.Session(region_name=REGION))["DashboardBucket"]


@contextmanager
def deploying(name: str, *options: str) -> Iterator[subprocess.Popen[str]]:
    """A process that deploys. It is killed at the end of the block, if it still runs."""
    process = subprocess.Popen([*PROGRAM, name, *options], cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.communicate()


@contextmanager
def stopped_while_deploying(name: str, bucket: str) -> Iterator[subprocess.Popen[str]]:
    """A process that deploys, and is stopped while it has the lock."""
    with deploying(name) as process:
        deadline = time.monotonic() + TIMEOUT_S
        while lock(bucket) is None:
            assert time.monotonic() < deadline, "it never had the lock"
            assert process.poll() is None, process.communicate()
        process.send_signal(signal.SIGSTOP)
        assert lock(bucket) is not None, "it is in the middle of its work"
        yield process


def run(name: str, *options: str) -> tuple[int, str]:
    """Deploy in a process of its own, and return its exit code and what it says."""
    done = subprocess.run(
        [*PROGRAM, name, *options], cwd=ROOT, capture_output=True, text=True, timeout=TIMEOUT_S, check=False
    )
    return done.returncode, done.stderr


def read(bucket: str, key: str) -> bytes | None:
    client = boto3.client("s3", REGION)
    try:
        content: bytes = client.get_object(Bucket=bucket, Key=key)["Body"].read()
    except client.exceptions.NoSuchKey:
        return None
    return content


def lock(bucket: str) -> Any:
    content = read(bucket, LOCK)
    return None if content is None else json.loads(content)


def releases(bucket: str) -> list[tuple[str | None, bool]]:
    """The commit of each release in the record, the newest first, and whether it is in service."""
    content = read(bucket, "releases.json")
    assert content is not None
    return [(one.commit, one.replaced_at is None) for one in Releases.from_json(content.decode()).all]


def test_the_second_is_refused_with_who_and_since_when_and_the_first_completes(bucket: str) -> None:
    with stopped_while_deploying("first", bucket) as first:
        since = lock(bucket)["since"][:19].replace("T", " ")
        code, said = run("second")
        assert code == 1
        assert "another deployment of these pages runs: by arn:aws:sts::123456789012:" in said
        assert f" on {socket.gethostname()}, since {since} UTC" in said
        assert "use --take-over" in said
        first.send_signal(signal.SIGCONT)
        assert first.wait(TIMEOUT_S) == 0
    assert lock(bucket) is None
    assert releases(bucket) == [("first", True)]
    assert run("second") == (0, "")
    assert releases(bucket) == [("second", True), ("first", False)]
    assert read(bucket, "site/index.html") == b'<script src="/assets/app-second-0.js">'


def test_a_rollback_is_refused_too(bucket: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("zero") == (0, "")
    with stopped_while_deploying("first", bucket):
        assert cli.main(["deploy", "pages", "--stage", "production", "--version", "previous"]) == 1
        assert "another deployment of these pages runs" in capsys.readouterr().err
        assert cli.main(["deploy", "pages", "--stage", "production", "--list"]) == 0


def test_a_deployment_that_is_asked_to_stop_releases_its_lock(bucket: str) -> None:
    with stopped_while_deploying("first", bucket) as first:
        first.send_signal(signal.SIGTERM)
        first.send_signal(signal.SIGCONT)
        assert first.wait(TIMEOUT_S) != 0
    assert lock(bucket) is None
    assert run("second") == (0, "")


@pytest.mark.parametrize("signals", [1, 2])
def test_a_deployment_that_is_asked_to_stop_while_it_gets_its_lock_leaves_none(
    bucket: str, monkeypatch: pytest.MonkeyPatch, signals: int
) -> None:
    create = PagesBucket.create

    def create_and_stop(of: PagesBucket, key: str, content: bytes) -> str | None:
        etag = create(of, key, content)
        for _ in range(signals):
            signal.raise_signal(signal.SIGTERM)
        return etag

    monkeypatch.setattr(PagesBucket, "create", create_and_stop)
    session = boto3.Session(region_name=REGION)
    with pytest.raises(KeyboardInterrupt), hold_lock(session, PagesBucket(session, bucket), take_over=False):
        pytest.fail("the block runs")
    assert lock(bucket) is None


def test_a_second_signal_does_not_keep_the_lock_from_being_released(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete = PagesBucket.delete_unchanged

    def stop_and_delete(of: PagesBucket, key: str, etag: str) -> None:
        signal.raise_signal(signal.SIGTERM)
        delete(of, key, etag)

    monkeypatch.setattr(PagesBucket, "delete_unchanged", stop_and_delete)
    session = boto3.Session(region_name=REGION)
    with pytest.raises(KeyboardInterrupt), hold_lock(session, PagesBucket(session, bucket), take_over=False):
        signal.raise_signal(signal.SIGTERM)
    assert lock(bucket) is None


def test_the_lock_of_a_process_that_was_killed_can_be_taken_over(bucket: str) -> None:
    with stopped_while_deploying("first", bucket) as first:
        first.kill()
        first.wait()
    assert run("second")[0] == 1
    assert run("second", "take-over") == (0, "")
    assert releases(bucket) == [("second", True)]
    assert lock(bucket) is None
    assert run("third") == (0, "")


def test_a_deployment_that_lost_its_lock_puts_nothing_in_service(bucket: str) -> None:
    with stopped_while_deploying("first", bucket) as first:
        assert run("second", "take-over") == (0, "")
        first.send_signal(signal.SIGCONT)
        _, said = first.communicate(timeout=TIMEOUT_S)
        assert first.returncode == 1
    assert "another deployment of these pages took over" in said
    assert releases(bucket) == [("second", True)]
    assert read(bucket, "site/index.html") == b'<script src="/assets/app-second-0.js">'


def test_the_lock_goes_when_a_deployment_fails(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(PagesBucket, "upload", fail)
    session = boto3.Session(region_name=REGION)
    pages = PagesDeployment(session, pages_targets(session, "production"), timedelta(days=30))
    with pytest.raises(KeyboardInterrupt):
        pages.deploy({"dashboard": {}, "admin": {}}, None)
    assert lock(bucket) is None


def test_a_record_that_another_deployment_changed_is_not_overwritten(bucket: str) -> None:
    def record(commit: str) -> Releases:
        return Releases((Release("0" * 12, commit, datetime.now(UTC), None, {}),))

    one, other = (PagesBucket(boto3.Session(region_name=REGION), bucket) for _ in range(2))
    (_, of_one), (_, of_other) = one.stored_releases(), other.stored_releases()
    one.write_releases(record("one"), of_one)
    with pytest.raises(DeploymentError, match=r"changed releases\.json"):
        other.write_releases(record("other"), of_other)
    _, of_one = one.stored_releases()
    other.write_releases(record("other"), other.stored_releases()[1])
    with pytest.raises(DeploymentError, match=r"changed releases\.json"):
        one.write_releases(record("one again"), of_one)
    assert releases(bucket) == [("other", True)]
