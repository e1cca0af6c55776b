"""What the stack of `deploy/aws/pages.yml` says of itself, and errors of AWS in one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from local.errors import DeploymentError

if TYPE_CHECKING:
    from boto3.session import Session

APPLICATIONS: Final = ("dashboard", "admin")
_IN_USE: Final = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE")
_BAD_CREDENTIALS: Final = {
    "ExpiredToken",
    "ExpiredTokenException",
    "InvalidAccessKeyId",
    "InvalidClientTokenId",
    "RequestExpired",
    "SignatureDoesNotMatch",
    "UnrecognizedClientException",
}
_DENIED: Final = {"AccessDenied", "AccessDeniedException"}


@dataclass(frozen=True, slots=True)
class PagesTarget:
    """Where the pages of an application are deployed.

    Attributes:
        application: `dashboard` or `admin`.
        bucket: The name of its bucket.
        distribution: The id of its CloudFront distribution.
        url: Its address.
        config: The content of its `config.json`.
    """

    application: str
    bucket: str
    distribution: str
    url: str
    config: bytes


def stack_name(stage: str) -> str:
    """Return the name of the stack of a stage."""
    return f"metrica-{stage}-pages"


def pages_targets(session: Session, stage: str) -> tuple[PagesTarget, ...]:
    """Return where the pages of a stage are deployed, by the outputs of its stack.

    Raises:
        DeploymentError: There is no such stack, it is not complete, or it is of an older template.
    """
    outputs = _outputs(session, stage)

    def output(name: str) -> str:
        if name not in outputs:
            raise DeploymentError(
                f"the stack {stack_name(stage)} has no output {name}: update it with deploy/aws/pages.yml (docs/aws.md)"
            )
        return outputs[name]

    return tuple(
        PagesTarget(
            application=application,
            bucket=output(f"{prefix}Bucket"),
            distribution=output(f"{prefix}Distribution"),
            url=output(f"{prefix}Url"),
            config=json.dumps(
                {
                    "apiUrl": output(f"{prefix}ApiUrl"),
                    "supabaseUrl": output("SupabaseUrl"),
                    "supabaseAnonKey": output("SupabaseAnonKey"),
                    "environment": "production",
                }
            ).encode(),
        )
        for application, prefix in ((one, one.title()) for one in APPLICATIONS)
    )


def _outputs(session: Session, stage: str) -> Mapping[str, str]:
    from botocore.exceptions import ClientError

    name = stack_name(stage)
    try:
        (stack,) = session.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if error.response["Error"]["Code"] != "ValidationError":
            raise
        raise DeploymentError(
            f"there is no stack {name} in {session.region_name}: check the stage and the region, or create it with "
            "deploy/aws/pages.yml (docs/aws.md)"
        ) from error
    if stack["StackStatus"] not in _IN_USE:
        raise DeploymentError(
            f"the stack {name} is {stack['StackStatus']}: wait until it is complete, or repair it in CloudFormation"
        )
    return {one["OutputKey"]: one["OutputValue"] for one in stack.get("Outputs", [])}


@contextmanager
def errors_in_a_sentence() -> Iterator[None]:
    """Raise errors of AWS as DeploymentError."""
    from botocore.exceptions import (
        BotoCoreError,
        ClientError,
        CredentialRetrievalError,
        NoCredentialsError,
        NoRegionError,
        PartialCredentialsError,
        SSOError,
        TokenRetrievalError,
    )

    try:
        yield
    except NoRegionError as error:
        raise DeploymentError("name the region of the stack, by --region or AWS_REGION") from error
    except (NoCredentialsError, PartialCredentialsError) as error:
        raise DeploymentError("there are no credentials of AWS: set AWS_PROFILE, or run `aws configure`") from error
    except (CredentialRetrievalError, SSOError, TokenRetrievalError) as error:
        raise DeploymentError(f"the credentials of AWS cannot be used; sign in again: {error}") from error
    except ClientError as error:
        code, message = error.response["Error"].get("Code", ""), error.response["Error"].get("Message", "")
        if code in _BAD_CREDENTIALS:
            raise DeploymentError(f"AWS refuses the credentials ({code}); sign in again: {message}") from error
        if code in _DENIED:
            raise DeploymentError(f"these credentials may not call {error.operation_name} of AWS: {message}") from error
        raise DeploymentError(f"{error.operation_name} of AWS failed ({code}): {message}") from error
    except BotoCoreError as error:
        raise DeploymentError(f"AWS cannot be used: {error}") from error
