"""Which files of a build are uploaded, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from local.commands import deploy as command
from local.deploy.page_files import read_pages, release_version
from local.errors import DeploymentError
from local.stack.settings import ROOT


def write(folder: Path, **files: str) -> Path:
    for path, content in files.items():
        target = folder / path.replace("__", "/").replace("_DOT_", ".")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content)
    return folder


def test_hidden_files_of_a_build_are_not_uploaded(tmp_path: Path) -> None:
    write(tmp_path, index_DOT_html="x", assets__a_DOT_js="y", _DOT_vite__manifest_DOT_json="{}")
    assert read_pages(tmp_path).keys() == {"index.html", "assets/a.js"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"assets__a_DOT_js": ""}, "has no index.html"),
        ({"index_DOT_html": "", "a_DOT_exe": ""}, "the type of a.exe is unknown"),
        ({"index_DOT_html": "", "config_DOT_json": ""}, "has a config.json, which the deployment writes"),
    ],
)
def test_a_build_that_is_not_one_is_refused(tmp_path: Path, files: dict[str, str], message: str) -> None:
    with pytest.raises(DeploymentError, match=message):
        read_pages(write(tmp_path, **files))


def test_the_version_depends_on_names_and_contents_only(tmp_path: Path) -> None:
    one = {"dashboard": read_pages(write(tmp_path / "1", index_DOT_html="x", a_DOT_js="y"))}
    same = {"dashboard": read_pages(write(tmp_path / "2", a_DOT_js="y", index_DOT_html="x"))}
    other = {"dashboard": read_pages(write(tmp_path / "3", index_DOT_html="xy", a_DOT_js=""))}
    assert release_version(one) == release_version(same) != release_version(other)


@pytest.mark.parametrize("application", ["dashboard", "admin"])
def test_every_file_of_the_real_build_has_a_type(application: str) -> None:
    files = read_pages(ROOT / "web" / application / "dist")
    assert {"index.html", "favicon.svg"} <= files.keys()
    assert sum(path.startswith("assets/") for path in files) > 10


def test_a_build_that_fails_says_why(tmp_path: Path) -> None:
    (tmp_path / "package.json").write_text('{"scripts": {"build": "echo no such module >&2; exit 1"}}')
    with pytest.raises(DeploymentError, match="building the pages failed, and nothing was uploaded:\nno such module"):
        command._build(tmp_path)
