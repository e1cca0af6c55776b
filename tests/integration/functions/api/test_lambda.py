"""The Lambda's handler, called as API Gateway calls it (httpApi, payload 2.0)."""

from __future__ import annotations

import json
from typing import Any

from functions.common.app import Application, lambda_handler


def event(path: str) -> dict[str, Any]:
    return {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "api.example.org", "accept": "*/*"},
        "requestContext": {
            "http": {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1", "userAgent": "t"},
            "requestId": "1",
            "stage": "$default",
        },
        "isBase64Encoded": False,
    }


def test_a_response_is_sent_as_text(app: Application) -> None:
    answer = lambda_handler(app, "api")(event("/healthz"), None)
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (200, False)
    assert json.loads(answer["body"])["database"] == "ok"


def test_a_problem_is_sent_as_text(app: Application) -> None:
    answer = lambda_handler(app, "api")(event("/me"), None)
    assert (answer["statusCode"], answer["isBase64Encoded"]) == (401, False)
    assert answer["headers"]["content-type"] == "application/problem+json"
    assert json.loads(answer["body"])["type"] == "unauthorized"
