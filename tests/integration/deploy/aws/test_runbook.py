"""The commands of docs/aws.md, run in order as a reader would: with the AWS CLI against moto, and with a database.

A block without a mark is run. A mark, `<!-- not-run: reason -->` above the block, says why not.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import boto3
import psycopg
import pytest

from db.timescale.embedded.launcher import running
from edge_worker.doctor.result import Verdict
from local.deploy.page_files import page_file, read_pages
from local.deploy.pages import PagesDeployment
from local.deploy.pages_stack import APPLICATIONS, pages_targets
from local.doctor.aws_checks import check_aws
from local.stack.settings import ROOT
from server.functions import FUNCTIONS
from tests.integration.local.deploy.pages_on_moto import REGION, create_pages_stack
from tests.moto_account import moto_account, put_error_alarm

BLOCK = re.compile(
    r"(?:^<!-- not-run: (?P<reason>[^\n]+) -->\n)?^```sh\n(?P<commands>.*?)^```$", re.MULTILINE | re.DOTALL
)
VALUES = {
    "STAGE": "production",
    "METRICA_ENV": "production",
    "AWS_REGION": REGION,
    "DASHBOARD_DOMAIN": "app.example.com",
    "ADMIN_DOMAIN": "admin.example.com",
    "API_DOMAIN": "api.example.com",
    "SUPABASE_URL": "https://abc.supabase.co",
    "SUPABASE_ANON_KEY": "sb_publishable_0123456789",
    "MAIL_DOMAIN": "example.com",
    "MAIL_SENDER": "Metrica <metrica@example.com>",
    "ALARM_EMAIL": "operations@example.com",
    "SUPERADMIN_EMAIL": "you@example.com",
    "SUPABASE_SERVICE_ROLE_KEY": "sb_secret_0123456789abcdefghijklmnopqrstu",
}


@dataclass(frozen=True, slots=True)
class Block:
    """A block of commands on the page; `reason` says why it is not run, or is None."""

    commands: str
    reason: str | None


PAGE = (ROOT / "docs" / "aws.md").read_text()
BLOCKS = tuple(Block(match["commands"], match["reason"]) for match in BLOCK.finditer(PAGE))


@dataclass(frozen=True, slots=True)
class Played:
    """What the runbook left behind.

    Attributes:
        outputs: The output of each block that was run, by its commands.
        database_url: The database, with its owner's login.
        session: A session of the account.
    """

    outputs: Mapping[str, str]
    database_url: str
    session: boto3.Session

    def output(self, beginning: str) -> str:
        """Return the output of the last block with these words in it."""
        return [text for commands, text in self.outputs.items() if beginning in commands][-1]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The whole page, run against a new account and an empty database."""
    folder = tmp_path_factory.mktemp("runbook")
    with moto_account() as found:
        account = {**found, "AWS_CONFIG_FILE": str(folder / "aws-config")}
        with running(folder / "database", jobs_every_s=0) as database, pytest.MonkeyPatch.context() as patched:
            for name, value in account.items():
                patched.setenv(name, value)
            session = boto3.Session(region_name=REGION)
            create_what_moto_cannot(session)
            environ = {
                "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
                "HOME": str(folder),
                "DATABASE_URL": database.url,
                **account,
                **VALUES,
            }
            yield Played(dict(play(folder, environ, session)), database.url, session)


def create_what_moto_cannot(session: boto3.Session) -> None:
    """Create what the blocks that are not run create: the HTTP API, the alarms, and the stacks with their outputs."""
    create_pages_stack(session)
    gateway = session.client("apigatewayv2")
    api = gateway.create_api(Name="production-metrica", ProtocolType="HTTP")
    gateway.create_stage(ApiId=api["ApiId"], StageName="$default", DefaultRouteSettings={"ThrottlingRateLimit": 100.0})
    template = {
        "Resources": {
            "Alarms": {
                "Type": "AWS::SNS::Topic",
                "Properties": {"Subscription": [{"Endpoint": VALUES["ALARM_EMAIL"], "Protocol": "email"}]},
            },
        },
        "Outputs": {
            "AlarmTopic": {"Value": {"Ref": "Alarms"}},
            "ApiTarget": {"Description": "of api.example.com", "Value": "d-1.execute-api.eu-central-1.amazonaws.com"},
        },
    }
    put_error_alarm(session)
    session.client("cloudformation").create_stack(StackName="metrica-production", TemplateBody=json.dumps(template))


def play(folder: Path, environ: Mapping[str, str], session: boto3.Session) -> Iterator[tuple[str, str]]:
    """Run each block that is not marked, in one environment that goes from block to block; yield it with its output."""
    exported = folder / "exported"
    exported.write_text("")
    for block in BLOCKS:
        if block.reason is not None:
            continue
        if "--version previous" in block.commands:
            deploy_another_release(session)
        # The pages are built by `make setup`. Another build would replace the files that other tests serve.
        commands = re.sub(r'(deploy pages --stage "\$STAGE")$', r"\1 --skip-build", block.commands, flags=re.MULTILINE)
        script = f"set -euo pipefail; . {exported}\n{commands}\nexport -p >{exported}\n"
        done = subprocess.run(
            ["bash", "-c", script], cwd=ROOT, env=environ, capture_output=True, text=True, check=False, timeout=120
        )
        assert done.returncode == 0, f"{block.commands}\n{done.stdout}{done.stderr}"
        yield block.commands, done.stdout


