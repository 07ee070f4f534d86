"""All conditions of a dealer: found, narrowed, as they stood on a day, what changed, what becomes dearer."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from desktop_app.contract.wire import Del
from desktop_app.services.condition_service import ConditionService
from desktop_app.services.condition_views import ConditionQuery, ConditionRow
from desktop_app.services.price_service import PriceService
from desktop_app.storage.account_repository import AccountRepository
from desktop_app.storage.agreement_repository import AgreementRepository
from desktop_app.storage.condition_repository import ConditionRepository
from tests.support.desk_world import ACCOUNT, DeskWorld, put

TODAY = date(2026, 6, 9)


def prices_of(world: DeskWorld) -> PriceService:
    connection = world.desk.connection
    return PriceService(
        lambda: world.catalog,
        ConditionRepository(connection),
        dealer=AccountRepository(connection, ACCOUNT).dealer,
        today=world.today,
        stock_view=world.stock_view,
    )


@pytest.fixture
def service(world: DeskWorld) -> ConditionService:
    connection = world.desk.connection
    return ConditionService(
        lambda: world.catalog,
        ConditionRepository(connection),
        AgreementRepository(connection),
        dealer=AccountRepository(connection, ACCOUNT).dealer,
        today=world.today,
        calendar=prices_of(world).calendar,
        time_zone=lambda: "Europe/Paris",
    )


def term(world: DeskWorld, name: str, **changed: object) -> None:
    """Change or add one condition."""
    world.terms[name] = {**world.terms.get(name, {"id": name, "buyer": "all", "unit": "%", "value": "1"}), **changed}
    world.feed(put("terms", name, world.terms[name]))


def ids(service: ConditionService, **query: object) -> list[str]:
    return [row.id for row in service.page(ConditionQuery(**query), "fr").rows]  # type: ignore[arg-type]


def row(service: ConditionService, name: str, **query: object) -> ConditionRow:
    return next(one for one in service.page(ConditionQuery(**query), "fr").rows if one.id == name)  # type: ignore[arg-type]


def test_all_of_them_broad_ones_first_and_page_by_page(service: ConditionService) -> None:
    assert ids(service) == ["G30", "G35", "Q10", "N612", "B540", "P38"]
    page = service.page(ConditionQuery(), "fr", limit=2, offset=2)
    assert ([one.id for one in page.rows], page.total) == (["Q10", "N612"], 6)
    assert page.as_of is not None
    assert page.known_since == TODAY


def test_those_of_other_dealers_are_not_told(world: DeskWorld, service: ConditionService) -> None:
    term(world, "X", step="base", product="all", buyer="group:silver")
    assert "X" not in ids(service)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("toner", ["G35", "Q10", "P38"]),
        ("NOIR ton", ["P38"]),
        ("tn1", ["P38"]),
        ("multi b540", ["B540"]),
        ("salon été", ["S1"]),
        ("ct-2026", ["S1"]),
        ("oner", []),
        ("  ", ["G30", "G35", "Q10", "N612", "B540", "S1", "P38"]),
    ],
)
def test_words_begin_words_of_product_document_or_label(
    world: DeskWorld, service: ConditionService, text: str, found: list[str]
) -> None:
    term(world, "S1", step="promo", product="sku:PK5", label="Salon d'Été", contract_ref="CT-2026-7")
    assert ids(service, text=text) == found


def test_which_touch_a_product_a_family_or_a_document(world: DeskWorld, service: ConditionService) -> None:
    term(world, "S1", step="promo", product="sku:BK1", contract_ref="CT-1", label="Livres", start="2026-01-01")
    assert ids(service, sku="TN1") == ["G30", "G35", "Q10", "P38"]
    assert ids(service, sku="NOT-THERE") == ["G30"]
    assert ids(service, family="TONER") == ["G35", "Q10", "P38"]
    assert ids(service, document="CT-1") == ["S1"]
    (document,) = service.documents()
    assert (document.ref, document.label, document.conditions, document.end) == ("CT-1", "Livres", 1, None)
    assert [(family.code, family.products) for family in service.families("fr")] == [("TONER", 1)]


def test_views_and_their_counts(world: DeskWorld, service: ConditionService) -> None:
    term(world, "END", step="promo", product="sku:BK1", end="2026-06-30")
    term(world, "NEXT", step="promo", product="sku:BK1", start="2026-07-01", end="2026-07-31")
    term(world, "OVER", step="promo", product="sku:BK1", start="2026-01-01", end="2026-06-08")
    term(world, "C1", step="base", product="brand:X")
    term(world, "C2", step="base", product="brand:X", value="2")
    assert ids(service, view="ending") == ["END"]
    assert ids(service, view="ahead") == ["NEXT"]
    assert ids(service, view="conflicts") == ["C1", "C2"]
    assert service.counts() == {"all": 11, "changed": 5, "ending": 1, "ahead": 1, "conflicts": 2}
    states = {one.id: one.state for one in service.page(ConditionQuery(), "fr").rows}
    assert [states[name] for name in ("END", "NEXT", "OVER", "C1")] == ["now", "ahead", "over", "conflict"]


def test_what_changed_within_a_week(world: DeskWorld, service: ConditionService) -> None:
    assert ids(service, view="changed") == []
    world.time += timedelta(days=20)
    term(world, "G30", value="25")
    term(world, "NEW", step="promo", product="sku:BK1")
    term(world, "P38", stock_cap=10, value="38")
    world.feed(Del("terms", "Q10"))
    changed = {one.id: one for one in service.page(ConditionQuery(view="changed"), "fr").rows}
    assert {name: one.change for name, one in changed.items()} == {
        "G30": "changed", "NEW": "new", "P38": "changed", "Q10": "gone",
    }  # fmt: skip
    before = changed["G30"].before
    assert before is not None
    assert (before.value, changed["G30"].value, changed["Q10"].state) == (Decimal(30), Decimal(25), "over")
    assert row(service, "G30").change == "changed"
    term(world, "G30", value="30")
    assert row(service, "G30").change == ""
    world.time += timedelta(days=8)
    assert ids(service, view="changed") == []


def test_as_they_stood_on_a_day(world: DeskWorld, service: ConditionService) -> None:
    world.time += timedelta(days=10)
    term(world, "G30", value="25")
    term(world, "NEW", step="promo", product="sku:BK1")
    world.feed(Del("terms", "Q10"))
    now = date(2026, 6, 19)
    earlier = ids(service, day=now - timedelta(days=1))
    assert set(earlier) == {"G30", "G35", "Q10", "N612", "B540", "P38"}
    assert row(service, "G30", day=now - timedelta(days=1)).value == Decimal(30)
    assert row(service, "G30", day=now).value == Decimal(25)
    assert "Q10" not in ids(service, day=now)


def test_what_is_left_of_a_quota(world: DeskWorld, service: ConditionService) -> None:
    assert row(service, "B540").quota_left == 20
    world.feed(put("account", ACCOUNT, {**world.dealer, "quota_used": {"B540": 7}}))
    assert row(service, "B540").quota_left == 13
    term(world, "B540", stock_cap=50, stock_used=45)
    assert row(service, "B540").quota_left == 5
    assert row(service, "G30").quota_left is None


def test_what_becomes_dearer_and_why(world: DeskWorld, service: ConditionService) -> None:
    assert service.dearer(date(2026, 12, 31)).rows == ()
    world.products["BK1"]["prices"] = [{"list_price": "29.99", "start": "2026-07-01", "label": "Tarif 2026-07"}]
    world.products["PK5"]["prices"] = [{"list_price": "1.00", "start": "2026-07-01"}]
    world.publish_catalog()
    term(world, "B540", end="2026-06-15", label="Offre spéciale")
    term(world, "LATER", step="bid", unit="NET", value="200", product="sku:TN1", start="2026-08-01", label="Net")
    rows = service.dearer(date(2026, 8, 31)).rows
    assert [(one.sku, one.reason, one.label, str(one.day)) for one in rows] == [
        ("TN1", "condition-starts", "Net", "2026-08-01"),
        ("MF9", "condition-ends", "Offre spéciale", "2026-06-16"),
        ("BK1", "list-price", "Tarif 2026-07", "2026-07-01"),
    ]
    moved = {one.sku: (one.net_now, one.net_then) for one in rows}
    assert moved["TN1"] == (Decimal("91.9894"), Decimal("200.0000"))
    assert moved["MF9"] == (Decimal("540.0000"), Decimal("612.0000"))
    assert moved["BK1"] == (Decimal("13.9930"), Decimal("20.9930"))
    assert [one.sku for one in service.dearer(date(2026, 6, 30)).rows] == ["MF9"]
    first = service.dearer(date(2026, 8, 31), limit=1)
    assert ([one.sku for one in first.rows], first.found, first.complete) == (["TN1"], 3, True)


def test_all_versions_of_one_with_what_changed(world: DeskWorld, service: ConditionService) -> None:
    first = service.history("G30")
    assert [(one.since, one.until, one.changed) for one in first.versions] == [(None, None, ())]
    assert first.known_since is not None
    term(world, "G30", value="25", end="2026-12-31")
    term(world, "G30", value="25", end="2026-12-31", stock_cap=9)
    world.feed(Del("terms", "G30"))
    newest, middle, oldest = service.history("G30").versions
    assert (newest.changed, middle.changed, oldest.changed) == (("stock_cap",), ("value", "end"), ())
    assert (oldest.condition.value, middle.condition.value) == (Decimal(30), Decimal(25))
    assert (oldest.since, oldest.until, middle.until) == (None, middle.since, newest.since)
    assert newest.until is not None
    assert service.history("NEVER").versions == ()


def test_a_version_of_another_dealer_is_not_told(world: DeskWorld, service: ConditionService) -> None:
    term(world, "G30", buyer="group:silver")
    assert [one.condition.buyer for one in service.history("G30").versions] == ["group:gold"]


def test_all_rows_at_once(service: ConditionService) -> None:
    assert [one.id for one in service.rows(ConditionQuery(), "fr")] == ids(service)
