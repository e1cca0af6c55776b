"""An account of AWS on moto, with the stack of the pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import boto3
import pytest
from moto import mock_aws

from local.deploy.pages import PagesDeployment
from local.deploy.pages_stack import pages_targets
from tests.integration.local.deploy.pages_on_moto import REGION, create_pages_stack


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Iterator[boto3.Session]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("AWS_REGION", REGION)
    with mock_aws():
        yield boto3.Session(region_name=REGION)


@pytest.fixture
def outputs(session: boto3.Session) -> dict[str, str]:
    return create_pages_stack(session)


@pytest.fixture
def pages(session: boto3.Session, outputs: dict[str, str]) -> PagesDeployment:
    return PagesDeployment(session, pages_targets(session, "production"), keep=timedelta(days=30))
