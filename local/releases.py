"""The releases of a stage on AWS, and which of them its functions run.

deploy/aws/live-alias.mjs gives every function a version for each release, with the release as the description, and an
alias `live` that requests and schedules call. Moving the aliases needs no deployment and takes effect at once. Versions
of old releases are deleted after a deployment, because AWS limits the code that is stored in a region.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
        published: every version of each function, also those of releases that not all functions have.
        aliased: the versions of each function that an alias names, of whatever name.
    """

    versions: Mapping[str, Mapping[str, int]]
    live: Mapping[str, str | None]
    published: Mapping[str, frozenset[int]]
    aliased: Mapping[str, frozenset[int]]

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
        current = self._current("name one with --to")
        earlier = known[: known.index(current)]
        if not earlier:
            raise RollbackError(f"There is no release before {current}.")
        return earlier[-1]

    def old_versions(self, keep: int) -> dict[str, list[int]]:
        """Return the versions of each function that may go, oldest first.

        The live release stays, so do those before it that are kept, and everything after it: a rollback may have moved
        away from the newest one, which CloudFormation still names. A version that an alias names stays too.

        Args:
            keep: how many releases before the live one are kept; at least 1.

        Raises:
            RollbackError: it is not clear which release is live.
        """
        known = list(self.versions)
        position = known.index(self._current("deploy once more, or name one for `metrica rollback --to`, first"))
        oldest = self.versions[known[max(0, position - keep)]]
        return {
            name: sorted(
                version for version in published if version < oldest[name] and version not in self.aliased[name]
            )
            for name, published in self.published.items()
        }

    def _current(self, remedy: str) -> str:
        """Return the release that all functions run."""
        live = set(self.live.values())
        if len(live) > 1:
            found = ", ".join(f"{name} {release}" for name, release in self.live.items())
            raise RollbackError(f"The functions run different releases ({found}): {remedy}.")
        (current,) = live
        if current not in self.versions:
            raise RollbackError(f"The functions run {current or 'a version of no release'}: {remedy}.")
        return str(current)


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
    published: dict[str, frozenset[int]] = {}
    aliased: dict[str, frozenset[int]] = {}
    try:
        for name in FUNCTIONS:
            function = f"metrica-{stage}-{name}"
            descriptions = _descriptions(client, function)
            releases = {version: release for version, release in sorted(descriptions.items()) if release}
            by_function[name] = {release: version for version, release in releases.items()}
            current = client.get_alias(FunctionName=function, Name=ALIAS)["FunctionVersion"]
            live[name] = releases.get(int(current)) if current.isdecimal() else None
            published[name] = frozenset(descriptions)
            aliased[name] = _aliased_versions(client, function)
    except (BotoCoreError, ClientError) as error:
        raise RollbackError(f"The releases of {stage} cannot be read: {error}") from None
    complete = set.intersection(*(set(of) for of in by_function.values()))
    first, *_ = by_function.values()
    versions = {
        release: {name: by_function[name][release] for name in FUNCTIONS}
        for release in sorted(complete, key=lambda release: first[release])
    }
    return Releases(versions, live, published, aliased)


def _descriptions(client: Any, function: str) -> dict[int, str]:
    """Return every version of a function with its description, which is empty or a release."""
    return {
        int(version["Version"]): version.get("Description", "")
        for page in client.get_paginator("list_versions_by_function").paginate(FunctionName=function)
        for version in page["Versions"]
        if version["Version"] != "$LATEST"
    }


def _aliased_versions(client: Any, function: str) -> frozenset[int]:
    """Return the versions that aliases name, also as the second one of a gradual change."""
    named: set[str] = set()
    for page in client.get_paginator("list_aliases").paginate(FunctionName=function):
        for alias in page["Aliases"]:
            named |= {alias["FunctionVersion"], *alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {})}
    return frozenset(int(version) for version in named if version.isdecimal())


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


def delete_versions(session: Session, stage: str, versions: Mapping[str, Sequence[int]]) -> Iterator[str]:
    """Delete versions of functions, and yield the name of each function when its versions are gone.

    Raises:
        RollbackError: AWS refuses. What was deleted before stays deleted; the same command continues.
    """
    from botocore.exceptions import BotoCoreError, ClientError

    client = session.client("lambda")
    for name, numbers in versions.items():
        for number in numbers:
            try:
                client.delete_function(FunctionName=f"metrica-{stage}-{name}", Qualifier=str(number))
            except (BotoCoreError, ClientError) as error:
                raise RollbackError(f"Version {number} of {name} was not deleted: {error}") from None
        yield name
