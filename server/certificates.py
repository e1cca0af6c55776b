"""The certificate of the pooler, signed by an authority that only this installation trusts.

Functions verify the server of their database in production. The pooler is such a server, on a private network. The keys
of the authority and of the pooler are derived from METRICA_SECRET, so an authority that is made again verifies the old
certificate.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from server.keys import Keys

LIFETIME = timedelta(days=3650)
"""Longer than a server runs without an update. Each start of `setup` renews the certificate."""


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A certificate, each part in PEM."""

    authority: str
    certificate: str
    private_key: str

    def __repr__(self) -> str:
        return "IssuedCertificate()"


def issue_certificate(host: str, keys: Keys) -> IssuedCertificate:
    """Return a certificate for a host or an IP address."""
    authority_key, key = keys.private_key("pooler authority"), keys.private_key("pooler certificate")
    authority = (
        _builder("Metrica pooler authority", "Metrica pooler authority", authority_key)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(authority_key, hashes.SHA256())
    )
    certificate = (
        _builder("Metrica pooler", "Metrica pooler authority", key)
        .add_extension(x509.SubjectAlternativeName([_general_name(host)]), critical=False)
        .sign(authority_key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    return IssuedCertificate(
        authority=authority.public_bytes(pem).decode(),
        certificate=certificate.public_bytes(pem).decode(),
        private_key=key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode(),
    )


def _builder(subject: str, issuer: str, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + LIFETIME)
    )


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)
