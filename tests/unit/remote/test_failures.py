"""Each trouble on the wire has one meaning."""

import ssl
from datetime import UTC, datetime

import httpx
import msgspec
import pytest

from desktop_app.contract.wire import Discovery
from desktop_app.errors import (
    CodeInvalid,
    DeskRevoked,
    Offline,
    ProtocolViolation,
    ResyncNeeded,
    ServerBusy,
    ServerRefused,
    ServerTooNew,
    Unauthorized,
)
from desktop_app.remote.failures import (
    Answer,
    Interrupted,
    decoded,
    network_failure,
    portal_reason,
    problem_of,
    refusal,
    retry_after,
)

NOW = datetime(2026, 6, 9, 12, 0, tzinfo=UTC)
JSON = "application/json"


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("no"), httpx.ConnectTimeout("no"), httpx.PoolTimeout("no"), httpx.ProxyError("no")]
)
def test_what_never_left_is_offline(error: httpx.TransportError) -> None:
    failure = network_failure(error, "host")
    assert isinstance(failure, Offline)
    assert not isinstance(failure, Interrupted)


@pytest.mark.parametrize(
    "error",
    [
        httpx.ReadError("cut"),
        httpx.WriteError("cut"),
        httpx.ReadTimeout("slow"),
        httpx.WriteTimeout("slow"),
        httpx.RemoteProtocolError("half"),
    ],
)
def test_what_may_have_arrived_is_unknown(error: httpx.TransportError) -> None:
    assert isinstance(network_failure(error, "host"), Interrupted)


def test_a_wrong_certificate_is_named_and_nothing_was_sent() -> None:
    cause = ssl.SSLCertVerificationError("certificate verify failed")
    failure = network_failure(httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed"), "host")
    assert cause is not None
    assert failure.params["reason"] == "certificate"
    assert not isinstance(failure, Interrupted)


@pytest.mark.parametrize(
    ("status", "media_type", "reason"),
    [
        (200, JSON, ""),
        (200, "application/zstd", ""),
        (200, "text/html", "portal"),
        (200, "", "portal"),
        (204, "", ""),
        (301, "text/html", "redirect"),
        (307, JSON, "redirect"),
        (403, "text/html", "portal"),
        (404, "application/problem+json", ""),
        (404, "text/plain", "portal"),
        (429, "text/html", ""),
        (502, "text/html", ""),
        (511, "text/html", "portal"),
    ],
)
def test_who_answers(status: int, media_type: str, reason: str) -> None:
    assert portal_reason(status, media_type, {}, (JSON, "application/zstd")) == reason


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (None, None),
        ("", None),
        ("soon", None),
        ("30", 30.0),
        ("0", 1.0),
        ("-1", 1.0),
        ("1000000000", 3600.0),
        ("9" * 5_000, 3600.0),
        ("Tue, 09 Jun 2026 12:01:00 GMT", 60.0),
        ("Tue, 09 Jun 2020 12:01:00 GMT", 1.0),
        ("Fri, 09 Jun 2099 12:01:00 GMT", 3600.0),
        ("Fri, 99 Jun 2099", None),
    ],
)
def test_retry_after_stays_between_a_second_and_an_hour(header: str | None, seconds: float | None) -> None:
    assert retry_after(header, NOW) == seconds


def answer(status: int, slug: str = "", retry: str = "") -> Answer:
    body = msgspec.json.encode({"type": f"urn:order-sync:{slug}", "title": "T", "status": status, "retry": retry})
    return Answer(status, body, problem_of(body) if slug else None, 12.0)


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        (answer(401, "unauthorized", "reauth"), Unauthorized),
        (answer(401, "desk-revoked", "reauth"), DeskRevoked),
        (answer(403, "desk-revoked", "reauth"), ServerRefused),
        (answer(403, "code-invalid", "never"), CodeInvalid),
        (answer(404), ServerRefused),
        (answer(404, "not-found", "never"), ServerRefused),
        (answer(410), ResyncNeeded),
        (answer(409, "terms-unknown", "resync"), ResyncNeeded),
        (answer(418, "teapot", "resync"), ResyncNeeded),
        (answer(418, "teapot", "later"), ServerBusy),
        (answer(426), ServerTooNew),
        (answer(429), ServerBusy),
        (answer(503, "catalogue-empty", "later"), ServerBusy),
    ],
)
def test_refusals_by_type_then_by_retry_then_by_status(given: Answer, kind: type[Exception]) -> None:
    assert type(refusal(given)) is kind


def test_a_refusal_says_what_happened_and_the_detail_in_whole_sentences() -> None:
    body = msgspec.json.encode(
        {"type": "urn:order-sync:account-suspended", "title": "No longer served", "status": 403, "detail": "Call us."}
    )
    refused = refusal(Answer(403, body, problem_of(body)))
    assert refused.message == "The manufacturer's server refused: No longer served. Call us."


def test_a_busy_server_names_its_wait() -> None:
    assert refusal(answer(503)).params["retry_after"] == "12"


@pytest.mark.parametrize("body", [b"", b"{}", b"<html>", b"[" * 100_000, b'{"name":1}', b"\xff\xfe"])
def test_what_is_not_the_protocol_is_a_violation(body: bytes) -> None:
    with pytest.raises(ProtocolViolation):
        decoded(body, Discovery, "introduction")
    assert problem_of(body) is None
