"""A process that deploys a build of 61 files to the stack `production`: `python -m … NAME [take-over]`."""

from __future__ import annotations

import sys
from datetime import timedelta

import boto3

from local.deploy.page_files import page_file
from local.deploy.pages import PagesDeployment
from local.deploy.pages_stack import APPLICATIONS, pages_targets
from local.errors import DeploymentError
from tests.integration.local.deploy.pages_on_moto import REGION

FILES = 60


def main(name: str, *options: str) -> int:
    """Deploy, and return the exit code."""
    contents = {
        "index.html": f'<script src="/assets/app-{name}-0.js">'.encode(),
        **{f"assets/app-{name}-{number}.js": f"{name} {number}".encode() for number in range(FILES)},
    }
    build = {path: page_file(path, content) for path, content in contents.items()}
    session = boto3.Session(region_name=REGION)
    pages = PagesDeployment(
        session, pages_targets(session, "production"), timedelta(days=30), take_over="take-over" in options
    )
    try:
        pages.deploy(dict.fromkeys(APPLICATIONS, build), name)
    except DeploymentError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
