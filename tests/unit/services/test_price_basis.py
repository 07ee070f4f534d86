"""What a price follows from, and a catalogue that stays the same for an open draft."""

from datetime import timedelta

from desktop_app.services.price_basis import RememberedCatalog
from tests.support.desk_world import DeskWorld


def test_the_stamp_changes_with_everything_a_price_follows_from(world: DeskWorld) -> None:
    stamps = [world.basis().stamp]
    world.publish_catalog()
    stamps.append(world.basis().stamp)
    world.publish_account()
    stamps.append(world.basis().stamp)
    world.time += timedelta(days=1)
    stamps.append(world.basis().stamp)
    assert len(set(stamps)) == 4
    assert world.basis().stamp == stamps[-1]
    assert world.basis().dealer.group == "gold"


def test_what_was_read_once_stays_across_a_change_of_the_catalogue(world: DeskWorld) -> None:
    remembered = RememberedCatalog(lambda: world.catalog)
    remembered.read_ahead(["TN1", "GONE"])
    product, offers = remembered.product("TN1"), remembered.offers("TN1")
    wholesaler = remembered.wholesaler("N")
    world.products["TN1"]["list_price"] = "1.00"
    world.products["GONE"] = {"sku": "GONE", "name": "Back", "list_price": "1", "vat_rate": "20"}
    world.stock["N/TN1"] = 0
    world.publish_catalog()
    assert remembered.product("TN1") is product
    assert remembered.offers("TN1") is offers
    assert remembered.wholesaler("N") is wholesaler
    assert remembered.product("GONE") is None
    assert remembered.offers("BK1")[0].available == 50
    assert remembered.wholesaler("Q") is None
