"""The templates of the pages on AWS: deploy/aws/pages.yml and firewall.yml."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from scripts.pages_template import ROOT, TEMPLATE, rendered
from server.security_headers import STRICT_TRANSPORT_SECURITY, security_headers
from tests.integration.deploy.aws.cloudformation import Resolver, read_template

FOLDER = ROOT / "deploy" / "aws"
PAGES = read_template(TEMPLATE)
GIVEN = {
    "Stage": "production",
    "ApiUrl": "https://api.example.com",
    "SupabaseUrl": "https://abc.supabase.co",
    "SupabaseAnonKey": "sb_publishable_0123456789",
}
DOMAINS = {
    "DashboardDomain": "app.example.com",
    "AdminDomain": "admin.example.com",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
}
FIREWALL = {"WebAclArn": "arn:aws:wafv2:us-east-1:123456789012:global/webacl/pages/1"}
SNAPSHOTS = "https://metrica-production-snapshots-123456789012-eu-central-1.s3.eu-central-1.amazonaws.com"


def stack(**options: str) -> Resolver:
    return Resolver(PAGES, GIVEN | options)


def distribution(resolver: Resolver, application: str = "Dashboard") -> dict[str, Any]:
    config: dict[str, Any] = resolver.resources[f"{application}Distribution"]["DistributionConfig"]
    return config


def sent_headers(resolver: Resolver) -> dict[str, str]:
    """Return the headers that CloudFront sends with this policy, by the documentation of its fields."""
    config = resolver.resources["Headers"]["ResponseHeadersPolicyConfig"]
    security, custom = config["SecurityHeadersConfig"], config["CustomHeadersConfig"]["Items"]
    hsts = security["StrictTransportSecurity"]
    assert all(one["Override"] is True for one in [*security.values(), *custom])
    assert hsts["IncludeSubdomains"] is True
    return {
        "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        "X-Frame-Options": security["FrameOptions"]["FrameOption"],
        "Strict-Transport-Security": f"max-age={hsts['AccessControlMaxAgeSec']}; includeSubDomains",
        **({"X-Content-Type-Options": "nosniff"} if "ContentTypeOptions" in security else {}),
        **{one["Header"]: one["Value"] for one in custom},
    }


@pytest.mark.parametrize("name", ["pages.yml", "firewall.yml"])
def test_cfn_lint_has_nothing_to_say(name: str) -> None:
    cfn_lint = Path(sys.executable).with_name("cfn-lint")
    region = ["--regions", "us-east-1"] if name == "firewall.yml" else []
    done = subprocess.run([cfn_lint, *region, "--", FOLDER / name], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout + done.stderr


def test_the_generated_parts_are_those_of_their_sources() -> None:
    text = TEMPLATE.read_text()
    assert rendered(text) == text, "run `python -m scripts.pages_template`"


def test_the_headers_are_those_of_the_other_page_servers() -> None:
    expected = security_headers(connect=[GIVEN["ApiUrl"], GIVEN["SupabaseUrl"]], images=[SNAPSHOTS])
    assert sent_headers(stack()) == expected | {"Strict-Transport-Security": STRICT_TRANSPORT_SECURITY}


def test_an_api_behind_the_pages_is_no_origin_of_the_policy() -> None:
    expected = security_headers(connect=[GIVEN["SupabaseUrl"]], images=[SNAPSHOTS])
    assert sent_headers(stack(ApiBehindPages="yes"))["Content-Security-Policy"] == expected["Content-Security-Policy"]


def test_the_snapshots_are_in_the_bucket_of_serverless_yml() -> None:
    (name,) = re.findall(r"^  bucket: (\S+)$", (ROOT / "serverless.yml").read_text(), re.MULTILINE)
    expected = (
        name.replace("${self:custom.stage}", "production")
        .replace("${AWS::AccountId}", "123456789012")
        .replace("${AWS::Region}", "eu-central-1")
    )
    assert f"https://{expected}.s3.eu-central-1.amazonaws.com" == SNAPSHOTS


@pytest.mark.parametrize("application", ["Dashboard", "Admin"])
@pytest.mark.parametrize("options", [{}, {**DOMAINS, **FIREWALL, "ApiBehindPages": "yes"}])
def test_pages_and_assets_come_from_a_private_bucket(application: str, options: dict[str, str]) -> None:
    resolver = stack(**options)
    config = distribution(resolver, application)
    origin = config["Origins"][0]
    assert origin["DomainName"] == f"<{application}Bucket.RegionalDomainName>"
    assert (origin["OriginPath"], origin["OriginAccessControlId"]) == ("/site", "<OriginAccess.Id>")
    bucket = resolver.resources[f"{application}Bucket"]
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    tls, reads, lists = resolver.resources[f"{application}BucketPolicy"]["PolicyDocument"]["Statement"]
    assert (tls["Effect"], tls["Condition"]) == ("Deny", {"Bool": {"aws:SecureTransport": "false"}})
    assert (reads["Action"], lists["Action"]) == ("s3:GetObject", "s3:ListBucket")
    assert reads["Resource"] == f"<{application}Bucket.Arn>/site/*"
    own = {
        "StringEquals": {"aws:SourceArn": f"arn:aws:cloudfront::123456789012:distribution/<{application}Distribution>"}
    }
    assert reads["Condition"] == lists["Condition"] == own


@pytest.mark.parametrize("application", ["Dashboard", "Admin"])
def test_replaced_and_deleted_files_go_after_thirty_days_with_their_markers(application: str) -> None:
    bucket = stack().resources[f"{application}Bucket"]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    (rule,) = bucket["LifecycleConfiguration"]["Rules"]
    assert (rule["Status"], rule["NoncurrentVersionExpiration"]) == ("Enabled", {"NoncurrentDays": 30})
    assert rule["ExpiredObjectDeleteMarker"] is True


@pytest.mark.parametrize("application", ["Dashboard", "Admin"])
def test_only_the_default_behaviour_answers_with_the_page(application: str) -> None:
    config = distribution(stack(), application)
    assert config["DefaultCacheBehavior"]["FunctionAssociations"][0]["FunctionARN"] == "<PagePath.FunctionARN>"
    (assets,) = config["CacheBehaviors"]
    assert assets["PathPattern"] == "/assets/*"
    assert "FunctionAssociations" not in assets
    assert "CustomErrorResponses" not in config, "they would answer a missing asset with the page"


@pytest.mark.parametrize("application", ["Dashboard", "Admin"])
def test_pages_are_compressed_and_need_tls(application: str) -> None:
    config = distribution(stack(**DOMAINS), application)
    assert config["HttpVersion"] == "http2and3"
    assert config["ViewerCertificate"]["MinimumProtocolVersion"] == "TLSv1.2_2021"
    assert config["Aliases"] == [DOMAINS[f"{application}Domain"]]
    for behaviour in (config["DefaultCacheBehavior"], *config["CacheBehaviors"]):
        assert behaviour["Compress"] is True
        assert behaviour["ViewerProtocolPolicy"] == "redirect-to-https"
        assert behaviour["ResponseHeadersPolicyId"] == "<Headers>"


def test_without_options_there_are_neither_domains_nor_logs_nor_a_firewall() -> None:
    resolver = stack()
    config = distribution(resolver)
    assert not {"Aliases", "Logging", "WebACLId"} & config.keys()
    assert config["ViewerCertificate"] == {"CloudFrontDefaultCertificate": True}
    assert len(config["Origins"]) == 1
    assert not {"LogBucket", "ApiPath"} & resolver.resources.keys()
    assert resolver.outputs["DashboardUrl"] == "https://<DashboardDistribution.DomainName>"


def test_the_api_behind_the_pages_is_not_cached_and_has_no_prefix() -> None:
    resolver = stack(**DOMAINS, ApiBehindPages="yes")
    config = distribution(resolver, "Admin")
    (_, api) = config["CacheBehaviors"]
    assert config["Origins"][1]["DomainName"] == "api.example.com"
    assert (api["PathPattern"], api["TargetOriginId"], api["ViewerProtocolPolicy"]) == ("/api/*", "api", "https-only")
    assert api["CachePolicyId"] == "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
    assert "DELETE" in api["AllowedMethods"]
    assert api["FunctionAssociations"][0]["FunctionARN"] == "<ApiPath.FunctionARN>"
    assert resolver.outputs["AdminApiUrl"] == "https://admin.example.com/api"


def test_logs_and_a_firewall_are_options() -> None:
    config = distribution(stack(AccessLogs="yes", **FIREWALL))
    assert config["WebACLId"] == FIREWALL["WebAclArn"]
    assert config["Logging"] == {"Bucket": "<LogBucket.DomainName>", "Prefix": "dashboard/", "IncludeCookies": False}


@pytest.mark.parametrize(
    ("options", "broken"),
    [
        ({}, []),
        (DOMAINS, []),
        (DOMAINS | {"AdminDomain": ""}, ["DashboardDomain, AdminDomain and CertificateArn belong together"]),
        (DOMAINS | {"CertificateArn": ""}, ["DashboardDomain, AdminDomain and CertificateArn belong together"]),
        (
            {"AccessLogs": "yes", "ApiBehindPages": "yes"},
            ["A path of the API may contain a token, so the API cannot be behind pages with access logs"],
        ),
    ],
)
def test_options_that_do_not_go_together_are_refused(options: dict[str, str], broken: list[str]) -> None:
    assert stack(**options).broken_rules == broken


@pytest.mark.parametrize(
    ("parameter", "value", "allowed"),
    [
        ("ApiUrl", "https://api.example.com", True),
        ("ApiUrl", "https://api.example.com/", False),
        ("ApiUrl", "http://api.example.com", False),
        ("CertificateArn", "", True),
        ("CertificateArn", DOMAINS["CertificateArn"], True),
        ("CertificateArn", DOMAINS["CertificateArn"].replace("us-east-1", "eu-central-1"), False),
        ("WebAclArn", FIREWALL["WebAclArn"], True),
        ("Stage", "Production!", False),
    ],
)
def test_a_parameter_of_the_wrong_form_is_refused(parameter: str, value: str, *, allowed: bool) -> None:
    pattern = PAGES["Parameters"][parameter]["AllowedPattern"]
    assert bool(re.fullmatch(pattern, value)) == allowed


def test_the_firewall_limits_each_address_and_keeps_no_paths() -> None:
    template = read_template(FOLDER / "firewall.yml")
    acl = Resolver(template, {"Stage": "production"}).resources["Firewall"]
    assert acl["Scope"] == "CLOUDFRONT"
    limits = [
        one["Statement"]["RateBasedStatement"]["Limit"]
        for one in acl["Rules"]
        if "RateBasedStatement" in one["Statement"]
    ]
    assert limits == ["5000", "1000"]
    assert not any(one["VisibilityConfig"]["SampledRequestsEnabled"] for one in [acl, *acl["Rules"]])
    assert Resolver(template, {"Stage": "production"}).broken_rules == [
        "A firewall of CloudFront has to be in us-east-1"
    ]
