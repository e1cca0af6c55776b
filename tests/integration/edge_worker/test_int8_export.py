"""``metrica-edge export --int8`` with the real model and NNCF."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import openvino as ov
import pytest

from edge_worker.cli import main
from edge_worker.counting.line import Anchor, Line
from edge_worker.detection.amx import has_amx
from edge_worker.detection.detector import Backend
from edge_worker.detection.fastest_model import ModelRun
from edge_worker.detection.selection import choose_detector, open_detector
from edge_worker.pipeline.clip_count import count_clip
from edge_worker.weights.export_cache import cached_folder, export_weights
from edge_worker.weights.lookup import require_pt
from edge_worker.weights.reference_image import IMAGE_FILE, check_people, reference_image
from tests.assets import clip, write_part

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]


def labelled(folder: Path) -> Path:
    """A short clip of a doorway; the labels are what the model counts before."""
    truth = json.loads(clip("doorway_1.mpg").with_name("doorway_1.truth.json").read_text())
    video = write_part(folder / "check.avi", first=190, last=290, step=4)
    counted = count_clip(str(video), line=Line.from_points(truth["line"]), anchor=Anchor.FOOT, backend="openvino")
    assert counted.crossings, "a clip without crossings checks nothing"
    truth |= {
        "clip": video.name,
        "crossings": [{"t": round(one.t, 3), "direction": one.direction.value} for one in counted.crossings],
    }
    video.with_name("check.truth.json").write_text(json.dumps(truth))
    return video


def operations_of(model: Path) -> set[str]:
    return {node.get_type_name() for node in ov.Core().read_model(model).get_ops()}


def uses_amx_after(model: Path, use_amx: str) -> bool:
    """Return whether a process uses AMX for a model after it has loaded the same one with or without it."""
    script = f"""
from pathlib import Path
import openvino as ov
from edge_worker.detection.openvino_selection import open_openvino
core, path = ov.Core(), Path({str(model)!r})
open_openvino(path, "yolo26n", (480, 640), use_amx={use_amx}, core=core)
graph = core.read_model(path)
graph.reshape([1, 3, 480, 640])
ops = core.compile_model(graph, "CPU").get_runtime_model().get_ops()
print(any("amx" in str(one.get_rt_info()["primitiveType"].astype(str)) for one in ops))
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    return done.stdout.strip() == "True"


def test_a_quantised_model_that_passes_is_taken_where_it_is_faster_and_a_refused_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    original = require_pt(None)
    export_weights(original, "openvino")
    exported = cached_folder(original, "openvino")
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "cache"))
    shutil.copytree(exported, cached_folder(original, "openvino"))
    check = labelled(tmp_path)
    calibrations = [
        write_part(tmp_path / f"{name}.avi", f"{name}.mpg", first=0, last=180, step=20)
        for name in ("doorway_2", "doorway_6")
    ]

    same = ["export", "--int8", "--calibrate", str(check), "--check", str(check)]
    assert main(same) == 1
    assert "a model must be checked on scenes it has not seen" in capsys.readouterr().err
    assert choose_detector(backend=Backend.OPENVINO).path.name == "yolo26n.xml"

    away = ["export", "--int8", "--calibrate", "rtsp://viewer:pa55word@127.0.0.1:9/door", "--check", str(check)]
    assert main(away) == 1
    said = capsys.readouterr().err
    assert "no frame from rtsp://viewer:***@127.0.0.1:9/door" in said
    assert "pa55word" not in said

    sent = tmp_path / "sent" / "yolo26n_int8_openvino_model"
    # Each of the two alone has too few frames.
    calibrated = [argument for video in calibrations for argument in ("--calibrate", str(video))]
    assert main(["export", "--int8", *calibrated, "--check", str(check), "--to", str(sent)]) == 0, (
        capsys.readouterr().err
    )
    report = json.loads((sent / "int8.json").read_text())
    assert report["int8"]["wrong"] == report["original"]["wrong"] == [0, 0, 0]
    assert {"Swish", "HSwish"} <= operations_of(sent / "yolo26n_int8.xml")
    # Which run is the fastest depends on the CPU.
    [kept] = (tmp_path / "cache" / "times").iterdir()
    times_ms = json.loads(kept.read_text())
    names = ["yolo26n.xml", "yolo26n_int8.xml", *(["yolo26n_int8.xml without AMX"] if has_amx() else [])]
    assert len(times_ms) == len(names)
    fastest = names[times_ms.index(min(times_ms))]
    assert f"per frame on this machine: {fastest} {min(times_ms):.1f} ms, " in capsys.readouterr().out
    choice = choose_detector(backend=Backend.OPENVINO)
    assert str(ModelRun(choice.path, choice.use_amx)) == fastest

    assert uses_amx_after(sent / "yolo26n_int8.xml", "True") is has_amx()
    assert not uses_amx_after(sent / "yolo26n_int8.xml", "False")

    kept.write_text(json.dumps([2.0, 1.0, 3.0][: len(times_ms)]))
    choice = choose_detector(backend=Backend.OPENVINO)
    assert (choice.path.name, choice.use_amx) == ("yolo26n_int8.xml", True)
    detector = open_detector(choice, (1080, 810))
    assert detector.precision == "int8"
    check_people(detector, reference_image())

    assert sorted(file.name for file in sent.iterdir()) == sorted(
        ["int8.json", IMAGE_FILE, "yolo26n_int8.bin", "yolo26n_int8.xml"]
    )
    monkeypatch.setenv("METRICA_CACHE", str(tmp_path / "another machine"))
    monkeypatch.setenv("METRICA_MODELS", str(sent.parent))
    assert choose_detector(backend=Backend.OPENVINO).path == sent / "yolo26n_int8.xml"
