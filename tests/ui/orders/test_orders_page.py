"""The list by keyboard: typing filters, arrows choose, Return opens, changes appear in their row."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop_app.application import Application
from tests.support.keyboard import focus, press, settle, shown, write
from ui.models.orders_model import NUMBER, REFERENCE, STATE, OrderGroup
from ui.orders.orders_page import OrdersPage
from ui.page import UiContext


@pytest.fixture
def page(context: UiContext, application: Application, make_order: Callable[..., str]) -> Iterator[OrdersPage]:
    """A draft and two orders that wait, one of them held."""
    make_order("Lycée Bonaparte")
    application.orders.hold(make_order("Étude Vannier"))
    make_order("Brouillon", send=False)
    made = OrdersPage(context, application.orders, application.people)
    with shown(made):
        made.on_shown()
        settle()
        yield made


def numbers(page: OrdersPage) -> list[str]:
    return [str(page.model.index(row, NUMBER).data()) for row in range(page.model.rowCount())]


def test_the_newest_is_chosen_and_return_opens_it(page: OrdersPage, navigator: Any) -> None:
    assert focus() is page.search.edit
    assert len(numbers(page)) == 3
    press("Return")
    newest = page.model.row(0)
    assert newest is not None
    assert navigator.asked[-1] == ("wizard", newest.order_id)
    press("Down", "Return")
    second = page.model.row(1)
    assert second is not None
    assert navigator.asked[-1] == ("order", second.order_id)


def test_typing_filters_and_escape_shows_all_again(page: OrdersPage) -> None:
    write("vannier")
    assert len(numbers(page)) == 1
    write("zzz")
    assert numbers(page) == []
    press("Esc")
    assert len(numbers(page)) == 3


def test_filters_in_words_are_reached_by_f6_and_arrows(page: OrdersPage) -> None:
    press("F6", "Right", "Right")
    assert page.filters.value() == OrderGroup.DRAFTS
    assert len(numbers(page)) == 1
    assert focus().accessibleName() == "Drafts (1)"


def test_a_change_shows_in_its_row_while_the_page_is_open(page: OrdersPage, application: Application) -> None:
    held = next(row for row in range(3) if page.model.index(row, STATE).data() == "Held back")
    summary = page.model.row(held)
    assert summary is not None
    application.orders.release(summary.order_id)
    settle()
    assert page.model.index(page.model.row_of(summary.order_id), STATE).data() == "Leaves by itself"


def test_an_empty_desk_says_what_to_do_next(context: UiContext, application: Application, navigator: Any) -> None:
    made = OrdersPage(context, application.orders, application.people)
    with shown(made):
        made.on_shown()
        settle()
        assert made.model.rowCount() == 0
        assert made._body.currentIndex() == 1


def test_nothing_is_cut_in_french_or_in_a_small_window(page: OrdersPage) -> None:
    for width in (1048, 1208):
        page.resize(width, 700)
        settle()
        page.grab()
    assert page.context.look.elisions == []


def test_two_people_see_their_own_orders_or_everybody_s(page: OrdersPage, application: Application) -> None:
    assert not page.whose.isVisible()
    application.people.sit_down("Nadia Perrot")
    application.orders.new_draft("de Nadia")
    assert not page.whose.isVisible()
    application.people.sit_down("Paul Leroy")
    application.orders.new_draft("de Paul")
    settle()
    assert page.whose.isVisible()
    assert len(numbers(page)) == 5
    focus_on(page.whose)
    press("Right")
    assert references(page) == ["de Paul"]
    assert page.filters.findChildren(QAbstractButton)[0].accessibleName() == "All (1)"
    application.people.sit_down("Nadia Perrot")
    settle()
    assert references(page) == ["de Nadia"]
    press("Left")
    assert len(numbers(page)) == 5


def references(page: OrdersPage) -> list[str]:
    return [str(page.model.index(row, REFERENCE).data()) for row in range(page.model.rowCount())]


def focus_on(choice: QWidget) -> None:
    next(one for one in choice.findChildren(QAbstractButton) if one.isChecked()).setFocus()
