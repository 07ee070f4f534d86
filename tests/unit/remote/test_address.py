"""Addresses as people type them."""

import pytest

from desktop_app.errors import BadAddress
from desktop_app.remote.address import is_loopback, server_address


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("orders.example.com", "https://orders.example.com"),
        (" https://Orders.Example.com/ ", "https://orders.example.com"),
        ("https://orders.example.com:8443", "https://orders.example.com:8443"),
        ("https://orders.example.com/.well-known/order-sync", "https://orders.example.com"),
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_what_is_understood(typed: str, address: str) -> None:
    assert server_address(typed) == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "http://orders.example.com",
        "http://192.168.1.20:8000",
        "ftp://localhost",
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://user:secret@orders.example.com",
        "https://orders.example.com/shop",
        "https://orders.example.com?x=1",
        "https://orders.example.com:99999",
        "https://two words",
    ],
)
def test_what_is_refused_with_a_reason(typed: str) -> None:
    with pytest.raises(BadAddress) as caught:
        server_address(typed)
    assert caught.value.message


def test_this_machine() -> None:
    assert all(is_loopback(host) for host in ("localhost", "127.0.0.1", "127.8.8.8", "::1"))
    assert not any(is_loopback(host) for host in ("10.0.0.1", "example.com", "localhost.example.com", "::2"))
