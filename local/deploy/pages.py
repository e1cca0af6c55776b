"""Put a release of the pages in service: a new one, or one that the buckets keep.

Browsers never see a page whose files are missing: assets are uploaded before `index.html`, and those of replaced
releases stay for the tabs that are open. A deployment that was interrupted is completed by the next one. Two at the
same time are not possible: the first has a lock, in the bucket of the first application.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from local.deploy.bucket import SITE, PagesBucket
from local.deploy.deployment_lock import DeploymentLock, hold_lock
from local.deploy.page_files import ASSETS, CONFIG, FOR_A_DAY, INDEX, PageFile, StoredFile, page_file, release_version
from local.deploy.pages_stack import PagesTarget
from local.deploy.releases import Release, Releases
from local.errors import DeploymentError

if TYPE_CHECKING:
    from boto3.session import Session


@dataclass(frozen=True, slots=True)
class Deployed:
    """What a deployment did with one application.

    Attributes:
        target: Where it is.
        version: The release that is served now.
        uploaded: How many files of the release were uploaded.
        unchanged: How many were there already.
        changed: The paths of the served files that changed, besides assets.
        invalidated: The paths that CloudFront forgets.
        removed: How many assets of old releases were removed.
    """

    target: PagesTarget
    version: str
    uploaded: int
    unchanged: int
    changed: tuple[str, ...]
    invalidated: tuple[str, ...]
    removed: int


@dataclass(frozen=True, slots=True)
class PagesDeployment:
    """Deploys the pages of a stage.

    Attributes:
        session: Credentials and region.
        targets: Where the applications are.
        keep: For how long a release is kept after another one replaced it.
        take_over: Whether to go on although the lock of a deployment that was killed is there.
    """

    session: Session
    targets: tuple[PagesTarget, ...]
    keep: timedelta
    take_over: bool = False

    def deploy(
        self, applications: Mapping[str, Mapping[str, PageFile]], commit: str | None, now: datetime | None = None
    ) -> list[Deployed]:
        """Upload a build of all applications and put it in service.

        Args:
            applications: The files of each application.
            commit: The commit that they were built from.
            now: The present, in UTC.

        Raises:
            DeploymentError: Another deployment runs.
        """
        now = now or datetime.now(UTC)
        version = release_version(applications)
        uploads = []
        with self._lock() as lock:
            for target in self.targets:
                files = applications[target.application]
                release = Release(version, commit, now, None, {path: one.stored for path, one in files.items()})
                uploads.append((target, release, self._upload(target, files, version)))
            return [self._serve(lock, target, release, uploaded, now) for target, release, uploaded in uploads]

    def roll_back(self, version: str, now: datetime | None = None) -> list[Deployed]:
        """Put a release in service that the buckets keep.

        Args:
            version: Its version, or `previous`.
            now: The present, in UTC.

        Raises:
            DeploymentError: It is not kept, files of it are missing, or another deployment runs.
        """
        now = now or datetime.now(UTC)
        with self._lock() as lock:
            found = [(target, self._bucket(target).releases().find(version)) for target in self.targets]
            if len({release.version for _, release in found}) > 1:
                names = ", ".join(f"{target.application} {release.version}" for target, release in found)
                raise DeploymentError(f"the applications have different releases ({names}): name one by its version")
            for target, release in found:
                self._require_files(target, release)
            return [self._serve(lock, target, release, 0, now) for target, release in found]

    def releases(self) -> Releases:
        """Return the releases that the bucket of the first application keeps."""
        return self._bucket(self.targets[0]).releases()

    def _lock(self) -> AbstractContextManager[DeploymentLock]:
        return hold_lock(self.session, self._bucket(self.targets[0]), take_over=self.take_over)

    def _bucket(self, target: PagesTarget) -> PagesBucket:
        return PagesBucket(self.session, target.bucket)

    def _upload(self, target: PagesTarget, files: Mapping[str, PageFile], version: str) -> int:
        """Upload what the bucket does not have, and return how many files that were."""
        bucket = self._bucket(target)
        known = bucket.releases().stored_files()
        uploaded = 0
        for prefix, of_prefix in (
            (SITE, {path: one for path, one in files.items() if path.startswith(ASSETS)}),
            (_folder(version), {path: one for path, one in files.items() if not path.startswith(ASSETS)}),
        ):
            there = bucket.objects(prefix)
            missing = {
                path: one
                for path, one in of_prefix.items()
                if path not in there or there[path].md5 != one.stored.md5 or (path, one.stored) not in known
            }
            bucket.upload(prefix, missing)
            uploaded += len(missing)
        return uploaded

    def _require_files(self, target: PagesTarget, release: Release) -> None:
        bucket = self._bucket(target)
        assets, pages = bucket.objects(SITE), bucket.objects(_folder(release.version))
        missing = [path for path in release.files if path not in (assets if path.startswith(ASSETS) else pages)]
        if missing:
            raise DeploymentError(
                f"release {release.version} of the {target.application} is incomplete ({missing[0]} is missing): check "
                f"out its commit {release.commit or ''} and deploy that"
            )

    def _serve(
        self, lock: DeploymentLock, target: PagesTarget, release: Release, uploaded: int, now: datetime
    ) -> Deployed:
        """Let the paths that do not change with each build lead to the release; `index.html` last."""
        lock.require()
        bucket = self._bucket(target)
        before, etag = bucket.stored_releases()
        served = bucket.objects(SITE)
        known = before.current.files if before.current else {}
        pages = {path: one for path, one in release.files.items() if not path.startswith(ASSETS)}
        config = page_file(CONFIG, target.config)
        changed = []
        if CONFIG not in served or served[CONFIG].md5 != config.stored.md5:
            bucket.upload(SITE, {CONFIG: config})
            changed.append(CONFIG)
        for path, stored in sorted(pages.items(), key=lambda item: item[0] == INDEX):
            if path not in served or served[path].md5 != stored.md5 or known.get(path) != stored:
                bucket.copy(_folder(release.version), SITE, path, stored)
                changed.append(path)
        invalidated = self._invalidate(
            target, [path for path in changed if path in served], pages, release.version, now
        )
        releases = before.served(release, now).kept(now, self.keep)
        if releases != before:
            bucket.write_releases(releases, etag)
        removed = self._remove_old(bucket, before, releases, now)
        return Deployed(
            target=target,
            version=release.version,
            uploaded=uploaded,
            unchanged=len(release.files) - uploaded,
            changed=tuple(changed),
            invalidated=invalidated,
            removed=removed,
        )

    def _invalidate(
        self, target: PagesTarget, changed: list[str], pages: Mapping[str, StoredFile], version: str, now: datetime
    ) -> tuple[str, ...]:
        """Let CloudFront forget the files that it does not ask S3 about each time, and return their paths."""
        paths = tuple(f"/{path}" for path in changed if path in pages and pages[path].cache_control == FOR_A_DAY)
        if paths:
            self.session.client("cloudfront").create_invalidation(
                DistributionId=target.distribution,
                InvalidationBatch={
                    "Paths": {"Quantity": len(paths), "Items": list(paths)},
                    "CallerReference": f"{version} {now.isoformat()}",
                },
            )
        return paths

    def _remove_old(self, bucket: PagesBucket, before: Releases, after: Releases, now: datetime) -> int:
        """Remove releases that are not kept, and assets that no release has, and return how many assets that were.

        An asset that was uploaded not long ago may be of a deployment that runs, or that was interrupted.
        """
        wanted = after.assets()
        old = [
            path
            for path, one in bucket.objects(SITE).items()
            if path.startswith(ASSETS) and path not in wanted and now - one.modified_at > self.keep
        ]
        kept = {one.version for one in after.all}
        gone = [
            _folder(one.version) + path
            for one in before.all
            if one.version not in kept
            for path in one.files
            if not path.startswith(ASSETS)
        ]
        bucket.delete([*(SITE + path for path in old), *gone])
        return len(old)


def _folder(version: str) -> str:
    return f"releases/{version}/"
