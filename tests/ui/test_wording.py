"""Words for every code of the core: nobody reads a code on screen."""

import ast
import re
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from desktop_app import errors
from desktop_app.application import Application
from desktop_app.domain import validation
from desktop_app.domain.order import DeliveryState, Problem, Status
from desktop_app.errors import ComptoirError, Offline, StorageFailed, UnknownProduct
from desktop_app.events import Notice
from desktop_app.services.views import Lights, OrderSummary
from desktop_app.sync.status import NEEDS_A_PERSON
from ui import wording
from ui.formats import Formats
from ui.translation import Translation

ROOT = Path(__file__).resolve().parents[2]
EN = Formats("en", UTC)
NOW = datetime(2026, 6, 9, tzinfo=UTC)
ERRORS = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, ComptoirError)]
CODE = re.compile(r"^[a-z_]+(-[a-z_]+)*$")


def codes_of(called: str, place: int) -> list[str]:
    """The code given at `place` to each call of `called` in the core, as far as it is written out."""
    found: set[str] = set()
    for path in (ROOT / "desktop_app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and name_of(node.func) == called and len(node.args) > place:
                found |= {item.value for item in ast.walk(node.args[place]) if is_code(item)}  # type: ignore[attr-defined]
    return sorted(found)


def name_of(function: ast.expr) -> str:
    """`note` of `note(...)`, `journal.add` of `self._journal.add(...)`."""
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute):
        owner = function.value.attr if isinstance(function.value, ast.Attribute) else ""
        return f"{owner.lstrip('_')}.{function.attr}"
    return ""


def is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(CODE.match(node.value))


@pytest.mark.parametrize("kind", [kind for kind in ERRORS if kind is not ComptoirError], ids=lambda kind: kind.code)
def test_every_refusal_has_its_words(kind: type[ComptoirError]) -> None:
    assert kind.code in wording._ERRORS
    title, message = wording.error_words(kind("An English sentence."), EN)
    assert title
    assert message


def test_a_refusal_names_what_it_is_about() -> None:
    assert "XYZ" in wording.error_words(UnknownProduct("No.", sku="XYZ"), EN)[1]
    assert "http://x" in wording.error_words(Offline("No.", address="http://x"), EN)[1]
    assert "/data" in wording.error_words(StorageFailed("No.", reason="read-only", path="/data"), EN)[1]


def test_a_refusal_without_words_keeps_its_english() -> None:
    assert wording.error_words(StorageFailed("The file is odd.", reason="unheard-of"), EN)[1] == "The file is odd."


PROBLEMS = [value for name, value in vars(validation).items() if name.isupper() and isinstance(value, str)]


@pytest.mark.parametrize("code", [code for code in PROBLEMS if CODE.match(code)])
def test_every_problem_has_its_words(code: str) -> None:
    params = {"sku": "TN1", "wholesaler": "N", "quantity": "7", "missing": "3", "minimum": "10", "over": "1.50"}
    words = wording.problem_words(Problem(code, "English.", params=params), EN)
    assert words
    assert words != "English."


@pytest.mark.parametrize(
    ("code", "blocking", "words"),
    [
        ("credit-limit", False, "Credit is exceeded by €1.50; the manufacturer decides."),
        ("credit-limit", True, "Credit is exceeded by €1.50; the manufacturer refuses such orders."),
        ("credit-hold", False, "Credit is exceeded by €1.50; the manufacturer holds the order until it releases it."),
        ("bid-exhausted", True, "TN1: only 3 left at the price “Bid”."),
        ("express-unavailable", True, "Nord does not deliver express."),
    ],
)
def test_what_happens_then_is_said(code: str, blocking: bool, words: str) -> None:
    params = {"sku": "TN1", "over": "1.50", "left": "3", "label": "Bid", "name": "Nord", "wholesaler": "N"}
    assert wording.problem_words(Problem(code, "English.", blocking=blocking, params=params), EN) == words


def test_terms_taken_by_the_rule_are_told_with_their_amount() -> None:
    params = (("orders", "1"), ("desk_no", "B-2026-0007"), ("difference", "-12.40"))
    told = wording.notice_words(Notice("k", "terms-taken-by-policy", "info", params), EN)
    assert told == (
        "New terms taken by your rule: −€12.40 before VAT.",
        "Order B-2026-0007 is on its way again; its history tells what changed.",
    )


def summary(status: Status, delivery: DeliveryState) -> OrderSummary:
    lights = Lights("done", "waiting", "off")
    return OrderSummary("o", "B-1", "", 1, "", status, delivery, lights, NOW, NOW, 1, Decimal(1))


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("delivery", list(DeliveryState))
def test_every_state_has_a_shape_and_a_word(status: Status, delivery: DeliveryState) -> None:
    state = wording.order_state(summary(status, delivery))
    assert state.kind in {"done", "waiting", "off", "stop", "look"}
    assert state.words


def test_what_needs_a_person_is_never_shown_as_done() -> None:
    for status in Status:
        assert wording.order_state(summary(status, DeliveryState.ATTENTION)).kind in {"look", "stop"}


@pytest.mark.parametrize("code", [*codes_of("Notice", 1), *sorted(NEEDS_A_PERSON)])
def test_every_notice_has_its_words(code: str) -> None:
    assert wording.notice_words(Notice(code, code), EN) is not None


@pytest.mark.parametrize(
    ("again", "person", "detail"),
    [
        ("3", "1", "3 orders were sent again with their prices and numbers. 1 order needs you."),
        ("1", "0", "1 order was sent again with its prices and number."),
        ("0", "2", "2 orders need you."),
        ("0", "0", "Nothing of your orders was missing there."),
    ],
)
def test_a_server_put_back_is_told_with_what_became_of_the_orders(again: str, person: str, detail: str) -> None:
    notice = Notice("k", "history-lost", "warning", (("again", again), ("person", person)))
    assert wording.notice_words(notice, EN) == ("The manufacturer's server was put back to an earlier state.", detail)
    assert wording.reason_words("history-lost", EN) == "the manufacturer's server no longer knows this order"


def test_what_the_second_copy_lacks_is_told() -> None:
    failed = wording.notice_words(Notice("k", "second-copy-failed", "warning", (("path", "/m/usb"),)), EN)
    assert failed is not None
    assert failed[1] == "They are saved on this desk. Make room on the disk or check the rights of /m/usb."
    missing = wording.notice_words(Notice("k", "recovery-missing"), EN)
    assert missing is not None
    assert missing[0] == "This desk has no recovery code yet."


def test_a_reason_nobody_foresaw_is_still_said() -> None:
    assert "503" in wording.reason_words("status-503", EN)
    assert wording.reason_words("brand-new", EN) == "brand-new"
    assert wording.reason_words("", EN) == ""


def test_words_follow_the_language(translation: Translation) -> None:
    translation.use("fr")
    assert wording.status_name(Status.ACCEPTED) == "Acceptée"
    translation.use("en")
    assert wording.status_name(Status.ACCEPTED) == "Accepted"


def test_each_collection_of_a_desk_has_a_name(application: Application) -> None:
    names = [age.collection for age in application.sync.status().collections]
    assert names
    assert [name for name in names if wording.collection_name(name) == name] == []
