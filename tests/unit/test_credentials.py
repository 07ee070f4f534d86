"""Secrets come from a real key store or from the environment, never from a file, and nobody waits for ever."""

import threading
from collections.abc import Callable

import keyring
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from keyring.backends.chainer import ChainerBackend

from desktop_app.credentials import NO_TOKEN, Credentials, Secrets, new_key, system_store
from desktop_app.errors import VaultUnavailable
from desktop_app.profile import Profile
from tests.support.desks import MemoryStore

KEY = bytes(range(32))
PROFILE = Profile("https://orders.example.com", "server-1", "D42", "Morvan", "Manufacturer", "desk-1")


def test_kept_read_and_forgotten() -> None:
    store = MemoryStore()
    credentials = Credentials({}, store=lambda: store)
    with pytest.raises(VaultUnavailable) as caught:
        credentials.read(PROFILE)
    assert caught.value.params["reason"] == "missing"
    credentials.keep_key("desk-1", KEY)
    credentials.keep_token("desk-1", "token")
    assert credentials.read(PROFILE) == Secrets(KEY, "token")
    assert set(store.entries) == {("comptoir", "desk-1/key"), ("comptoir", "desk-1/token")}
    credentials.forget("desk-1")
    credentials.forget("desk-1")
    assert store.entries == {}


def test_a_lost_key_is_put_back_and_another_one_stays() -> None:
    store = MemoryStore()
    credentials = Credentials({}, store=lambda: store)
    credentials.put_back_key("desk-1", KEY)
    credentials.put_back_key("desk-1", KEY)
    assert credentials.read(PROFILE) == Secrets(KEY, NO_TOKEN)
    with pytest.raises(VaultUnavailable) as caught:
        credentials.put_back_key("desk-1", bytes(32))
    assert caught.value.params["reason"] == "taken"
    assert credentials.read(PROFILE).key == KEY


def test_the_environment_goes_first_and_needs_no_key_store() -> None:
    def none() -> MemoryStore:
        raise VaultUnavailable("none")

    credentials = Credentials({"COMPTOIR_TOKEN": "t", "COMPTOIR_DESK_KEY": KEY.hex()}, store=none)
    assert credentials.read(PROFILE) == Secrets(KEY, "t")
    assert credentials.describe() == "environment"


@pytest.mark.parametrize("text", ["", "abc", "zz" * 32, "00" * 31, "00" * 33])
def test_a_key_of_another_form_is_refused(text: str) -> None:
    credentials = Credentials({"COMPTOIR_TOKEN": "t", "COMPTOIR_DESK_KEY": text}, store=MemoryStore)
    with pytest.raises(VaultUnavailable):
        credentials.read(PROFILE)


@pytest.mark.parametrize("token", ["secret\n", "secr et", "secr\u00e9t", "\tsecret"])
def test_a_token_that_no_header_can_carry_is_told_as_such(token: str) -> None:
    credentials = Credentials({"COMPTOIR_TOKEN": token, "COMPTOIR_DESK_KEY": KEY.hex()}, store=MemoryStore)
    with pytest.raises(VaultUnavailable) as caught:
        credentials.read(PROFILE)
    assert caught.value.params["reason"] == "bad-token"
    assert token not in caught.value.message


def test_practice_reads_its_profile() -> None:
    profile = Profile("http://127.0.0.1:1", "s", "D101", "M", "P", "desk-2", practice=True, key=KEY.hex(), token="t")
    assert Credentials({}, store=MemoryStore).read(profile) == Secrets(KEY, "t")


def test_a_locked_store_does_not_hold_the_desk_for_ever() -> None:
    forever = threading.Event()

    class Locked(MemoryStore):
        def get_password(self, service: str, username: str) -> str | None:
            forever.wait(10)
            return None

    with pytest.raises(VaultUnavailable) as caught:
        Credentials({}, store=Locked, patience_s=0.05).read(PROFILE)
    assert caught.value.params["reason"] == "locked"
    assert "Unlock" in caught.value.message
    forever.set()


@pytest.mark.parametrize("error", [keyring.errors.KeyringLocked("x"), OSError("dbus"), RuntimeError("x")])
def test_a_store_that_fails_is_said_with_a_remedy(error: Exception) -> None:
    class Failing(MemoryStore):
        def get_password(self, service: str, username: str) -> str | None:
            raise error

    with pytest.raises(VaultUnavailable, match="COMPTOIR_TOKEN"):
        Credentials({}, store=Failing).read(PROFILE)


def test_a_store_that_forgets_at_once_is_noticed() -> None:
    class Null(MemoryStore):
        def set_password(self, service: str, username: str, password: str) -> None:
            return None

    with pytest.raises(VaultUnavailable, match="did not keep"):
        Credentials({}, store=Null).keep_token("desk-1", "t")


def test_a_token_too_long_for_the_smallest_store_is_refused() -> None:
    with pytest.raises(VaultUnavailable, match="shorter"):
        Credentials({}, store=MemoryStore).keep_token("desk-1", "x" * 5_000)


def plaintext() -> object:
    """A backend of somebody else's that writes a file."""
    return type(
        "PlaintextKeyring", (keyring.backends.null.Keyring,), {"priority": 1, "__module__": "keyrings.alt.file"}
    )()


@pytest.mark.parametrize(
    "backend", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, plaintext, ChainerBackend]
)
def test_only_real_key_stores_are_taken(monkeypatch: pytest.MonkeyPatch, backend: Callable[[], object]) -> None:
    monkeypatch.setattr(keyring, "get_keyring", backend)
    with pytest.raises(VaultUnavailable) as caught:
        system_store()
    assert caught.value.params["reason"] == "none"
    assert Credentials({}).describe().startswith("unavailable")


def test_secrets_do_not_show_by_accident() -> None:
    assert KEY.hex() not in repr(Secrets(KEY, "hidden"))
    assert "hidden" not in repr(Secrets(KEY, "hidden"))
    assert new_key() != new_key()
    assert len(new_key()) == 32


@pytest.mark.parametrize("backend", ["nowhere.to.be.Found", "keyring.backends.null.Missing", "nodots"])
def test_a_key_store_that_cannot_be_loaded_is_told_as_such(monkeypatch: pytest.MonkeyPatch, backend: str) -> None:
    before = keyring.get_keyring()
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", backend)
    monkeypatch.setattr("keyring.core._keyring_backend", None)
    with pytest.raises(VaultUnavailable) as caught:
        Credentials({}).read(PROFILE)
    assert caught.value.params["reason"] == "none"
    keyring.set_keyring(before)
