from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from edge_worker.counting.line import Anchor, Line
from edge_worker.counting.policy import CountingPolicy
from edge_worker.outbox.records import UNKNOWN_LINE_VERSION
from edge_worker.remote_config.camera_config import CameraConfig, ConfigError
from edge_worker.remote_config.effective_config import LineSource, LocalConfig, effective_config

BODY: dict[str, Any] = {
    "camera_id": "11111111-1111-4111-8111-111111111111",
    "store_id": "22222222-2222-4222-8222-222222222222",
    "name": "door",
    "is_counting_line": True,
    "line": [0.1, 0.2, 0.3, 0.4],
    "anchor": "center",
    "sample_fps": 10,
    "snapshot_interval_s": 3600,
    "line_version": 4,
}
BACKEND = CameraConfig.parse(BODY)
LOCAL = LocalConfig(Line(0.5, 0.0, 0.5, 1.0), Anchor.FOOT)


def test_the_backends_line_and_its_anchor_come_first() -> None:
    found = effective_config(BACKEND, LOCAL)
    assert (found.line, found.anchor, found.line_source) == (
        Line(0.1, 0.2, 0.3, 0.4),
        Anchor.CENTER,
        LineSource.BACKEND,
    )


def test_without_a_line_of_the_backend_the_command_line_counts() -> None:
    found = effective_config(replace(BACKEND, line=None), LOCAL)
    assert (found.line, found.anchor, found.line_source) == (LOCAL.line, Anchor.FOOT, LineSource.CLI)


def test_without_any_line_it_is_mid_height_from_left_to_right() -> None:
    found = effective_config(None, LocalConfig())
    assert (found.line, found.anchor, found.line_source) == (Line.mid_height(), Anchor.FOOT, LineSource.DEFAULT)


@pytest.mark.parametrize(
    ("backend", "local", "version"),
    [
        (BACKEND, LocalConfig(), 4),
        (BACKEND, LOCAL, 4),
        (replace(BACKEND, line=None), LocalConfig(), 4),
        (replace(BACKEND, line=None), LocalConfig(anchor=Anchor.CENTER), 4),
        (replace(BACKEND, line=None), LocalConfig(anchor=Anchor.FOOT), None),
        (replace(BACKEND, line=None), LOCAL, None),
        (None, LOCAL, None),
        (None, LocalConfig(), None),
    ],
)
def test_a_line_has_a_version_when_it_and_its_anchor_are_the_backends(
    backend: CameraConfig | None, local: LocalConfig, version: int | None
) -> None:
    assert effective_config(backend, local).line_version == version


@pytest.mark.parametrize(
    ("backend", "local"),
    [(BACKEND, LOCAL), (replace(BACKEND, line=None), LOCAL), (replace(BACKEND, line=None), LocalConfig())],
)
def test_an_accepted_view_is_known_whatever_line_applies(backend: CameraConfig, local: LocalConfig) -> None:
    assert effective_config(backend, local).view_accepted_at is None
    accepted = replace(backend, view_accepted_at="2026-11-26T12:00:00.000Z")
    assert effective_config(accepted, local).view_accepted_at == "2026-11-26T12:00:00.000Z"


@pytest.mark.parametrize("wrong", [1764158400, True, ["2026-11-26T12:00:00Z"]])
def test_an_accepted_view_has_a_time_or_none(wrong: object) -> None:
    assert CameraConfig.parse({**BODY, "view_accepted_at": None}).view_accepted_at is None
    with pytest.raises(ConfigError, match="view_accepted_at"):
        CameraConfig.parse({**BODY, "view_accepted_at": wrong})


HESITATING = {"min_stay_s": 5, "ignore_children": True}


@pytest.mark.parametrize(
    ("backend", "local", "applied"),
    [
        ({}, CountingPolicy(), CountingPolicy()),
        ({}, CountingPolicy(3.0, ignore_children=True), CountingPolicy(3.0, ignore_children=True)),
        ({"min_stay_s": 0, "ignore_children": False}, CountingPolicy(3.0), CountingPolicy(3.0)),
        (HESITATING, CountingPolicy(), CountingPolicy(5.0, ignore_children=True)),
        (HESITATING, CountingPolicy(3.0), CountingPolicy(5.0, ignore_children=True)),
        ({"min_stay_s": 2.5}, CountingPolicy(ignore_children=True), CountingPolicy(2.5, ignore_children=True)),
    ],
)
def test_a_policy_that_is_on_in_the_backend_applies_and_one_that_is_off_there_is_the_local_one(
    backend: dict[str, Any], local: CountingPolicy, applied: CountingPolicy
) -> None:
    config = CameraConfig.parse({**BODY, **backend})
    assert effective_config(config, replace(LOCAL, policy=local)).policy == applied
    assert effective_config(replace(config, line=None), LocalConfig(policy=local)).policy == applied


def test_without_a_backend_the_local_policy_applies() -> None:
    assert effective_config(None, LocalConfig(policy=CountingPolicy(3.0))).policy == CountingPolicy(3.0)


def test_the_version_of_an_older_backend_is_unknown() -> None:
    config = CameraConfig.parse({name: value for name, value in BODY.items() if name != "line_version"})
    assert effective_config(config, LocalConfig()).line_version == UNKNOWN_LINE_VERSION


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("line", [0.1, 0.2, 0.3]),
        ("line", [0.1, 0.2, 1.3, 0.4]),
        ("line", [0.1, 0.2, 0.1, 0.2]),
        ("line", "0,0,1,1"),
        ("anchor", "head"),
        ("sample_fps", 0),
        ("sample_fps", float("nan")),
        ("snapshot_interval_s", -1),
        ("store_id", "mine"),
        ("line_version", 0),
        ("line_version", None),
        ("line_version", "4"),
        ("min_stay_s", -1),
        ("min_stay_s", 61),
        ("min_stay_s", "5"),
        ("min_stay_s", None),
        ("min_stay_s", float("nan")),
        ("ignore_children", 1),
        ("ignore_children", None),
    ],
)
def test_a_config_with_a_wrong_value_is_refused_as_a_whole(name: str, value: object) -> None:
    with pytest.raises(ConfigError, match="cannot be used"):
        CameraConfig.parse({**BODY, name: value})


def test_a_config_with_a_field_missing_is_refused_by_its_name() -> None:
    with pytest.raises(ConfigError, match="anchor"):
        CameraConfig.parse({name: value for name, value in BODY.items() if name != "anchor"})


def test_fields_of_a_later_version_are_ignored() -> None:
    assert CameraConfig.parse({**BODY, "colour": "red"}) == BACKEND