def deploy_another_release(session: boto3.Session) -> None:
    """Deploy the pages with another `index.html`, as after a change of them."""
    applications = {}
    for application in APPLICATIONS:
        files = read_pages(ROOT / "web" / application / "dist")
        applications[application] = files | {
            "index.html": page_file("index.html", files["index.html"].content + b"<!-- new -->")
        }
    targets = pages_targets(session, "production")
    PagesDeployment(session, targets, timedelta(days=30)).deploy(applications, None)


def test_every_block_of_commands_is_run_or_says_why_not() -> None:
    assert PAGE.count("```") == 2 * len(BLOCKS)
    assert PAGE.count("<!-- not-run:") == len([block for block in BLOCKS if block.reason])
    assert len([block for block in BLOCKS if not block.reason]) > 15


def test_every_test_that_a_reason_names_exists() -> None:
    named = {name for block in BLOCKS for name in re.findall(r"\b(?:\w+/)*test_\w+\.py", block.reason or "")}
    assert len(named) > 4
    assert [name for name in named if not list((ROOT / "tests").rglob(name.removeprefix("tests/")))] == []


def test_the_values_to_set_are_those_of_this_test() -> None:
    (values,) = [block.commands for block in BLOCKS if "export STAGE=" in block.commands]
    assert set(re.findall(r"\b([A-Z_]+)=", values)) == VALUES.keys() - {"SUPABASE_SERVICE_ROLE_KEY"} | {"DATABASE_URL"}


def test_every_login_of_a_function_has_its_secret_and_works(played: Played) -> None:
    client = played.session.client("secretsmanager")
    for function in FUNCTIONS:
        secret = json.loads(client.get_secret_value(SecretId=f"metrica/production/{function.name}")["SecretString"])
        expected = {"admin": {"SUPABASE_SERVICE_ROLE_KEY"}, "api": {"NOTIFICATION_KEY"}}
        expected["notifications"] = expected["api"]
        assert secret.keys() == {"DATABASE_URL"} | expected.get(function.name, set())
        login = psycopg.conninfo.conninfo_to_dict(secret["DATABASE_URL"])
        assert (login["user"], login["sslmode"]) == (f"metrica_{function.name}_production", "verify-full")
        # The test's database has no TLS, so that only the login is used here.
        with psycopg.connect(
            played.database_url, user=login["user"], password=login["password"], sslmode="disable"
        ) as connection:
            has_role = connection.execute(
                "SELECT pg_has_role(current_user, %s, 'member')", [function.group_role]
            ).fetchone()
            assert has_role == (True,)


def test_the_rotation_changes_the_key_of_webhooks_in_both_secrets(played: Played) -> None:
    client = played.session.client("secretsmanager")
    keys = [
        json.loads(client.get_secret_value(SecretId=f"metrica/production/{name}")["SecretString"])["NOTIFICATION_KEY"]
        for name in ("api", "notifications")
    ]
    assert re.fullmatch(r"[0-9a-f]{64}", keys[0])
    assert keys[0] == keys[1]


def test_the_pages_are_in_service_after_an_update_and_a_rollback(played: Played) -> None:
    listed = played.output("--version previous").splitlines()
    assert "in service UTC" in listed[0]
    previous = listed[1].split()[0]
    assert f"dashboard: release {previous} is in service at https://app.example.com" in listed[2]
    for target in pages_targets(played.session, "production"):
        answer = played.session.client("s3").get_object(Bucket=target.bucket, Key="site/index.html")
        assert b"<!-- new -->" not in answer["Body"].read()


def test_dns_records_are_printed(played: Played) -> None:
    assert "_" in played.output("describe-certificate")
    targets = played.output("ends_with")
    assert "d-1.execute-api.eu-central-1.amazonaws.com" in targets
    assert {"DashboardTarget", "AdminTarget"} <= set(targets.split())


def test_a_superadmin_is_added_and_the_parameter_is_encrypted(played: Played) -> None:
    assert "you@example.com is a superadmin" in played.output("superadmin add")
    parameter = played.session.client("ssm").get_parameter(
        Name="/metrica/production/ingest/DATABASE_URL", WithDecryption=True
    )["Parameter"]
    assert parameter["Type"] == "SecureString"
    assert parameter["Value"].startswith("postgresql://metrica_ingest_production:")


def test_the_doctor_finds_everything_but_the_alarm_that_was_raised(played: Played) -> None:
    found = {one.name: one for one in check_aws(played.session, "production", VALUES["MAIL_SENDER"])}
    assert {name for name, one in found.items() if one.verdict is not Verdict.OK} == {"alarms"}
    assert found["alarms"].found == "api ended with an error"
