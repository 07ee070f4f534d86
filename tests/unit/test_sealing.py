"""What is sealed is opened by its readers only; a second hand that follows the standard reads the same."""

import hmac
from datetime import UTC, datetime

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.contract.sealed import CONTENT_KEY_INFO, Sealed, UnsentOrder, key_id
from desktop_app.sealing import (
    CannotOpen,
    RecoveryCode,
    open_desk_key,
    open_sealed,
    own_private_key,
    public_key,
    seal,
    seal_desk_key,
)

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
ORDER = UnsentOrder("0190-1", "D42", "0190-2", "o1", 1, "order", "B-1", "Ana", NOW, b"{}", b"picture")
SERVER, RECOVERY, STRANGER = (bytes([number]) * 32 for number in (1, 2, 3))
CODE = RecoveryCode(bytes(range(16)))


def sealed(*readers: bytes, held: bool = False) -> Sealed:
    return seal(ORDER, key="o1/1", at=NOW, to=[public_key(reader) for reader in readers], held=held)


def test_each_reader_opens_it_and_nobody_else() -> None:
    record = sealed(SERVER, RECOVERY)
    assert open_sealed(record, SERVER) == open_sealed(record, RECOVERY) == ORDER
    with pytest.raises(CannotOpen):
        open_sealed(record, STRANGER)
    assert b"picture" not in msgspec.msgpack.encode(record)


def test_nothing_of_a_record_can_be_changed() -> None:
    record = sealed(SERVER)
    torn = bytes([record.box[0] ^ 1]) + record.box[1:]
    cut = msgspec.structs.replace(record.to[0], content_key=record.to[0].content_key[:20])
    for change in ({"box": torn}, {"held": True}, {"account": "D43"}, {"key": "o2/1"}, {"to": (cut,)}, {"nonce": b""}):
        with pytest.raises(CannotOpen):
            open_sealed(msgspec.structs.replace(record, **change), SERVER)


def test_sealing_to_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="key"):
        seal(ORDER, key="o1/1", at=NOW, to=[b"short"])


def test_the_keys_are_the_same_for_ever() -> None:
    assert CODE.text == "0004-1061-050R-3GG2-8A1C-60T3-GFD1"
    assert CODE.private_key("0190-1").hex() == "955d68243ae66776fcd7d14307428683822bb2437949cf2ac47056d0e2a8793b"
    assert own_private_key(bytes(32)).hex() == "5d5fc8a84f713e923edca2848eef7d274ddc96f5aea5b779ad56c92ea3225806"
    assert CODE.private_key("0190-2") != CODE.private_key("0190-1")


def test_a_second_hand_that_follows_the_standard_opens_it() -> None:
    record = sealed(SERVER)
    content_key = hpke_open(SERVER, record.to[0].content_key, CONTENT_KEY_INFO)
    plain = AESGCM(content_key).decrypt(record.nonce, record.box, record.head())
    assert msgspec.msgpack.decode(plain, type=UnsentOrder) == ORDER
    assert record.to[0].id == key_id(public_key(SERVER))


def test_what_the_standard_s_own_example_derives_is_what_the_second_hand_derives() -> None:
    # RFC 9180, A.1.1: the shared secret of DHKEM(X25519, HKDF-SHA256), which does not depend on the AEAD.
    enc = bytes.fromhex("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431")
    private = bytes.fromhex("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8")
    secret = "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc"
    assert kem_secret(private, enc).hex() == secret


def test_the_key_of_a_desk_is_opened_with_the_code_only() -> None:
    desk_key = bytes(range(32))
    private = CODE.private_key("0190-2")
    box = seal_desk_key(desk_key, public_key(private))
    assert open_desk_key(box, private) == desk_key
    with pytest.raises(CannotOpen):
        open_desk_key(box, CODE.private_key("0190-3"))
    with pytest.raises(CannotOpen):
        open_desk_key(b"", private)


@given(st.binary(min_size=16, max_size=16))
def test_a_code_is_read_as_people_write_it(secret: bytes) -> None:
    code = RecoveryCode(secret)
    assert [len(group) for group in code.text.split("-")] == [4] * 7
    for typed in (code.text, code.text.lower().replace("-", " "), code.text.replace("0", "o").replace("1", "l")):
        assert RecoveryCode.parse(f" {typed}\n").text == code.text


@given(st.integers(0, 27), st.integers(1, 31))
def test_a_letter_typed_wrong_is_noticed_nearly_always(place: int, change: int) -> None:
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    text = CODE.text.replace("-", "")
    wrong = text[:place] + letters[(letters.index(text[place]) + change) % 32] + text[place + 1 :]
    try:
        assert RecoveryCode.parse(wrong).text != CODE.text
    except ValueError:
        return


@pytest.mark.parametrize("typed", ["", "ABCD", CODE.text + "A", CODE.text.replace("D1", "D2"), "Z" * 28, "é" * 28])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="recovery code"):
        RecoveryCode.parse(typed)


def test_a_code_is_never_shown_by_accident() -> None:
    assert CODE.text not in f"{CODE!r} {CODE}"
    assert RecoveryCode.new().text != RecoveryCode.new().text


# --- HPKE once more, from the text of RFC 9180: base mode, X25519, HKDF-SHA256, AES-256-GCM ---------------------------

KEM = b"KEM\x00\x20"
SUITE = b"HPKE\x00\x20\x00\x01\x00\x02"


def extract(salt: bytes, suite: bytes, label: bytes, secret: bytes) -> bytes:
    return hmac.digest(salt or bytes(32), b"HPKE-v1" + suite + label + secret, "sha256")


def expand(key: bytes, suite: bytes, label: bytes, info: bytes, length: int) -> bytes:
    labelled = length.to_bytes(2, "big") + b"HPKE-v1" + suite + label + info
    return hmac.digest(key, labelled + b"\x01", "sha256")[:length]


def kem_secret(private: bytes, enc: bytes) -> bytes:
    key = X25519PrivateKey.from_private_bytes(private)
    shared = key.exchange(X25519PublicKey.from_public_bytes(enc))
    context = enc + key.public_key().public_bytes_raw()
    return expand(extract(b"", KEM, b"eae_prk", shared), KEM, b"shared_secret", context, 32)


def hpke_open(private: bytes, sealed: bytes, info: bytes) -> bytes:
    enc, box = sealed[:32], sealed[32:]
    context = b"\x00" + extract(b"", SUITE, b"psk_id_hash", b"") + extract(b"", SUITE, b"info_hash", info)
    secret = extract(kem_secret(private, enc), SUITE, b"secret", b"")
    key, nonce = expand(secret, SUITE, b"key", context, 32), expand(secret, SUITE, b"base_nonce", context, 12)
    return AESGCM(key).decrypt(nonce, box, b"")
