"""The log tells what happened and keeps every secret."""

import logging
from pathlib import Path

import pytest

from desktop_app import log

KEY = "0123456789abcdef" * 4


@pytest.mark.parametrize(
    "text",
    [
        "Authorization: Bearer abcdef123456",
        "token=abcdef123456",
        "{'token': 'abcdef123456'}",
        '"desk_key": "abcdef123456"',
        "COMPTOIR_TOKEN=abcdef123456",
        "code: abcdef123456",
        "password abcdef123456",
        "Outcome-Receipt: abcdef123456",
    ],
)
def test_what_looks_like_a_secret_is_blanked(text: str) -> None:
    cleaned = log.without_secrets(f"before {text} after")
    assert "abcdef123456" not in cleaned
    assert cleaned.startswith("before ")
    assert cleaned.endswith(" after")


def test_keys_are_blanked_and_order_ids_are_not() -> None:
    order_id = "01a20bdd-e075-7688-a628-74e3a2fa2f7e"
    assert log.without_secrets(f"{KEY} {order_id}") == f"[removed] {order_id}"


def test_records_reach_the_file_without_their_secrets(tmp_path: Path) -> None:
    handler = log.start(tmp_path / "log")
    assert handler is not None
    try:
        raise ValueError(f"bad key {KEY}")
    except ValueError:
        logging.getLogger("desktop_app.sync").exception("round failed, token=%s", "abcdef123456")
    log.stop(handler)
    text = (tmp_path / "log" / "comptoir.log").read_text()
    assert "round failed" in text
    assert KEY not in text
    assert "abcdef123456" not in text


def test_a_desk_that_cannot_log_still_works(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert log.start(tmp_path / "file" / "log") is None
