"""A local auth on a free port, and supabase-js clients for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.integration.local.auth.running import PASSWORD, LocalAuth, running_local_auth
from tests.integration.local.auth.supabase import SupabaseClient, SupabaseProcess


@pytest.fixture(scope="module")
def local_auth(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAuth]:
    """Serves on a thread of its own."""
    with running_local_auth(tmp_path_factory.mktemp("auth")) as auth:
        yield auth


@pytest.fixture(autouse=True)
def _reset_clock(local_auth: LocalAuth) -> Iterator[None]:
    yield
    local_auth.clock.ahead = timedelta()


@pytest.fixture(scope="module")
def _supabase(local_auth: LocalAuth) -> Iterator[SupabaseProcess]:
    if shutil.which("node") is None:
        pytest.skip("node is not installed: supabase-js needs it")
    process = SupabaseProcess(local_auth.url)
    yield process
    process.close()


@pytest.fixture
def new_client(_supabase: SupabaseProcess, local_auth: LocalAuth) -> Callable[[], SupabaseClient]:
    """Makes clients with the public key, each like a browser of its own."""
    return lambda: SupabaseClient(_supabase, f"browser-{uuid4()}", local_auth.service.keys.anon_key)


@pytest.fixture
def browser(new_client: Callable[[], SupabaseClient]) -> SupabaseClient:
    """One client with the public key."""
    return new_client()


@pytest.fixture
def admin(_supabase: SupabaseProcess, local_auth: LocalAuth) -> SupabaseClient:
    """A client with the service key."""
    return SupabaseClient(_supabase, f"admin-{uuid4()}", local_auth.service.keys.service_role_key)


@pytest.fixture
def email() -> str:
    """An address that nobody has used."""
    return f"owner-{uuid4().hex[:12]}@example.com"


@pytest.fixture
def owner(local_auth: LocalAuth, email: str) -> str:
    """The address of a user whose password is PASSWORD."""
    local_auth.service.accounts.ensure(email, password=PASSWORD)
    return email
