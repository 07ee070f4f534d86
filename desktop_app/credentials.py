"""The desk's two secrets, its key and its token: kept in the system's key store, and only there.

The only importer of keyring. A practice profile holds nothing confidential and keeps its secrets in profile.json.
"""

import os
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

from desktop_app.errors import VaultUnavailable
from desktop_app.profile import Profile

SERVICE = "comptoir"
TOKEN_VARIABLE = "COMPTOIR_TOKEN"
KEY_VARIABLE = "COMPTOIR_DESK_KEY"
KEY_BYTES = 32
# What `describe` says where both secrets come from there.
ENVIRONMENT = "environment"
# Sent in place of a token that the key store has lost: the server refuses it, and the person signs in again.
NO_TOKEN = "signed-out"
# A locked key store asks the person; a stuck one must not hold the desk for ever.
PATIENCE_S = 60.0
# The smallest of the stores takes this many UTF-16 characters in one entry.
LONGEST_ENTRY = 1_280

_REAL_STORES = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.kwallet.DBusKeyringKWallet5",
        "keyring.backends.kwallet.DBusKeyringKWallet6",
        "keyring.backends.macOS.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
    }
)
_REMEDY = (
    "Unlock or install the key store of this system (GNOME Keyring, KWallet, macOS Keychain, Windows Credential "
    f"Manager); a desk without a screen may get {TOKEN_VARIABLE} and {KEY_VARIABLE} from its environment instead."
)
_LIBRARY_ERRORS = (
    ("secretstorage.exceptions", "SecretStorageException"),
    ("jeepney", "DBusErrorResponse"),
    ("dbus.exceptions", "DBusException"),
    ("win32ctypes.pywin32.pywintypes", "error"),
)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Secrets:
    """The raw 256-bit key of desk.db and the bearer token; neither is ever shown by accident."""

    key: bytes = field(repr=False)
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        # A stray line end would otherwise look like a broken network at every request.
        if not self.token.isascii() or not self.token.isprintable() or " " in self.token:
            raise VaultUnavailable("The token has characters that no token has; set it again.", reason="bad-token")


class KeyStore(Protocol):
    """What is used of a keyring backend."""

    def get_password(self, service: str, username: str) -> str | None:
        """The entry, or None."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep the entry."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget the entry."""


def new_key() -> bytes:
    """A fresh random key for a desk.db."""
    import secrets

    return secrets.token_bytes(KEY_BYTES)


