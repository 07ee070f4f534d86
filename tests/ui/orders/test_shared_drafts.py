"""Shared drafts on the screens: shared by a key, two versions side by side, and a draft that went to a colleague."""

from collections.abc import Callable
from typing import Any

import msgspec

from desktop_app.application import Application
from desktop_app.contract.drafts import DraftDoc, DraftLineDoc
from desktop_app.contract.wire import Checkpoint, Put
from desktop_app.domain.order import Status
from desktop_app.events import OrderChanged
from desktop_app.storage.account_writer import AccountWriter
from tests.support.drafts import DRAFT_ID, colleagues
from tests.support.keyboard import focus, press, settle, shown
from ui.models.orders_model import STATE, OrderGroup
from ui.order_wizard.wizard_page import WizardPage
from ui.orders.confirm_sheet import ConfirmSheet
from ui.orders.draft_conflict_sheet import DraftConflictSheet
from ui.orders.orders_page import OrdersPage
from ui.page import UiContext
from ui.widgets.notices import NoticeLine

HERS = [DraftLineDoc(1, 1.0, "TN1", 30), DraftLineDoc(2, 2.0, "MF9", 2)]


class Colleague:
    """What the feed brings of the other desks, without a server."""

    def __init__(self, application: Application) -> None:
        self._application, desk = application, application._desk
        assert desk is not None
        self._desk = desk

    def puts(self, document: DraftDoc) -> None:
        """The feed brings a draft."""
        position = self._desk.state.position()
        assert position is not None
        rev = position.version + 1
        end = Checkpoint("c", True, position.epoch, position.server_time, rev)
        line = Put("drafts", document.draft_id, rev, msgspec.Raw(msgspec.json.encode(document)))
        applied = AccountWriter(self._desk.database.connection).apply([line], end, position.server_time)
        self._application.events.publish(OrderChanged(applied.changed_orders))
        settle()

    def answers(self, draft_id: str) -> DraftDoc:
        """The server takes the draft as it is here."""
        drafts = self._application.orders.sharing._drafts
        draft = drafts.get(draft_id)
        assert draft is not None
        document = drafts.document(draft)
        assert document is not None
        drafts.note_sent(draft_id, document)
        self.puts(document)
        return document


def wizard_on(context: UiContext, application: Application, draft_id: str) -> WizardPage:
    orders = application.orders
    return WizardPage(
        context, orders, application.catalog, orders.imports, application.sync, application.sourcing, draft_id
    )


def notices(page: WizardPage) -> list[str]:
    return [line.accessibleName() for line in page.findChildren(NoticeLine) if line.isVisible()]


def test_the_list_shares_a_draft_and_takes_one_over(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    own = make_order("Lycée Bonaparte", send=False)
    Colleague(application).puts(colleagues())
    page = OrdersPage(context, application.orders, application.people)
    with shown(page):
        page.on_shown()
        settle()
        page.grid.select_row(page.model.row_of(own))
        press("Alt+S")
        assert page.model.index(page.model.row_of(own), STATE).data() == "Shared draft, not told yet"
        theirs = page.model.row_of(DRAFT_ID)
        assert str(page.model.index(theirs, STATE).data()).startswith("Sophie Morel, since ")
        page.grid.select_row(theirs)
        press("Return")
        sheet = page.findChild(ConfirmSheet)
        assert isinstance(sheet, ConfirmSheet)
        # Return alone leaves it where it is.
        press("Tab", "Space")
    assert navigator.asked[-1] == ("wizard", DRAFT_ID)
    assert application.orders.summary(DRAFT_ID).status is Status.DRAFT


def test_two_versions_stand_side_by_side_and_both_are_kept(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    draft_id, colleague = make_order("BC-7", send=False), Colleague(application)
    application.orders.sharing.share(draft_id)
    shared = colleague.answers(draft_id)
    page = wizard_on(context, application, draft_id)
    with shown(page):
        page.on_shown()
        settle()
        page.session.set_quantity(page.session.lines()[0].key, 50)
        colleague.puts(msgspec.structs.replace(shared, holder="Sophie", lines=HERS))
        assert any("Sophie has changed this draft too." in words for words in notices(page))
        # It is not sent before both were looked at.
        press("Ctrl+Return")
        sheet = page.findChild(DraftConflictSheet)
        assert isinstance(sheet, DraftConflictSheet)
        assert application.orders.summary(draft_id).status is Status.DRAFT
        rows = [sheet.model.row(place) for place in range(sheet.model.rowCount())]
        versions = {row.detail: (row.mine, row.theirs, row.differs) for row in rows if row is not None}
        assert versions["TN1"] == ("50", "30", True)
        assert versions["MF9"] == ("2", "2", False)
        assert versions["BK1"] == ("3", "none", True)
        press("Ctrl+1")
    (kept,) = application.orders.drafts()
    assert navigator.asked[-1] == ("wizard", kept.order_id)
    assert application.orders.open_draft(kept.order_id).lines()[0].quantity == 50
    assert [one.order_id for one in application.orders.sharing.colleagues()] == [draft_id]


def test_a_draft_that_a_colleague_takes_over_stays_to_be_read(
    context: UiContext, application: Application, make_order: Callable[..., str], navigator: Any
) -> None:
    draft_id, colleague = make_order("BC-7", send=False), Colleague(application)
    application.orders.sharing.share(draft_id)
    shared = colleague.answers(draft_id)
    page = wizard_on(context, application, draft_id)
    with shown(page):
        page.on_shown()
        settle()
        colleague.puts(msgspec.structs.replace(shared, holder="Sophie"))
        assert any("Sophie has taken this draft over." in words for words in notices(page))
        page.send()
        assert [one.order_id for one in application.orders.sharing.colleagues()] == [draft_id]
        page.setFocus()
        press("Alt+O")
    assert navigator.asked[-1] == ("wizard", draft_id)
    assert application.orders.summary(draft_id).status is Status.DRAFT


def test_out_of_reach_a_shared_draft_is_sent_after_a_warning(
    context: UiContext, application: Application, make_order: Callable[..., str]
) -> None:
    draft_id, colleague = make_order("BC-7", send=False), Colleague(application)
    application.orders.sharing.share(draft_id)
    colleague.answers(draft_id)
    desk = application._desk
    assert desk is not None
    desk.state.offline_since = context.now()
    page = wizard_on(context, application, draft_id)
    with shown(page):
        page.on_shown()
        settle()
        press("Ctrl+Return")
        assert isinstance(page.findChild(ConfirmSheet), ConfirmSheet)
        press("Esc")
        assert application.orders.summary(draft_id).status is Status.DRAFT
        press("Ctrl+Return", "Tab", "Space")
        assert application.orders.summary(draft_id).status is Status.SUBMITTED


def test_what_was_put_away_is_taken_up_again(
    context: UiContext, application: Application, make_order: Callable[..., str]
) -> None:
    order_id = make_order("BC-7", send=False)
    application.orders.cancel(order_id)
    page = OrdersPage(context, application.orders, application.people)
    with shown(page):
        page.on_shown()
        settle()
        assert page.model.count(OrderGroup.DONE) == 1
        assert focus() is page.search.edit
    application.orders.correct(order_id)
    assert application.orders.summary(order_id).status is Status.DRAFT
