"""The e-mail address of a person as an argument of a command."""

from __future__ import annotations

import argparse


def email_argument(text: str) -> str:
    """Return an e-mail address in lower case, for the `type` of an argument.

    Raises:
        argparse.ArgumentTypeError: The text is not an e-mail address.
    """
    name, _, domain = text.strip().lower().rpartition("@")
    if not name or "." not in domain or any(character.isspace() for character in text.strip()):
        raise argparse.ArgumentTypeError(f"{text!r} is not an e-mail address")
    return f"{name}@{domain}"
