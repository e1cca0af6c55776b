"""The reference of the settings of the Lambdas and of the local stack."""

from __future__ import annotations

from functions.common import settings
from functions.common.secret import PARAMETER_STORE, SECRETS_MANAGER
from local.stack.ports import Ports
from server.installation import DESCRIPTIONS


def settings_page() -> str:
    """Return a Markdown page with every environment variable, its default and who needs it."""
    rows = [
        f"| `{name}` | {settings.DESCRIPTIONS[name]} | {', '.join(_needed_by(name))} | `{default}` |"
        for name, default in sorted(settings.DEFAULTS.items())
    ]
    return f"""# Settings

All settings are environment variables.

## The Lambdas

`METRICA_ENV` is `production`, `test` or `development` (the default on one machine). In production, a
Lambda does not start if a setting that it needs is missing, is not valid, or has the default of one
machine. The value of a secret may be a reference to AWS (`{SECRETS_MANAGER}…` or `{PARAMETER_STORE}…`),
which is read when it is first needed, and again after five minutes.

| setting | what it is | needed by | default on one machine |
|---|---|---|---|
{chr(10).join(rows)}

These are for some installations only, also in production:

| setting | what it is |
|---|---|
{chr(10).join(f"| `{name}` | {text} |" for name, text in settings.OPTIONAL.items())}

`{settings.ALLOW_LOCAL_WEBHOOKS}`: `yes` lets webhooks reach loopback addresses, by http too. Production
refuses it.

## One server

| setting | what it is |
|---|---|
{chr(10).join(f"| `{name}` | {text} |" for name, text in DESCRIPTIONS.items())}

## The local stack

| setting | what it is | default |
|---|---|---|
| `METRICA_HOME` | the folder of the state | `.metrica` in the clone |
| `DATABASE_URL` | an existing TimescaleDB | the embedded one is started |
| `METRICA_RELOAD` | any value: changed code of Lambdas and pages is loaded (`make dev`) | |
{chr(10).join(f"| `{port.variable}` | port: {port.label} | {port.number} |" for port in Ports())}
"""


def _needed_by(name: str) -> list[str]:
    return [function for function, needed in settings.SETTINGS_OF.items() if name in needed]
