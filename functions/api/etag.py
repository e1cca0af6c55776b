"""Entity tags (RFC 9110, section 8.8): content that has not changed is not sent again."""

from collections.abc import Iterable
from hashlib import sha256


def etag_of(content: Iterable[bytes]) -> str:
    """Return the strong entity tag of a content, given in chunks."""
    digest = sha256()
    for chunk in content:
        digest.update(chunk)
    return f'"{digest.hexdigest()[:32]}"'


def matches(if_none_match: str | None, etag: str) -> bool:
    """Return whether the client already has the content. The comparison is weak, as the RFC demands here.

    >>> matches('W/"a", "b"', '"b"')
    True
    """
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or "*" in tags
