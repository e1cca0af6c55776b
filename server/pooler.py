"""The configuration of PgBouncer: transaction pooling between the functions and the database."""

from __future__ import annotations

from server.functions import FUNCTIONS
from server.installation import Installation
from server.keys import Keys

POOL_SIZE = 8
"""Connections to the database for each login. A function that answers requests uses as many at once."""
MAX_CLIENTS = 200


def pooler_configuration(installation: Installation) -> str:
    """Return pgbouncer.ini. Its paths are relative to the working directory."""
    addresses = installation.addresses
    host, _, port = addresses.database.rpartition(":")
    listen_port = addresses.pooler.rpartition(":")[2]
    return f"""[databases]
metrica = host={host} port={port} dbname={installation.database_name}

[pgbouncer]
listen_addr = {installation.listen_host}
listen_port = {listen_port}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = userlist.txt
client_tls_sslmode = require
client_tls_cert_file = server.crt
client_tls_key_file = server.key
server_tls_sslmode = prefer
pool_mode = transaction
default_pool_size = {POOL_SIZE}
max_client_conn = {MAX_CLIENTS}
query_wait_timeout = 10
server_connect_timeout = 5
server_login_retry = 1
ignore_startup_parameters = extra_float_digits
"""


def user_list(keys: Keys) -> str:
    """Return userlist.txt: a line for each login, with its password."""
    return "".join(f'"{function.login}" "{keys.password(function.name)}"\n' for function in FUNCTIONS)
