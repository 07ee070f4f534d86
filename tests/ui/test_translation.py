"""The French words: all there, written as French is written, with the same gaps as the English ones."""

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale

from ui.formats import french_typography
from ui.translation import Translation

SOURCE = Path(__file__).resolve().parents[2] / "resources" / "translations" / "comptoir_fr.ts"
GAP = re.compile(r"\{\d\}")
KEYS = re.compile(r"\b(?:Ctrl|Alt|F\d)\b")


def messages() -> list[tuple[str, str, str]]:
    return [
        (context.findtext("name") or "", message.findtext("source") or "", message.findtext("translation") or "")
        for context in ElementTree.parse(SOURCE).iterfind("context")
        for message in context.iterfind("message")
    ]


def test_each_word_is_translated() -> None:
    assert [(context, english) for context, english, french in messages() if not french] == []


def test_gaps_are_the_same_in_both_languages() -> None:
    odd = [english for _, english, french in messages() if set(GAP.findall(english)) != set(GAP.findall(french))]
    assert odd == []


def test_keys_are_the_same_in_both_languages() -> None:
    odd = [english for _, english, french in messages() if KEYS.findall(english) != KEYS.findall(french)]
    assert odd == []


def test_french_has_its_thin_spaces_and_apostrophes() -> None:
    assert [french for _, _, french in messages() if french != french_typography(french)] == []


def test_the_language_is_switched_live(translation: Translation) -> None:
    translation.use("fr")
    assert QCoreApplication.translate("Rooms", "Orders") == "Commandes"
    assert QLocale().language() is QLocale.Language.French
    translation.use("en")
    assert QCoreApplication.translate("Rooms", "Orders") == "Orders"
    assert QLocale().language() is QLocale.Language.English


@pytest.mark.parametrize("language", ["", "de"])
def test_anything_else_is_the_systems_language(translation: Translation, language: str) -> None:
    translation.use(language)
    assert translation.language == "en"
