"""The stack of the pages on moto, as far as moto goes: the buckets of the template and its outputs; and builds for it.

moto's CloudFormation knows no resources of CloudFront, so the distributions are made beside the stack.
"""

from __future__ import annotations

import json
from typing import Any

import boto3

from local.deploy.page_files import PageFile, page_file
from scripts.pages_template import TEMPLATE
from tests.integration.deploy.aws.cloudformation import Resolver, read_template

REGION = "eu-central-1"
GIVEN = {
    "Stage": "production",
    "ApiUrl": "https://api.example.com",
    "SupabaseUrl": "https://abc.supabase.co",
    "SupabaseAnonKey": "sb_publishable_0123456789",
    "DashboardDomain": "app.example.com",
    "AdminDomain": "admin.example.com",
    "CertificateArn": "arn:aws:acm:us-east-1:123456789012:certificate/1",
}


def create_pages_stack(session: boto3.Session, *, without_output: str = "") -> dict[str, str]:
    """Create the stack and return its outputs."""
    template = read_template(TEMPLATE)
    resolver = Resolver(template, GIVEN)
    values: dict[str, Any] = dict(resolver.outputs)
    for application in ("Dashboard", "Admin"):
        values[f"{application}Bucket"] = {"Ref": f"{application}Bucket"}
        values[f"{application}Distribution"] = _create_distribution(session, application)
    values.pop(without_output, None)
    buckets = {
        name: {"Type": "AWS::S3::Bucket", "Properties": resolver.resources[name]}
        for name in ("DashboardBucket", "AdminBucket")
    }
    cloudformation = session.client("cloudformation")
    cloudformation.create_stack(
        StackName="metrica-production-pages",
        TemplateBody=json.dumps(
            {"Resources": buckets, "Outputs": {name: {"Value": value} for name, value in values.items()}}
        ),
    )
    (stack,) = cloudformation.describe_stacks(StackName="metrica-production-pages")["Stacks"]
    return {one["OutputKey"]: one["OutputValue"] for one in stack["Outputs"]}


def _create_distribution(session: boto3.Session, application: str) -> str:
    created = session.client("cloudfront").create_distribution(
        DistributionConfig={
            "CallerReference": application,
            "Comment": "",
            "Enabled": True,
            "Origins": {
                "Quantity": 1,
                "Items": [
                    {
                        "Id": "pages",
                        "DomainName": "pages.s3.amazonaws.com",
                        "S3OriginConfig": {"OriginAccessIdentity": ""},
                    }
                ],
            },
            "DefaultCacheBehavior": {"TargetOriginId": "pages", "ViewerProtocolPolicy": "redirect-to-https"},
        }
    )
    identifier: str = created["Distribution"]["Id"]
    return identifier


BOTH = ("dashboard", "admin")
UNCHANGING = {
    "favicon.svg": b"<svg/>",
    "manifest.webmanifest": b"{}",
    "assets/vendor-11.js": b"vendor",
}


def build(name: str, **more: bytes) -> dict[str, dict[str, PageFile]]:
    """Return a build of both applications, whose page and one asset have a name in them."""
    contents = {
        **UNCHANGING,
        "index.html": f'<script src="/assets/app-{name}.js">'.encode(),
        f"assets/app-{name}.js": name.encode(),
        **{path.replace("__", "."): content for path, content in more.items()},
    }
    return {one: {path: page_file(path, content) for path, content in contents.items()} for one in BOTH}
