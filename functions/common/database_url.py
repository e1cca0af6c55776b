"""DATABASE_URL: what production requires of it, and how it is passed to libpq.

`sslmode=require` encrypts but accepts any certificate, so that anybody on the network path can pose as the server. Only
`sslmode=verify-full` checks that a trusted authority has issued the certificate, and for this host.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict, make_conninfo

DEFAULT_PASSWORDS = frozenset({"postgres", "password", "metrica", "changeme", "secret"})
VERIFYING_MODES = frozenset({"verify-ca", "verify-full"})
SYSTEM_AUTHORITIES = "system"
"""Value of sslrootcert (libpq 16 and newer) for the authorities that OpenSSL finds on the machine."""


def database_url_fault(url: str) -> str | None:
    """Return what is wrong with the URL in production and what to do, or None. Never repeats the URL or its password.

    >>> database_url_fault("postgresql://metrica_api@db.example.com/metrica")
    'has no password'
    """
    try:
        # libpq's own parser: the last of several values counts, and ssl=true replaces an sslmode before it.
        parameters = conninfo_to_dict(url) if url.startswith(("postgresql://", "postgres://")) else None
    except ProgrammingError:
        parameters = None
    if parameters is None:
        return "is not a postgresql:// address that libpq can read"
    password = str(parameters.get("password") or "")
    if not parameters.get("host"):
        return "names no host"
    if not password:
        return "has no password"
    if password.lower() in DEFAULT_PASSWORDS:
        return "has a default password"
    return _tls_fault(parameters)


def _tls_fault(parameters: Mapping[str, object]) -> str | None:
    if parameters.get("sslmode") != "verify-full":
        return (
            "does not verify the server: set sslmode=verify-full, and no ssl=true (if the authority of its certificate"
            " is not a public one, add sslrootcert=FILE with the authority's certificate)"
        )
    authorities = parameters.get("sslrootcert")
    if authorities not in {None, SYSTEM_AUTHORITIES} and not Path(str(authorities)).is_file():
        return (
            "has an sslrootcert that is not a file: give the path of a PEM file in the package (certificates/NAME.pem),"
            " or `system`, or leave it out to use the bundle of public authorities in the package"
        )
    return None


def conninfo(url: str) -> str:
    """Return the URL as libpq takes it.

    SQLAlchemy's driver name is removed. If the URL asks to verify the server and has no sslrootcert, the bundle of
    public authorities in the package is used: libpq's default is a file in the home directory, which a Lambda does not
    have.

    >>> conninfo("postgresql+psycopg://u@h/d")
    'postgresql://u@h/d'
    """
    scheme, separator, rest = url.partition("://")
    plain = f"{scheme.partition('+')[0]}{separator}{rest}"
    parameters = conninfo_to_dict(plain)
    if parameters.get("sslmode") not in VERIFYING_MODES or parameters.get("sslrootcert"):
        return plain
    return make_conninfo(plain, sslrootcert=ca_bundle())


def ca_bundle() -> str:
    """Return the path of the bundle of public certificate authorities (Mozilla's, as certifi ships it)."""
    import certifi  # a cold start pays for every import, and only a verified connection needs it

    return certifi.where()
