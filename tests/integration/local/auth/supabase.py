"""supabase-js as Python objects, for the contract tests."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.integration.local.auth.running import PASSWORD

_DRIVER = Path(__file__).with_name("supabase_driver.mjs")


class SupabaseError(Exception):
    """The error of supabase-js; `code`, `status`, `name` and `reasons` as there."""

    def __init__(self, fields: dict[str, Any]) -> None:
        super().__init__(fields["message"])
        self.name: str = fields["name"]
        self.code: str | None = fields.get("code")
        self.status: int | None = fields.get("status")
        self.reasons: list[str] | None = fields.get("reasons")


class SupabaseProcess:
    """A node process that holds supabase-js clients."""

    def __init__(self, url: str) -> None:
        self._process = subprocess.Popen(
            ["node", str(_DRIVER), url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def call(self, client: str, key: str, path: str, arguments: tuple[Any, ...]) -> Any:
        """The `data` of a call such as `auth.signInWithPassword`; raises SupabaseError."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        command = {"client": client, "key": key, "call": path.split("."), "arguments": arguments}
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        answer = json.loads(self._process.stdout.readline())
        if answer["error"] is not None:
            raise SupabaseError(answer["error"])
        return answer.get("data")

    def close(self) -> None:
        """End the process."""
        self._process.communicate(timeout=10)


class SupabaseClient:
    """One supabase-js client: `client("auth.getUser")`."""

    def __init__(self, process: SupabaseProcess, name: str, key: str) -> None:
        self._process = process
        self._name = name
        self._key = key

    def __call__(self, path: str, *arguments: Any) -> Any:
        """The call's `data`; raises SupabaseError."""
        return self._process.call(self._name, self._key, path, arguments)


def sign_in(client: SupabaseClient, email: str, password: str = PASSWORD) -> dict[str, Any]:
    session: dict[str, Any] = client("auth.signInWithPassword", {"email": email, "password": password})["session"]
    return session
