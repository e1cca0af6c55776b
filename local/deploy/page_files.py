"""The files of a built application, and the headers that each is stored with."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from local.errors import DeploymentError

INDEX: Final = "index.html"
CONFIG: Final = "config.json"
ASSETS: Final = "assets/"
"""Vite's folder for files with a hash of their content in the name."""

IMMUTABLE: Final = "public, max-age=31536000, immutable"
REVALIDATE: Final = "no-cache"
FOR_A_DAY: Final = "public, max-age=86400"

_CONTENT_TYPES: Final[Mapping[str, str]] = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/vnd.microsoft.icon",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
}
# `mimetypes` reads the list of the machine, which differs from one to the other.


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What S3 stores of a file, besides its content.

    Attributes:
        md5: The MD5 of the content in hexadecimal digits, as S3's ETag.
        content_type: The header Content-Type.
        cache_control: The header Cache-Control.
    """

    md5: str
    content_type: str
    cache_control: str


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of a built application.

    Attributes:
        content: Its bytes.
        stored: How it is stored.
    """

    content: bytes
    stored: StoredFile


def read_pages(dist: Path) -> dict[str, PageFile]:
    """Return the files of a build by their paths, such as `assets/index-3f2a.js`. Hidden files are left out.

    Args:
        dist: The folder that `vite build` wrote.

    Raises:
        DeploymentError: The folder has no page, or a file of an unknown type.
    """
    files = {}
    for source in sorted(dist.rglob("*")):
        path = source.relative_to(dist).as_posix()
        if source.is_file() and not any(part.startswith(".") for part in path.split("/")):
            files[path] = page_file(path, source.read_bytes())
    if INDEX not in files:
        raise DeploymentError(f"{dist} has no {INDEX}: build the pages (leave --skip-build out)")
    if CONFIG in files:
        raise DeploymentError(f"{dist} has a {CONFIG}, which the deployment writes: remove it")
    return files


def page_file(path: str, content: bytes) -> PageFile:
    """Return a file of the pages.

    Args:
        path: The path below the root of the pages.
        content: Its bytes.

    Raises:
        DeploymentError: The extension is unknown.
    """
    extension = Path(path).suffix
    if extension not in _CONTENT_TYPES:
        raise DeploymentError(f"the type of {path} is unknown: add {extension or 'it'} to local/deploy/page_files.py")
    md5 = hashlib.md5(content, usedforsecurity=False).hexdigest()
    return PageFile(content, StoredFile(md5, _CONTENT_TYPES[extension], _cache_control(path)))


def release_version(applications: Mapping[str, Mapping[str, PageFile]]) -> str:
    """Return the version of a release: 12 hexadecimal digits that depend on the content of all files only."""
    digest = hashlib.sha256()
    for application, files in sorted(applications.items()):
        for path, file in sorted(files.items()):
            digest.update(f"{application}/{path}\0".encode() + hashlib.sha256(file.content).digest())
    return digest.hexdigest()[:12]


def _cache_control(path: str) -> str:
    if path.startswith(ASSETS):
        return IMMUTABLE
    # What names other files, or addresses of services, must be right at once. Icons need not.
    return REVALIDATE if path.endswith((".html", ".json", ".webmanifest")) else FOR_A_DAY
