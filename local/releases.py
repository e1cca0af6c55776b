"""The releases of a stage on AWS, and which of them its functions run.

deploy/aws/live-alias.mjs gives every function a version for each release, with the release as the description, and an
alias `live` that requests and schedules call. Moving the aliases needs no deployment and takes effect at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from local.errors import RollbackError

if TYPE_CHECKING:
    from boto3.session import Session

ALIAS = "live"
FUNCTIONS = ("ingest", "api", "admin", "maintenance", "days", "incidents", "reports", "notifications")
"""The functions of serverless.yml."""


@dataclass(frozen=True, slots=True)
class Releases:
    """The releases of a stage.

    Attributes:
        versions: by release, oldest first, the version of each function. Only releases that all functions have.
        live: the release that each function runs; None of a version that no release made.
    """

    versions: Mapping[str, Mapping[str, int]]
    live: Mapping[str, str | None]

    def target(self, wanted: str | None) -> str:
        """Return the release to move to: the one that is wanted, or the one before the live one.

        Raises:
            RollbackError: there is no such release, or it is not clear which one is live.
        """
        known = list(self.versions)
        if wanted is not None:
            if wanted not in known:
                raise RollbackError(f"There is no release {wanted}; there are {', '.join(known) or 'none'}.")
            return wanted
        live = set(self.live.values())
        if len(live) > 1:
            found = ", ".join(f"{name} {release}" for name, release in self.live.items())
            raise RollbackError(f"The functions run different releases ({found}): name one with --to.")
        (current,) = live
        if current not in known:
            raise RollbackError(f"The functions run {current or 'a version of no release'}: name a release with --to.")
        earlier = known[: known.index(current)]
        if not earlier:
            raise RollbackError(f"There is no release before {current}.")
        return earlier[-1]


def read_releases(session: Session, stage: str) -> Releases:
    """Read the versions and aliases of the functions.

    Args:
        session: with credentials that may read, and the region of the stage.
        stage: the stage.

    Raises:
        RollbackError: AWS refuses, or the stage has no functions or aliases.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    client = session.client("lambda")
    by_function: dict[str, dict[str, int]] = {}
    live: dict[str, str | None] = {}
    try:
        for name in FUNCTIONS:
            function = f"metrica-{stage}-{name}"
            releases: dict[int, str] = {}
            for page in client.get_paginator("list_versions_by_function").paginate(FunctionName=function):
                for version in page["Versions"]:
                    if version["Version"] != "$LATEST" and version.get("Description"):
                        releases[int(version["Version"])] = version["Description"]
            by_function[name] = {release: version for version, release in sorted(releases.items())}
            current = client.get_alias(FunctionName=function, Name=ALIAS)["FunctionVersion"]
            live[name] = releases.get(int(current)) if current.isdecimal() else None
    except (BotoCoreError, ClientError) as error:
        raise RollbackError(f"The releases of {stage} cannot be read: {error}") from None
    complete = set.intersection(*(set(of) for of in by_function.values()))
    first, *_ = by_function.values()
    ordered = sorted(complete, key=lambda release: first[release])
    return Releases({release: {name: by_function[name][release] for name in FUNCTIONS} for release in ordered}, live)


def move_to(session: Session, stage: str, versions: Mapping[str, int]) -> Iterator[str]:
    """Point the alias of each function to its version, and yield the name of each function that was moved.

    Raises:
        RollbackError: AWS refuses. The functions that were moved before stay so; the same command continues.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    client = session.client("lambda")
    for name, version in versions.items():
        try:
            client.update_alias(FunctionName=f"metrica-{stage}-{name}", Name=ALIAS, FunctionVersion=str(version))
        except (BotoCoreError, ClientError) as error:
            raise RollbackError(f"{name} was not moved: {error} Run the command again, with --to.") from None
        yield name
