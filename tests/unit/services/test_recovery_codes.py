"""A recovery code is proposed, kept only once the person has it, and opens what it should."""

from datetime import timedelta
from pathlib import Path

import pytest

from desktop_app import sealing
from desktop_app.errors import ActionNotPossible, RecoveryCodeInvalid
from desktop_app.profile import Profile
from desktop_app.services.recovery_codes import RecoveryCodes
from desktop_app.storage.recovery_file import read_recovery
from tests.support.desk_world import KEY, START

PROFILE = Profile("https://fabrique.example", "s", "D42", "Morvan", "Fabrique", "i")


class Codes:
    """The service of one desk, and how often it told that a code is in force."""

    def __init__(self, folder: Path, profile: Profile = PROFILE) -> None:
        self.path, self.kept, self.time = folder / "recovery.json", 0, START
        self.service = RecoveryCodes(self.path, profile, KEY, kept=self.on_kept, now=lambda: self.time)

    def on_kept(self) -> None:
        self.kept += 1


def test_a_code_is_of_no_use_before_it_is_kept(tmp_path: Path) -> None:
    codes = Codes(tmp_path)
    shown = codes.service.propose()
    assert codes.service.made_at() is None
    assert list(tmp_path.iterdir()) == []
    codes.service.keep(shown.lower())
    assert (codes.service.made_at(), codes.kept) == (START, 1)
    recovery = read_recovery(codes.path)
    assert recovery is not None
    private = sealing.RecoveryCode.parse(shown).private_key("i")
    assert sealing.open_desk_key(recovery.desk_key, private) == KEY
    assert sealing.public_key(private) == recovery.public


def test_neither_the_code_nor_the_key_lies_in_the_file(tmp_path: Path) -> None:
    codes = Codes(tmp_path)
    shown = codes.service.propose()
    codes.service.keep(shown)
    content = codes.path.read_bytes()
    assert shown.encode() not in content
    assert KEY.hex().encode() not in content


def test_a_new_code_takes_the_place_of_the_earlier_one(tmp_path: Path) -> None:
    codes = Codes(tmp_path)
    first, second = codes.service.propose(), codes.service.propose()
    codes.service.keep(first)
    codes.time += timedelta(days=1)
    codes.service.keep(second)
    recovery = read_recovery(codes.path)
    assert recovery is not None
    assert recovery.made_at == codes.time
    with pytest.raises(sealing.CannotOpen):
        sealing.open_desk_key(recovery.desk_key, sealing.RecoveryCode.parse(first).private_key("i"))


def test_what_is_no_code_changes_nothing(tmp_path: Path) -> None:
    codes = Codes(tmp_path)
    with pytest.raises(RecoveryCodeInvalid):
        codes.service.keep("0000")
    assert codes.service.made_at() is None


def test_practice_has_none(tmp_path: Path) -> None:
    codes = Codes(tmp_path, Profile("http://127.0.0.1:9", "s", "D42", "M", "F", "i", practice=True))
    assert not codes.service.possible
    with pytest.raises(ActionNotPossible):
        codes.service.propose()
