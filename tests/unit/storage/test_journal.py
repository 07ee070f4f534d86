"""The journal answers "what happened?" in order, in any language's letters."""

from desktop_app.storage.journal import HERE, MANUFACTURER, Journal
from tests.support.desk_world import START, DeskWorld


def test_entries_come_back_in_the_order_they_happened(world: DeskWorld) -> None:
    journal = Journal(world.desk.connection)
    journal.add("a", START, "created")
    journal.add("b", START, "created")
    journal.add("a", START, "refused", [("detail", "quantité épuisée")], source=MANUFACTURER)
    world.restart()
    assert Journal(world.desk.connection).entries("a") == [
        (START, HERE, "created", ()),
        (START, MANUFACTURER, "refused", (("detail", "quantité épuisée"),)),
    ]
    assert Journal(world.desk.connection).entries("nobody") == []
