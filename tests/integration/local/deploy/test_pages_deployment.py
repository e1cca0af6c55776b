"""A deployment of the pages against moto: S3, CloudFront, and the outputs of the stack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest

from local.deploy.page_files import release_version
from local.deploy.pages import Deployed, PagesDeployment
from local.errors import DeploymentError
from tests.integration.local.deploy.pages_on_moto import BOTH, build

pytestmark = pytest.mark.usefixtures("session")

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def objects(session: boto3.Session, bucket: str) -> dict[str, dict[str, Any]]:
    """Return the objects of a bucket with their content, type and caching."""
    client = session.client("s3")
    found = {}
    for one in client.list_objects_v2(Bucket=bucket).get("Contents", []):
        answer = client.get_object(Bucket=bucket, Key=one["Key"])
        found[one["Key"]] = answer | {"content": answer["Body"].read()}
    return found


def invalidations(session: boto3.Session, outputs: Mapping[str, str]) -> list[list[str]]:
    """Return the paths of each invalidation of the dashboard, the oldest first."""
    client, distribution = session.client("cloudfront"), outputs["DashboardDistribution"]
    listed = client.list_invalidations(DistributionId=distribution)["InvalidationList"].get("Items", [])
    found = [
        client.get_invalidation(DistributionId=distribution, Id=one["Id"])["Invalidation"]["InvalidationBatch"]
        for one in listed
    ]
    return [one["Paths"]["Items"] for one in sorted(found, key=lambda one: str(one["CallerReference"]))]


def test_the_first_deployment_uploads_everything_with_its_headers(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str]
) -> None:
    done = pages.deploy(build("1"), "abc", NOW)
    assert [(one.target.application, one.uploaded, one.unchanged) for one in done] == [(one, 5, 0) for one in BOTH]
    for application in ("Dashboard", "Admin"):
        found = objects(session, outputs[f"{application}Bucket"])
        headers = {key: (one["ContentType"], one["CacheControl"]) for key, one in found.items() if "site/" in key}
        assert headers == {
            "site/assets/app-1.js": ("text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
            "site/assets/vendor-11.js": ("text/javascript; charset=utf-8", "public, max-age=31536000, immutable"),
            "site/config.json": ("application/json", "no-cache"),
            "site/favicon.svg": ("image/svg+xml", "public, max-age=86400"),
            "site/index.html": ("text/html; charset=utf-8", "no-cache"),
            "site/manifest.webmanifest": ("application/manifest+json", "no-cache"),
        }
    assert invalidations(session, outputs) == [], "nobody has seen anything yet"


def test_config_json_has_the_outputs_of_the_stack(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str]
) -> None:
    pages.deploy(build("1"), None, NOW)
    config = json.loads(objects(session, outputs["AdminBucket"])["site/config.json"]["content"])
    assert config == {
        "apiUrl": "https://api.example.com",
        "supabaseUrl": "https://abc.supabase.co",
        "supabaseAnonKey": "sb_publishable_0123456789",
        "environment": "production",
    }


def test_the_same_build_again_changes_nothing(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str]
) -> None:
    pages.deploy(build("1"), "abc", NOW)
    before = {key: one["LastModified"] for key, one in objects(session, outputs["DashboardBucket"]).items()}
    done = pages.deploy(build("1"), "abc", NOW + DAY)
    assert [(one.uploaded, one.changed, one.invalidated, one.removed) for one in done] == [(0, (), (), 0)] * 2
    assert {key: one["LastModified"] for key, one in objects(session, outputs["DashboardBucket"]).items()} == before


def test_an_update_uploads_what_is_new_and_keeps_the_assets_of_open_tabs(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str]
) -> None:
    pages.deploy(build("1"), "abc", NOW)
    (done, _) = pages.deploy(build("2"), "def", NOW + DAY)
    assert (done.uploaded, done.changed, done.invalidated) == (4, ("index.html",), ())
    found = objects(session, outputs["DashboardBucket"])
    assert found["site/index.html"]["content"] == b'<script src="/assets/app-2.js">'
    assert {"site/assets/app-1.js", "site/assets/app-2.js"} <= found.keys()


def test_only_a_changed_file_that_cloudfront_keeps_is_invalidated(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str]
) -> None:
    pages.deploy(build("1"), None, NOW)
    (done, _) = pages.deploy(build("2", favicon__svg=b"<svg>2</svg>"), None, NOW + DAY)
    assert done.changed == ("favicon.svg", "index.html")
    assert done.invalidated == ("/favicon.svg",)
    assert invalidations(session, outputs) == [["/favicon.svg"]]


def test_the_page_is_the_last_file_that_changes(
    pages: PagesDeployment, session: boto3.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def note(params: Mapping[str, Any], **_: object) -> None:
        written.append(str(params["Key"]))

    session.events.register("provide-client-params.s3.PutObject", note)
    session.events.register("provide-client-params.s3.CopyObject", note)
    pages.deploy(build("1"), None, NOW)
    site = [key for key in written if key.startswith("site/")]
    (first, second) = [index for index, key in enumerate(site) if key == "site/index.html"]
    assets = [index for index, key in enumerate(site) if key.startswith("site/assets/")]
    assert max(assets) < first, "assets of both applications are there before a page changes"
    assert (site[first - 1], second) == ("site/manifest.webmanifest", len(site) - 1)


def test_an_interrupted_deployment_is_completed_by_the_next(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pages.deploy(build("1"), None, NOW)
    with monkeypatch.context() as patched:
        patched.setattr(PagesDeployment, "_serve", interrupted)
        with pytest.raises(KeyboardInterrupt):
            pages.deploy(build("2"), None, NOW + DAY)
    assert b"app-1" in objects(session, outputs["DashboardBucket"])["site/index.html"]["content"]
    pages.deploy(build("2"), None, NOW + DAY)
    assert b"app-2" in objects(session, outputs["DashboardBucket"])["site/index.html"]["content"]


def interrupted(*_: object) -> Deployed:
    raise KeyboardInterrupt


def test_a_rollback_serves_the_release_before_without_a_build(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str]
) -> None:
    first = build("1", favicon__svg=b"<svg>1</svg>")
    pages.deploy(first, "abc", NOW)
    pages.deploy(build("2"), "def", NOW + DAY)
    done = pages.roll_back("previous", NOW + 2 * DAY)
    assert {one.version for one in done} == {release_version(first)}
    assert done[0].changed == ("favicon.svg", "index.html")
    found = objects(session, outputs["DashboardBucket"])
    assert found["site/index.html"]["content"] == b'<script src="/assets/app-1.js">'
    assert found["site/index.html"]["CacheControl"] == "no-cache"
    assert found["site/favicon.svg"]["content"] == b"<svg>1</svg>"
    assert invalidations(session, outputs) == [["/favicon.svg"], ["/favicon.svg"]]
    pages.roll_back("previous", NOW + 3 * DAY)
    assert b"app-2" in objects(session, outputs["DashboardBucket"])["site/index.html"]["content"]


def test_a_rollback_refuses_what_is_not_kept_or_incomplete(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str]
) -> None:
    with pytest.raises(DeploymentError, match="there is no release before the current one"):
        pages.roll_back("previous")
    version = pages.deploy(build("1"), "abc", NOW)[0].version
    pages.deploy(build("2"), "def", NOW + DAY)
    with pytest.raises(DeploymentError, match=f"there is no release 0123; kept: \\w+, {version}"):
        pages.roll_back("0123")
    session.client("s3").delete_object(Bucket=outputs["AdminBucket"], Key="site/assets/app-1.js")
    with pytest.raises(DeploymentError, match=r"of the admin is incomplete \(assets/app-1.js is missing\).*abc"):
        pages.roll_back(version)
    assert b"app-2" in objects(session, outputs["DashboardBucket"])["site/index.html"]["content"], "neither has changed"


def test_old_releases_and_their_assets_are_removed_after_some_days(
    pages: PagesDeployment, session: boto3.Session, outputs: dict[str, str]
) -> None:
    first = pages.deploy(build("1"), None, NOW)[0].version
    pages.deploy(build("2"), None, NOW + DAY)
    (kept, _) = pages.deploy(build("3"), None, NOW + 20 * DAY)
    assert kept.removed == 0
    (done, _) = pages.deploy(build("4"), None, NOW + 40 * DAY)
    assert done.removed == 1
    found = objects(session, outputs["DashboardBucket"])
    assert {key for key in found if "assets/app" in key} == {f"site/assets/app-{one}.js" for one in "234"}
    assert not [key for key in found if first in key]
    assert [one.replaced_at for one in pages.releases().all] == [None, NOW + 40 * DAY, NOW + 20 * DAY]


def test_the_release_before_is_kept_however_long_ago_it_was_replaced(pages: PagesDeployment) -> None:
    pages.deploy(build("1"), None, NOW)
    pages.deploy(build("2"), None, NOW + DAY)
    pages.deploy(build("2"), None, NOW + 300 * DAY)
    assert len(pages.releases().all) == 2
    pages.roll_back("previous", NOW + 301 * DAY)
