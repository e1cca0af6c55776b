"""Alarms and dashboards read metrics that are written, and their queries are such that the database answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit
from uuid import uuid4

import psycopg
import pytest

from benchmarks import fleet
from db.timescale.aggregate_refresh import refresh_range
from db.timescale.analysts import grant, revoke
from functions.common.incidents import Severity
from functions.common.metrics import NAMESPACE, Metric
from functions.common.notification_types import ChannelKind
from functions.ingest.event_batch import FUTURE_TIMESTAMP, MALFORMED, TOO_OLD, UNKNOWN_CAMERA
from tests.factories import Event, insert_events, make_camera, make_store
from tests.integration.functions.deployment import FOR_REQUESTS, ROOT, SCHEDULED, functions_of, resources_of

GRAFANA = json.loads((ROOT / "deploy" / "grafana" / "metrica.json").read_text())
Connection = psycopg.Connection[Any]
Read = tuple[str, str, dict[str, Any]]
"""Namespace, name and dimensions of a metric that an alarm or a graph reads."""

OF_AWS = {
    "AWS/Lambda": {"Errors", "Throttles", "Invocations", "Duration", "ConcurrentExecutions"},
    "AWS/ApiGateway": {"Count", "4xx", "5xx", "Latency"},
    "AWS/SQS": {"ApproximateNumberOfMessagesVisible"},
}
DIMENSION_OF_AWS = {"AWS/Lambda": "FunctionName", "AWS/ApiGateway": "ApiId", "AWS/SQS": "QueueName"}
VALUES = {
    "Reason": {MALFORMED, UNKNOWN_CAMERA, FUTURE_TIMESTAMP, TOO_OLD},
    "Severity": {severity.value for severity in Severity},
    "Channel": {kind.value for kind in ChannelKind},
}
FOLDERS = {"ingest": "ingest", "incidents": "incidents", "notifications": "notifications"}


def writers_of(metric: Metric) -> set[str]:
    """The functions that write a metric, by their sources. Some are written by what all functions share."""
    if metric is Metric.DATABASE_TIME:
        return FOR_REQUESTS | SCHEDULED
    if metric in {Metric.JOBS_SUCCEEDED, Metric.JOBS_FAILED}:
        return SCHEDULED
    return {
        function
        for function, folder in FOLDERS.items()
        for path in (ROOT / "functions" / folder).glob("*.py")
        if f"Metric.{metric.name}" in path.read_text()
    }


def check_metric(read: Read, stage: str) -> None:
    namespace, name, dimensions = read
    if namespace != NAMESPACE:
        assert name in OF_AWS[namespace]
        (dimension,) = dimensions
        assert dimension == DIMENSION_OF_AWS[namespace]
        if namespace == "AWS/Lambda":
            assert dimensions[dimension].removeprefix(f"metrica-{stage}-") in FOR_REQUESTS | SCHEDULED
        return
    metric = next(metric for metric in Metric if metric.label == name)
    assert dimensions.keys() == {"Stage", "Function", *([metric.dimension] if metric.dimension else [])}
    assert dimensions["Stage"] == stage
    assert dimensions["Function"] in writers_of(metric), read
    if metric.dimension:
        assert dimensions[metric.dimension] in VALUES[metric.dimension]


def read_by_alarm(alarm: dict[str, Any]) -> Iterator[Read]:
    inputs = [one["MetricStat"]["Metric"] for one in alarm.get("Metrics", []) if "MetricStat" in one]
    for one in inputs or [alarm]:
        yield one["Namespace"], one["MetricName"], {each["Name"]: each["Value"] for each in one["Dimensions"]}


def read_by_widget(widget: dict[str, Any]) -> Iterator[Read]:
    for namespace, name, *rest in widget["properties"].get("metrics", []):
        dimensions = [part for part in rest if isinstance(part, str)]
        yield namespace, name, dict(zip(dimensions[::2], dimensions[1::2], strict=True))


def test_each_metric_of_an_alarm_is_one_that_is_written(template: tuple[str, Path]) -> None:
    stage, path = template
    alarms = resources_of(path, "AWS::CloudWatch::Alarm")
    read = [each for alarm in alarms.values() for each in read_by_alarm(alarm)]
    for each in read:
        check_metric(each, stage)
    assert len(read) == fleet.ALARM_METRICS, "docs/scale.md calculates with their number"
    ours = {name for namespace, name, _ in read if namespace == NAMESPACE}
    assert ours == {"Lag", "StoresOpen", "StoresCounting", "JobsFailed", "Delivered", "NotDelivered"}


def test_each_function_has_alarms_that_notify_the_topic(template: tuple[str, Path]) -> None:
    stage, path = template
    alarms = resources_of(path, "AWS::CloudWatch::Alarm")
    assert all(one["AlarmActions"] == [{"Ref": "Alarms"}] for one in alarms.values())
    watched = {
        (dimensions["FunctionName"].removeprefix(f"metrica-{stage}-"), metric)
        for alarm in alarms.values()
        for namespace, metric, dimensions in read_by_alarm(alarm)
        if namespace == "AWS/Lambda"
    }
    functions = functions_of(stage, path).keys()
    assert watched == {(name, metric) for name in functions for metric in ("Errors", "Throttles")} | {
        (name, "Invocations") for name in SCHEDULED | {"ingest"}
    }
    (topic,) = resources_of(path, "AWS::SNS::Topic").values()
    assert topic["Subscription"] == [{"Endpoint": "ops@example.com", "Protocol": "email"}]


def test_silence_is_an_alarm_and_a_period_without_errors_is_none(template: tuple[str, Path]) -> None:
    for name, alarm in resources_of(template[1], "AWS::CloudWatch::Alarm").items():
        missing = "breaching" if name.endswith("SilenceAlarm") else "notBreaching"
        assert (name, alarm["TreatMissingData"]) == (name, missing)


def test_an_expression_of_an_alarm_uses_each_of_its_inputs(template: tuple[str, Path]) -> None:
    for alarm in resources_of(template[1], "AWS::CloudWatch::Alarm").values():
        if "Metrics" not in alarm:
            continue
        (result,) = [one for one in alarm["Metrics"] if "Expression" in one]
        inputs = {one["Id"] for one in alarm["Metrics"]} - {result["Id"]}
        assert inputs == set(re.findall(r"\b[a-z]+\b", result["Expression"]))
        assert [one["ReturnData"] for one in alarm["Metrics"]] == [one is result for one in alarm["Metrics"]]
        assert "Period" not in alarm


def test_the_alarms_and_the_documentation_name_each_other(template: tuple[str, Path]) -> None:
    documented = set(
        re.findall(r"^\| `(?:<Function>)?(\w+Alarm)`", (ROOT / "docs" / "aws.md").read_text(), re.MULTILINE)
    )
    names = resources_of(template[1], "AWS::CloudWatch::Alarm")
    functions = "|".join(name.capitalize() for name in FOR_REQUESTS | SCHEDULED)
    assert {re.sub(rf"^(?:{functions})(?=\w+Alarm)", "", name) for name in names} == documented


def test_the_dashboard_shows_every_metric_that_is_written_and_every_alarm(template: tuple[str, Path]) -> None:
    stage, path = template
    (dashboard,) = resources_of(path, "AWS::CloudWatch::Dashboard").values()
    assert dashboard["DashboardName"] == f"metrica-{stage}"
    text = dashboard["DashboardBody"]["Fn::Sub"]
    body = json.loads(text)
    read = [each for widget in body["widgets"] for each in read_by_widget(widget)]
    for each in read:
        check_metric(each, stage)
    assert {name for namespace, name, _ in read if namespace == NAMESPACE} == {metric.label for metric in Metric}
    shown = {arn[2:-5] for arn in body["widgets"][0]["properties"]["alarms"]}
    assert shown == resources_of(path, "AWS::CloudWatch::Alarm").keys()
    resources = json.loads(path.read_text())["Resources"]
    assert {name for name in re.findall(r"\$\{(\w+)(?:\.Arn)?\}", text)} <= resources.keys()  # noqa: C416
    assert set(re.findall(r"\$\{(AWS::\w+)\}", text)) == {"AWS::Region"}


def grafana_targets(kind: str) -> list[dict[str, Any]]:
    """The queries of the dashboard of Grafana with a data source."""
    targets = [target for panel in GRAFANA["panels"] for target in panel["targets"]]
    return [target for target in targets if target["datasource"]["type"] == kind]


def test_grafana_reads_metrics_that_are_written() -> None:
    targets = grafana_targets("cloudwatch")
    for target in targets:
        check_metric((target["namespace"], target["metricName"], target["dimensions"]), "$stage")
    ours = {target["metricName"] for target in targets if target["namespace"] == NAMESPACE}
    assert ours == {metric.label for metric in Metric} - {"JobsSucceeded"}


def test_the_dashboard_of_grafana_is_well_formed() -> None:
    panels = GRAFANA["panels"]
    assert len({panel["id"] for panel in panels}) == len(panels)
    cells = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(cells) == len(set(cells))
    assert max(x for x, _ in cells) == 23
    variables = {f"${{{one['name']}}}": one["query"] for one in GRAFANA["templating"]["list"]}
    for panel in panels:
        for target in panel["targets"]:
            assert variables[target["datasource"]["uid"]] == target["datasource"]["type"]
        assert len({target["refId"] for target in panel["targets"]}) == len(panel["targets"])


@contextmanager
def analyst(connection: Connection, database_url: str, store_id: Any) -> Iterator[Connection]:
    """A connection of an analyst who sees the store."""
    name = f"a{uuid4().hex[:12]}"
    granted = grant(connection, name, store_id)
    url = urlsplit(database_url)
    address = f"{url.hostname}:{url.port}{url.path}?{url.query}"
    try:
        with psycopg.connect(
            f"postgresql://{granted.role}:{quote(granted.password or '')}@{address}", prepare_threshold=None
        ) as own:
            yield own
    finally:
        revoke(connection, name)


@pytest.mark.parametrize("target", grafana_targets("grafana-postgresql-datasource"), ids=lambda one: one["refId"])
def test_an_analyst_can_run_each_query_of_grafana(
    target: dict[str, Any], connection: Connection, database_url: str
) -> None:
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=2)
    name = f"Grafana {uuid4()}"
    store = make_store(connection, name=name)
    insert_events(connection, store, make_camera(connection, store), [Event(hour + timedelta(minutes=5))])
    refresh_range(connection, hour, hour + timedelta(minutes=59))  # another test may have moved the watermark past it
    within = f"BETWEEN '{(hour - timedelta(hours=1)).isoformat()}' AND '{(hour + timedelta(hours=1)).isoformat()}'"
    query = re.sub(r"\$__timeFilter\(([\w.]+)\)", rf"\1 {within}", target["rawSql"])
    assert "$" not in query
    with analyst(connection, database_url, store) as own:
        cursor = own.execute(query.encode())
        columns = [column.name for column in cursor.description or []]
        (row,) = [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]
    if target["format"] == "time_series":
        assert (row["time"], row["metric"]) == (hour, name)
        assert columns == ["time", "metric", "value"]
    else:
        assert (row["store"], row["last hour"], row["visitors"], row["exits"]) == (name, hour, 1, 0)
