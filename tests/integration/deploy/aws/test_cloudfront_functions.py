"""The functions of CloudFront, run by Node, and the same rule in Python."""

from __future__ import annotations

import json
import re
import subprocess

import pytest

from scripts.pages_template import FUNCTIONS
from server.page_paths import FILE_PATHS, is_file
from tests.page_paths import FILES, PAGES

HARNESS = """
const source = require("node:fs").readFileSync(process.argv[1], "utf8")
const handler = new Function(`${source}; return handler`)()
const uris = JSON.parse(require("node:fs").readFileSync(0, "utf8"))
const answers = uris.map((uri) => handler({ request: { method: "GET", uri, querystring: {}, headers: {} } }).uri)
process.stdout.write(JSON.stringify(answers))
"""
LARGEST_FUNCTION = 10 * 1024


def run(name: str, *uris: str) -> list[str]:
    """Return the path that a function asks the origin for, for each path of a request."""
    command = ["node", "-e", HARNESS, str(FUNCTIONS / name)]
    done = subprocess.run(command, input=json.dumps(uris), capture_output=True, text=True, check=True)
    answers: list[str] = json.loads(done.stdout)
    return answers


def test_a_path_of_the_application_gets_its_page() -> None:
    assert dict(zip(PAGES, run("page-path.js", *PAGES), strict=True)) == dict.fromkeys(PAGES, "/index.html")


def test_a_file_keeps_its_path_so_that_a_missing_one_is_a_404() -> None:
    assert run("page-path.js", *FILES) == list(FILES)


@pytest.mark.parametrize("uri", ["/%2eenv", "/stores/1%2Ejs", "/%2Fassets%2f1", "/%2e%2e/secret.txt", "/assets%2f1"])
def test_an_encoded_dot_or_slash_does_not_make_a_page_of_a_file(uri: str) -> None:
    expected = "/index.html" if uri == "/%2Fassets%2f1" else uri
    assert run("page-path.js", uri) == [expected]


def test_the_api_has_its_routes_without_the_prefix() -> None:
    uris = ("/api/live/1", "/api/admin/stores", "/api/", "/api", "/api/stores/a%2Fb")
    assert run("api-path.js", *uris) == ["/live/1", "/admin/stores", "/", "/", "/stores/a%2Fb"]


def test_functions_are_as_small_as_cloudfront_wants_them() -> None:
    assert {path.name: path.stat().st_size < LARGEST_FUNCTION for path in FUNCTIONS.glob("*.js")} == {
        "api-path.js": True,
        "page-path.js": True,
    }


@pytest.mark.parametrize("path", PAGES)
def test_the_rule_of_the_other_page_servers_knows_pages(path: str) -> None:
    assert not is_file(path)
    assert re.search(FILE_PATHS, path) is None


@pytest.mark.parametrize("path", FILES)
def test_the_rule_of_the_other_page_servers_knows_files(path: str) -> None:
    assert is_file(path)
    assert re.search(FILE_PATHS, path) is not None
