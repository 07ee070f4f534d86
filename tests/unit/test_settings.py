"""Choices are kept, bounded, and never in the way."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop_app.errors import StorageFailed
from desktop_app.settings import DECLARED, LANGUAGE, POLL_MINUTES, TEXT_SIZE, Settings


def test_each_setting_is_declared_once_and_accepts_its_default() -> None:
    assert len({setting.key for setting in DECLARED}) == len(DECLARED)
    assert all(setting.accepts(setting.default) and setting.label for setting in DECLARED)


def test_a_choice_is_kept(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "deep" / "settings.json")
    assert settings.get(LANGUAGE) == ""
    settings.set(LANGUAGE, "fr")
    settings.set(LANGUAGE, "fr")
    assert Settings(tmp_path / "deep" / "settings.json").get(LANGUAGE) == "fr"


@pytest.mark.parametrize("value", [79, 201, True, "100", 100.0])
def test_what_does_not_fit_is_refused(tmp_path: Path, value: Any) -> None:
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(ValueError, match="not possible"):
        settings.set(TEXT_SIZE, value)
    assert not (tmp_path / "settings.json").exists()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"language": "klingon"}', '{"language": 7}', '{"poll_minutes": 0}']
)
def test_a_file_that_makes_no_sense_gives_the_defaults(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    settings = Settings(path)
    assert (settings.get(LANGUAGE), settings.get(POLL_MINUTES)) == ("", 5)


def test_a_later_version_s_settings_survive(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"colour": "blue"}')
    Settings(path).set(LANGUAGE, "en")
    assert json.loads(path.read_text()) == {"colour": "blue", "language": "en"}


def test_a_choice_that_cannot_be_kept_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = Settings(tmp_path / "file" / "settings.json")
    with pytest.raises(StorageFailed):
        settings.set(LANGUAGE, "fr")
    assert settings.get(LANGUAGE) == ""


def test_what_is_assumed_holds_in_this_program_only(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    settings.set(LANGUAGE, "fr")
    settings.assume(LANGUAGE, "en")
    assert settings.get(LANGUAGE) == "en"
    assert Settings(tmp_path / "settings.json").get(LANGUAGE) == "fr"
    with pytest.raises(ValueError, match="not possible"):
        settings.assume(LANGUAGE, "klingon")
