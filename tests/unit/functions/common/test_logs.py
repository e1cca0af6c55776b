"""The lines of the functions' logs."""

from __future__ import annotations

import json
import logging
from base64 import urlsafe_b64encode

import pytest

from functions.common import logs
from functions.common.redaction import redact
from functions.common.request_id import handling

LINK_TOKEN = urlsafe_b64encode(bytes(range(100, 132))).rstrip(b"=").decode()  # as secrets.token_urlsafe(32)
SECRETS = {
    "address": "ada.lovelace+shop@mail.example.org",
    "worker key": "mk_AbCdEfGhIjKlMnOpQrStUvWxYz0123456789AbCdEfG",
    "access token": "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
    "bearer": "Bearer opaque-token",
    "password": "postgresql://metrica_api:pa/ss:word@db.example.org/metrica",
    "token of a link": LINK_TOKEN,
    "values of a row": "duplicate key\nDETAIL:  Key (name)=(Corner shop) already exists.",
}
PARTS = ("ada.lovelace", "AbCdEf", "c2lnbmF0", "opaque", "pa/ss", LINK_TOKEN, "Corner shop")


@pytest.mark.parametrize("name", ["json", "text"])
def test_no_line_has_an_address_a_key_a_token_or_a_password(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up({"METRICA_LOG_FORMAT": name})
    logger = logging.getLogger("metrica.test")
    for what, secret in SECRETS.items():
        logger.warning("%s", secret, extra={"field": secret, "what": what})
        try:
            raise ValueError(secret)  # noqa: TRY301 - what is caught is what is tested
        except ValueError:
            logger.exception("failed")
    written = capsys.readouterr().err
    assert len(written) > 1000
    assert [part for part in PARTS if part in written] == []


@pytest.mark.parametrize(
    "text",
    [
        "5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11",
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "/stores/{store_id}/wall/{token}",
        "events_camera_id_event_id_ts_key",
        "maintenance: {'old_invites_deleted': 0, 'minutes_since_refresh': 4}",
        "postgresql://127.0.0.1:5432/metrica",
        'File "/var/task/functions/ingest/handler.py", line 34, in respond',
    ],
)
def test_what_an_operator_needs_stays(text: str) -> None:
    assert redact(text) == text


def test_a_line_of_json_has_the_fields_and_the_id_of_the_request(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up({"METRICA_LOG_FORMAT": "json"})
    with handling("5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11"):
        logging.getLogger("metrica.test").info("stored\ntwo lines", extra={"inserted": 3, "route": "/events"})
    logging.getLogger("metrica.test").debug("not written")
    [line] = capsys.readouterr().err.splitlines()
    fields = json.loads(line)
    assert fields.pop("ts").endswith("Z")
    assert fields == {
        "level": "info",
        "logger": "metrica.test",
        "message": "stored\ntwo lines",
        "request_id": "5f0c8f9e-0a3b-4b6e-9a53-6c2f1d0e7a11",
        "inserted": 3,
        "route": "/events",
    }


def test_a_line_of_text_is_one_that_a_person_reads(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up({})
    logging.getLogger("metrica.test").warning("slow", extra={"ms": 1200})
    assert capsys.readouterr().err[12:] == " warning slow ms=1200\n"


def test_on_lambda_lines_are_json_and_are_written_once(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    root.addHandler(logging.StreamHandler())  # the runtime has added its own before the function is imported
    logs.set_up({"AWS_LAMBDA_RUNTIME_API": "127.0.0.1:9001"})
    logging.getLogger("metrica.test").info("once")
    [line] = capsys.readouterr().err.splitlines()
    assert json.loads(line)["message"] == "once"


@pytest.mark.parametrize("environ", [{"METRICA_LOG_FORMAT": "xml"}, {"METRICA_LOG_LEVEL": "LOUD"}])
def test_a_setting_that_is_wrong_is_named(environ: dict[str, str]) -> None:
    with pytest.raises(ValueError, match=r"xml|LOUD"):
        logs.set_up(environ)
