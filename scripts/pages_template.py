"""Write the generated parts of `deploy/aws/pages.yml`: the CloudFront functions and the security headers.

`python -m scripts.pages_template` writes them. A test fails while the file differs from them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from textwrap import indent

from server.security_headers import STRICT_TRANSPORT_SECURITY, security_headers

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = ROOT / "deploy" / "aws" / "pages.yml"
FUNCTIONS = ROOT / "deploy" / "aws" / "functions"
SNAPSHOTS_ORIGIN = (
    "https://metrica-${Stage}-snapshots-${AWS::AccountId}-${AWS::Region}.s3.${AWS::Region}.${AWS::URLSuffix}"
)
"""Where signed links to snapshots lead: the bucket of serverless.yml at the endpoint of its region."""

# Stand for the parameters of the stack, which are no URLs that can be parsed.
_PARAMETERS = {
    "https://api.invalid": "${ApiUrl}",
    "https://auth.invalid": "${SupabaseUrl}",
    "https://snapshots.invalid": SNAPSHOTS_ORIGIN,
}
_API, _AUTH, _SNAPSHOTS = _PARAMETERS


def rendered(template: str) -> str:
    """Return the text of the template with its generated parts."""
    parts = {path.name: path.read_text() for path in sorted(FUNCTIONS.glob("*.js"))}
    for name, content in {**parts, "headers": _headers()}.items():
        marks = re.compile(
            rf"^(?P<margin> *)(?P<comment>#|//) begin: {re.escape(name)}\n.*?^ *(?:#|//) end: {re.escape(name)}\n",
            re.MULTILINE | re.DOTALL,
        )
        template, found = marks.subn(lambda match: _part(match, name, content), template)  # noqa: B023 - used at once
        if found != 1:
            raise ValueError(f"{TEMPLATE.name} must have one part {name}; it has {found}")
    return template


def _part(match: re.Match[str], name: str, content: str) -> str:
    comment = "#" if name == "headers" else "//"
    return indent(f"{comment} begin: {name}\n{content}{comment} end: {name}\n", match["margin"])


def _headers() -> str:
    """Return the configuration of the response headers policy, in YAML.

    CloudFront wants the headers that it knows in fields of their own, and refuses them as custom headers.
    """
    headers = _policy_headers(connect=[_API, _AUTH])
    own_api = _policy_headers(connect=[_AUTH])["Content-Security-Policy"]
    if (content_type := headers.pop("X-Content-Type-Options")) != "nosniff":
        raise ValueError(f"CloudFront sends X-Content-Type-Options: nosniff only, not {content_type}")
    max_age = re.fullmatch(r"max-age=(\d+); includeSubDomains", STRICT_TRANSPORT_SECURITY)
    if max_age is None:
        raise ValueError(f"this template cannot say {STRICT_TRANSPORT_SECURITY}")
    known = f"""SecurityHeadersConfig:
  ContentSecurityPolicy:
    Override: true
    ContentSecurityPolicy: !If
      - ServesApi
      - !Sub "{own_api}"
      - !Sub "{headers.pop("Content-Security-Policy")}"
  ContentTypeOptions: {{ Override: true }}
  FrameOptions: {{ Override: true, FrameOption: {headers.pop("X-Frame-Options")} }}
  ReferrerPolicy: {{ Override: true, ReferrerPolicy: {headers.pop("Referrer-Policy")} }}
  StrictTransportSecurity: {{ Override: true, AccessControlMaxAgeSec: {max_age[1]}, IncludeSubdomains: true }}
CustomHeadersConfig:
  Items:
"""
    return known + "".join(
        f'    - {{ Override: true, Header: {name}, Value: "{value}" }}\n' for name, value in headers.items()
    )


def _policy_headers(connect: list[str]) -> dict[str, str]:
    headers = security_headers(connect=connect, images=[_SNAPSHOTS])
    return {name: _with_parameters(value, _PARAMETERS) for name, value in headers.items()}


def _with_parameters(value: str, parameters: Mapping[str, str]) -> str:
    for stand_in, parameter in parameters.items():
        value = value.replace(stand_in, parameter)
    return value


if __name__ == "__main__":
    TEMPLATE.write_text(rendered(TEMPLATE.read_text()))
