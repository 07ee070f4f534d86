"""Versions are compared as people mean them."""

import pytest

from desktop_app.contract.versions import is_older


@pytest.mark.parametrize(
    ("version", "minimum", "older"),
    [
        ("0.1.0", "0.1.0", False),
        ("0.1", "0.1.0", False),
        ("0.9.9", "0.10", True),
        ("0.10.1", "0.10", False),
        ("1", "0.99.99", False),
        ("2.0.0.dev3", "2", False),
        ("v1.2", "1.3", True),
        ("", "0.1", True),
        ("unknown", "0.1", True),
        ("", "", False),
        ("0.1", "", False),
        ("0", "0.0.0", False),
    ],
)
def test_which_version_is_too_old(version: str, minimum: str, older: bool) -> None:
    assert is_older(version, minimum) is older