class Credentials:
    """Reads and keeps the secrets of profiles. Every access to the key store has a time-out.

    `environment` and `store` (a function that finds the key store, called in the worker thread) can be given by tests.
    """

    def __init__(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        store: Callable[[], KeyStore] | None = None,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self._environment = os.environ if environment is None else environment
        self._store = store or system_store
        self._patience_s = patience_s

    def read(self, profile: Profile) -> Secrets:
        """The secrets of a connected profile. Raises VaultUnavailable where they cannot be had."""
        if profile.practice and profile.key:
            return Secrets(_key_of(profile.key, "profile.json"), profile.token)
        key, token = self._environment.get(KEY_VARIABLE, ""), self._environment.get(TOKEN_VARIABLE, "")
        if key and token:
            return Secrets(_key_of(key, KEY_VARIABLE), token)
        instance = profile.client_instance

        def look_up(store: KeyStore) -> tuple[str, str]:
            return (
                key or store.get_password(SERVICE, f"{instance}/key") or "",
                token or store.get_password(SERVICE, f"{instance}/token") or "",
            )

        key, token = self._ask(look_up)
        if not key:
            raise VaultUnavailable(f"The key store holds no key for this desk. {_REMEDY}", reason="missing")
        return Secrets(_key_of(key, "the key store"), token or NO_TOKEN)

    def keep_key(self, client_instance: str, key: bytes) -> None:
        """Keep a desk's key and read it back. Raises VaultUnavailable, and then nothing is kept."""
        self._keep(f"{client_instance}/key", key.hex())

    def put_back_key(self, client_instance: str, key: bytes) -> None:
        """Keep a desk's key that the key store has lost. Raises VaultUnavailable; another key there stays."""
        entry = f"{client_instance}/key"
        if self._ask(lambda store: store.get_password(SERVICE, entry)) not in (None, "", key.hex()):
            raise VaultUnavailable("The key store holds another key for this desk; it stays there.", reason="taken")
        self.keep_key(client_instance, key)

    def keep_token(self, client_instance: str, token: str) -> None:
        """Keep a desk's token and read it back. Raises VaultUnavailable, and then nothing is kept."""
        self._keep(f"{client_instance}/token", token)

    def forget(self, client_instance: str) -> None:
        """Remove what was kept for a desk, as far as the key store lets us."""

        def remove(store: KeyStore) -> None:
            for entry in (f"{client_instance}/key", f"{client_instance}/token"):
                if store.get_password(SERVICE, entry) is not None:
                    store.delete_password(SERVICE, entry)

        self._ask(remove)

    def describe(self) -> str:
        """What secrets would come from: `environment`, the name of the key store, or why there is none."""
        if self._environment.get(KEY_VARIABLE) and self._environment.get(TOKEN_VARIABLE):
            return ENVIRONMENT
        try:
            return self._ask(lambda store: f"{type(store).__module__}.{type(store).__qualname__}")
        except VaultUnavailable as error:
            return f"unavailable: {error.params.get('detail') or error.params.get('reason', '')}"

    def _keep(self, entry: str, value: str) -> None:
        if len(value.encode("utf-16-le")) // 2 > LONGEST_ENTRY:
            raise VaultUnavailable(
                f"The server's token has {len(value)} characters, more than every key store can hold "
                f"({LONGEST_ENTRY}). Ask the manufacturer for a shorter one.",
                reason="too-long",
            )

        def keep(store: KeyStore) -> None:
            store.set_password(SERVICE, entry, value)
            if store.get_password(SERVICE, entry) != value:
                raise VaultUnavailable(f"The key store did not keep what it was given. {_REMEDY}", reason="not-kept")

        self._ask(keep)

    def _ask(self, question: Callable[[KeyStore], T]) -> T:
        """Put `question` to the key store in a thread of its own, because a locked one blocks on a prompt."""
        answers: list[T] = []
        failures: list[VaultUnavailable] = []

        def work() -> None:
            try:
                answers.append(question(self._store()))
            except VaultUnavailable as failure:
                failures.append(failure)
            except _store_errors() as error:
                name = type(error).__name__
                failures.append(
                    VaultUnavailable(f"The key store refused ({name}). {_REMEDY}", reason="refused", detail=name)
                )

        thread = threading.Thread(target=work, name="key-store", daemon=True)
        thread.start()
        thread.join(self._patience_s)
        if failures:
            raise failures[0]
        if not answers:
            raise VaultUnavailable(f"The key store did not answer; it may be locked. {_REMEDY}", reason="locked")
        return answers[0]


def system_store() -> KeyStore:
    """The key store of this system, if it is a real one. Raises VaultUnavailable for plaintext, null or none."""
    import keyring
    from keyring.backends.chainer import ChainerBackend

    try:
        found = keyring.get_keyring()
    except (ImportError, AttributeError, TypeError, ValueError) as error:
        # A backend is named in the environment or in a file, and it is not one that can be loaded.
        raise VaultUnavailable(
            f"The key store this system is set to use cannot be loaded ({error}). {_REMEDY}",
            reason="none",
            detail=str(error),
        ) from error
    candidates = list(found.backends) if isinstance(found, ChainerBackend) else [found]
    for candidate in candidates:
        if f"{type(candidate).__module__}.{type(candidate).__qualname__}" in _REAL_STORES:
            store: KeyStore = candidate
            return store
    name = f"{type(found).__module__}.{type(found).__qualname__}"
    raise VaultUnavailable(
        f"This system offers no key store that keeps secrets safe ({name}). {_REMEDY}", reason="none", detail=name
    )


def _store_errors() -> tuple[type[Exception], ...]:
    """What the backends raise: keyring's own errors, and those of the libraries under it that they let pass."""
    from keyring.errors import KeyringError

    below = (getattr(sys.modules.get(module), name, None) for module, name in _LIBRARY_ERRORS)
    return (KeyringError, OSError, RuntimeError, *(kind for kind in below if kind is not None))


def _key_of(text: str, origin: str) -> bytes:
    try:
        key = bytes.fromhex(text)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise VaultUnavailable(f"The desk key in {origin} is not {2 * KEY_BYTES} hexadecimal digits.", reason="bad-key")
    return key
