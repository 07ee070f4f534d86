"""What the second manufacturer sells, and to whom."""

from tests.support.second_server.feed import Feed, now

DEALER, OTHER_DEALER = "K1", "K2"
GOODS = (("SAW", "12.50", "20", 1), ("NAILS", "0.0375", "20", 100), ("BOOK", "19.99", "5.5", 1))


def fill(feed: Feed) -> None:
    """A small catalogue and two dealers."""
    feed.put("families", "TOOL", {"code": "TOOL", "name_en": "Tools", "name_fr": "Outils"})
    for code, name in (("A", "Großhandel Alt"), ("B", "Handel Berg")):
        feed.put("wholesalers", code, {"code": code, "name": name})
    for sku, price, rate, pack in GOODS:
        product = {"sku": sku, "name": f"Ware {sku}", "list_price": price, "vat_rate": rate, "family": "TOOL"}
        feed.put("products", sku, product | {"pack_multiple": pack})
        feed.put("stock", f"A/{sku}", {"wholesaler": "A", "sku": sku, "available": 500})
    feed.put("stock", "B/NAILS", {"wholesaler": "B", "sku": "NAILS", "available": 3})
    feed.put("stock", "B/NAILS", None)
    feed.put("stock_dates", "A", {"wholesaler": "A", "as_of": now()})
    for account in (DEALER, OTHER_DEALER):
        feed.put("account", account, {"account": account, "name": f"Händler {account}"}, account)
