"""`metrica deploy pages` against moto: S3, CloudFront, and the outputs of the stack."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import boto3
import pytest
from moto import mock_aws

from local import cli
from local.commands import deploy as command
from local.deploy.page_files import PageFile, page_file, release_version
from local.deploy.pages import Deployed, PagesDeployment
from local.deploy.pages_stack import pages_targets
from local.errors import DeploymentError
from tests.integration.local.deploy.pages_on_moto import REGION, create_pages_stack

NOW = datetime.now(UTC)
DAY = timedelta(days=1)
BOTH = ("dashboard", "admin")
UNCHANGING = {
    "favicon.svg": b"<svg/>",
    "manifest.webmanifest": b"{}",
    "assets/vendor-11.js": b"vendor",
}


@pytest.fixture(autouse=True)
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
    return PagesDeployment(session, pages_targets(session, "production"), keep=30 * DAY)


def build(name: str, **more: bytes) -> dict[str, dict[str, PageFile]]:
    """Return a build of both applications, whose page and one asset have a name in them."""
    contents = {
        **UNCHANGING,
        "index.html": f'<script src="/assets/app-{name}.js">'.encode(),
        f"assets/app-{name}.js": name.encode(),
        **{path.replace("__", "."): content for path, content in more.items()},
    }
    return {one: {path: page_file(path, content) for path, content in contents.items()} for one in BOTH}


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


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    """Run `metrica deploy pages`."""
    code = cli.main(["deploy", "pages", *words])
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_the_command_deploys_lists_and_rolls_back(
    outputs: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    builds = iter([build("1"), build("2")])
    monkeypatch.setattr(command, "_applications", lambda **_: next(builds))
    for _ in range(2):
        code, out, _err = run(capsys, "--stage", "production", "--skip-build")
        assert code == 0
        assert "dashboard: release " in out
        assert "is in service at https://app.example.com" in out
    code, out, _err = run(capsys, "--stage", "production", "--list")
    current, before = out.splitlines()
    assert ("in service UTC" in current, "until" in before) == (True, True)
    code, out, _err = run(capsys, "--stage", "production", "--version", before.split()[0])
    assert (code, out.count(before.split()[0])) == (0, 2)


def test_another_stage_or_region_has_no_stack(outputs: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, "--stage", "staging", "--list")
    assert code == 1
    assert err.startswith(
        "metrica: there is no stack metrica-staging-pages in eu-central-1: check the stage and the region"
    )
    assert "in us-east-1" in run(capsys, "--stage", "production", "--region", "us-east-1", "--list")[2]


def test_a_stack_of_an_older_template_has_to_be_updated(
    session: boto3.Session, capsys: pytest.CaptureFixture[str]
) -> None:
    create_pages_stack(session, without_output="SupabaseAnonKey")
    code, _, err = run(capsys, "--stage", "production", "--list")
    assert code == 1
    assert "the stack metrica-production-pages has no output SupabaseAnonKey: update it" in err


def test_a_stack_that_is_not_complete_is_not_used(
    outputs: dict[str, str], session: boto3.Session, capsys: pytest.CaptureFixture[str]
) -> None:
    from moto.cloudformation.models import cloudformation_backends

    backend = next(iter(cloudformation_backends.values()))[REGION]
    next(iter(backend.stacks.values())).status = "ROLLBACK_COMPLETE"
    assert "is ROLLBACK_COMPLETE: wait until it is complete" in run(capsys, "--stage", "production", "--list")[2]


@pytest.mark.parametrize("code", ["ExpiredToken", "ExpiredTokenException", "InvalidClientTokenId"])
def test_credentials_that_expired(
    code: str, outputs: dict[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from botocore.client import BaseClient
    from botocore.exceptions import ClientError

    def refuse(self: object, operation: str, _: object) -> None:
        raise ClientError({"Error": {"Code": code, "Message": "The security token is expired"}}, operation)

    monkeypatch.setattr(BaseClient, "_make_api_call", refuse)
    status, _, err = run(capsys, "--stage", "production", "--list")
    assert status == 1
    assert err == f"metrica: AWS refuses the credentials ({code}); sign in again: The security token is expired\n"


def test_without_credentials_or_a_region_nothing_is_built(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_REGION")
    monkeypatch.delenv("AWS_DEFAULT_REGION", raising=False)
    assert "name the region" in run(capsys, "--stage", "production")[2]
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    assert "no credentials of AWS" in run(capsys, "--stage", "production", "--region", REGION)[2]
