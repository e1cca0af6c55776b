"""Metrics as lines of CloudWatch's embedded metric format."""

from __future__ import annotations

import io
import json
import time
from typing import Any

import pytest

from functions.common.metrics import Metric, database_time, measured, measured_job, record


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("METRICS_STAGE", "staging")
    return "staging"


@measured("ingest")
def handle_batch() -> str:
    record(Metric.INSERTED, 3)
    record(Metric.INSERTED, 2)
    record(Metric.REJECTED, 1, "too_old")
    record(Metric.REJECTED, 1, "malformed")
    record(Metric.REJECTED, 1, "malformed")
    return "done"


def test_a_line_says_its_metrics_units_and_dimensions(stage: str, capsys: pytest.CaptureFixture[str]) -> None:
    before = time.time_ns() // 1_000_000
    assert handle_batch() == "done"
    plain, *by_reason = lines(capsys.readouterr().out)
    assert before <= plain["_aws"]["Timestamp"] <= time.time_ns() // 1_000_000
    assert plain["_aws"]["CloudWatchMetrics"] == [
        {
            "Namespace": "Metrica",
            "Dimensions": [["Stage", "Function"]],
            "Metrics": [{"Name": "Inserted", "Unit": "Count"}],
        }
    ]
    assert (plain["Stage"], plain["Function"], plain["Inserted"]) == ("staging", "ingest", 5)
    assert {line["Reason"]: line["Rejected"] for line in by_reason} == {"too_old": 1, "malformed": 2}
    assert {tuple(line["_aws"]["CloudWatchMetrics"][0]["Dimensions"][0]) for line in by_reason} == {
        ("Stage", "Function", "Reason")
    }


def test_nothing_is_written_without_a_stage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for value in (None, ""):
        monkeypatch.delenv("METRICS_STAGE", raising=False)
        if value is not None:
            monkeypatch.setenv("METRICS_STAGE", value)
        assert handle_batch() == "done"
    record(Metric.INSERTED, 1)
    assert capsys.readouterr().out == ""


def test_the_time_of_the_database_is_the_sum_of_its_waits(stage: str, capsys: pytest.CaptureFixture[str]) -> None:
    @measured("api")
    def handle() -> None:
        for _ in range(3):
            with database_time():
                time.sleep(0.01)

    handle()
    (line,) = lines(capsys.readouterr().out)
    assert line["DatabaseTime"] >= 30
    assert line["_aws"]["CloudWatchMetrics"][0]["Metrics"] == [{"Name": "DatabaseTime", "Unit": "Milliseconds"}]


def test_the_measurements_of_a_request_do_not_reach_the_next(stage: str, capsys: pytest.CaptureFixture[str]) -> None:
    handle_batch()
    handle_batch()
    assert [line["Inserted"] for line in lines(capsys.readouterr().out) if "Inserted" in line] == [5, 5]


def test_a_job_counts_as_succeeded_or_failed(stage: str, capsys: pytest.CaptureFixture[str]) -> None:
    @measured_job("reports")
    def run(fails: bool) -> int:
        if fails:
            raise LookupError("a store")
        return 7

    assert run(fails=False) == 7
    with pytest.raises(LookupError):
        run(fails=True)
    succeeded, failed = lines(capsys.readouterr().out)
    assert (succeeded["JobsSucceeded"], succeeded["JobsFailed"]) == (1, 0)
    assert (failed["JobsSucceeded"], failed["JobsFailed"]) == (0, 1)


def test_a_function_that_counts_its_jobs_itself_is_not_counted_once_more(
    stage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    @measured_job("maintenance")
    def run() -> None:
        record(Metric.JOBS_FAILED, 2)
        record(Metric.JOBS_SUCCEEDED, 6)
        raise LookupError

    with pytest.raises(LookupError):
        run()
    (line,) = lines(capsys.readouterr().out)
    assert (line["JobsFailed"], line["JobsSucceeded"]) == (2, 6)


class ClosedStream(io.StringIO):
    def write(self, _text: str) -> int:
        raise OSError("no space left on device")


def test_a_metric_that_cannot_be_written_fails_no_request(
    stage: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    @measured("ingest")
    def handle() -> str:
        record(Metric.INSERTED, float("nan"))
        return "done"

    assert handle() == "done"
    assert "metrics of ingest were not written" in caplog.text
    caplog.clear()
    monkeypatch.setattr("sys.stdout", ClosedStream())
    assert handle_batch() == "done"
    assert "no space left on device" in caplog.text


def test_no_dimension_names_a_store_a_camera_or_a_person() -> None:
    assert {metric.dimension for metric in Metric} == {None, "Reason", "Severity", "Channel"}
