"""Which paths of a page server are files, and which are pages of the application: the one rule, pure.

The page server of the local stack and Caddy on one server follow it. On AWS, `deploy/aws/functions/page-path.js` does.
"""

from __future__ import annotations

FILE_PATHS = r"^/assets/|/\.|\.[^/]*$"
"""A regular expression (Python, and RE2 in Caddy) that finds something in the paths of files."""


def is_file(path: str) -> bool:
    """Return whether a path means a file, which is there or missing, and not a page of the application.

    A file is below `/assets`, has an extension, or is hidden. No page of the application has a dot in its path.

    Args:
        path: The path of the URL, decoded, such as `/stores/1` or `/assets/index-3f2a.js`.
    """
    segments = path.split("/")
    return (
        (segments[1:2] == ["assets"] and len(segments) > 2)
        or "." in segments[-1]
        or any(segment.startswith(".") for segment in segments)
    )
