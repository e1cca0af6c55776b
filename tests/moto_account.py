"""An empty account of AWS on this machine: a moto server on a free port."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import boto3
import httpx
from moto.server import ThreadedMotoServer


@contextmanager
def moto_account() -> Iterator[dict[str, str]]:
    """Run a moto server.

    Yields:
        The environment variables with which boto3 and the AWS CLI find it.
    """
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    url = f"http://{host}:{port}"
    try:
        httpx.post(f"{url}/moto-api/reset").raise_for_status()  # moto has one account in a process
        yield {
            "AWS_ENDPOINT_URL": url,
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": "/dev/null",
        }
    finally:
        server.stop()


def put_error_alarm(session: boto3.Session) -> None:
    """Create the alarm that a deployment in production has for errors of the owner API."""
    session.client("cloudwatch").put_metric_alarm(
        AlarmName="metrica-production-ApiErrorsAlarm-1B",
        AlarmDescription="api ended with an error",
        Namespace="AWS/Lambda",
        MetricName="Errors",
        ComparisonOperator="GreaterThanThreshold",
        Threshold=0,
        Period=300,
        EvaluationPeriods=1,
        Statistic="Sum",
    )
