"""The releases of an application that a bucket keeps: which there are, and which may go. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from local.deploy.page_files import ASSETS, StoredFile
from local.errors import DeploymentError


@dataclass(frozen=True, slots=True)
class Release:
    """A release that is served, or was.

    Attributes:
        version: 12 hexadecimal digits, the same in every bucket of a stage.
        commit: The commit of the clone that it was built from; None if it is unknown.
        served_at: When it was last put in service, in UTC.
        replaced_at: When another one replaced it, in UTC; None while it is served.
        files: Its files by their paths.
    """

    version: str
    commit: str | None
    served_at: datetime
    replaced_at: datetime | None
    files: Mapping[str, StoredFile]


@dataclass(frozen=True, slots=True)
class Releases:
    """All releases that a bucket keeps, the newest first.

    Attributes:
        all: The releases.
    """

    all: tuple[Release, ...] = ()

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` wrote.

        Raises:
            DeploymentError: It is something else.
        """
        try:
            return cls(tuple(_release(one) for one in json.loads(text)))
        except (ValueError, TypeError, KeyError) as error:
            raise DeploymentError(f"releases.json of the bucket cannot be read: {error}") from error

    def to_json(self) -> str:
        """Return the releases as JSON."""
        return json.dumps([_as_json(one) for one in self.all], indent=1)

    @property
    def current(self) -> Release | None:
        """The release that is served."""
        return next((one for one in self.all if one.replaced_at is None), None)

    def find(self, version: str) -> Release:
        """Return a release by its version, or that before the current one for `previous`.

        Raises:
            DeploymentError: It is not kept.
        """
        if version == "previous":
            before = [one for one in self.all if one.replaced_at is not None]
            if not before:
                raise DeploymentError("there is no release before the current one")
            return max(before, key=lambda one: one.replaced_at or one.served_at)
        for one in self.all:
            if one.version == version:
                return one
        kept = ", ".join(one.version for one in self.all) or "none"
        raise DeploymentError(f"there is no release {version}; kept: {kept}")

    def served(self, release: Release, now: datetime) -> Releases:
        """Return the releases after one was put in service."""
        current = self.current
        if current is not None and current.version == release.version:
            return Releases(
                tuple(replace(release, served_at=current.served_at) if one is current else one for one in self.all)
            )
        others = [
            replace(one, replaced_at=one.replaced_at or now) for one in self.all if one.version != release.version
        ]
        return Releases((replace(release, served_at=now, replaced_at=None), *others))

    def kept(self, now: datetime, keep: timedelta) -> Releases:
        """Return those that are kept: the current one, the one before, and what was replaced not long ago.

        Args:
            now: The present, in UTC.
            keep: For how long after its replacement a release is kept, because tabs that are open still use it.
        """
        replaced = [one.replaced_at for one in self.all if one.replaced_at is not None]
        newest = max(replaced, default=None)
        return Releases(
            tuple(
                one
                for one in self.all
                if one.replaced_at is None or one.replaced_at == newest or now - one.replaced_at < keep
            )
        )

    def assets(self) -> set[str]:
        """Return the paths of the assets of all releases."""
        return {path for one in self.all for path in one.files if path.startswith(ASSETS)}

    def stored_files(self) -> set[tuple[str, StoredFile]]:
        """Return the files of all releases with what is stored of them."""
        return {item for one in self.all for item in one.files.items()}


def _release(fields: Mapping[str, Any]) -> Release:
    replaced = fields["replaced_at"]
    return Release(
        version=str(fields["version"]),
        commit=fields["commit"],
        served_at=datetime.fromisoformat(fields["served_at"]),
        replaced_at=None if replaced is None else datetime.fromisoformat(replaced),
        files={str(path): StoredFile(*stored) for path, stored in fields["files"].items()},
    )


def _as_json(release: Release) -> dict[str, Any]:
    return {
        "version": release.version,
        "commit": release.commit,
        "served_at": release.served_at.isoformat(),
        "replaced_at": None if release.replaced_at is None else release.replaced_at.isoformat(),
        "files": {path: [one.md5, one.content_type, one.cache_control] for path, one in sorted(release.files.items())},
    }
