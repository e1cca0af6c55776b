"""Entity tags (RFC 9110, section 8.8): what has not changed is not sent again."""

from collections.abc import Iterable
from hashlib import sha256


def etag_of(content: Iterable[bytes]) -> str:
    """The strong tag of a content, given in parts."""
    digest = sha256()
    for part in content:
        digest.update(part)
    return f'"{digest.hexdigest()[:32]}"'


def matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the client has that content already; tags are compared weakly, as the RFC wants it here.

    >>> matches('W/"a", "b"', '"b"')
    True
    """
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags
