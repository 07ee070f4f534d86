"""The commands that look at terms: what was in force, a price explained, the runs of `import`."""

import argparse
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import msgspec

from manufacturer_server.clock import utc_now
from manufacturer_server.storage.database import Database

if TYPE_CHECKING:
    from desktop_app.contract.documents import AgreementDoc, ConditionDoc

AddCommand = Callable[[str, Callable[[argparse.Namespace], int], str], argparse.ArgumentParser]


def add_commands(command: AddCommand) -> None:
    """Add these commands to the program's."""
    when = "a day (its last moment) or a time; the past as it was stored then"
    conditions = command("conditions", _conditions, "Print the conditions and agreements in force for a dealer.")
    conditions.add_argument("--dealer", required=True, metavar="ACCOUNT")
    conditions.add_argument("--at", default="", metavar="DATE", help=when)
    conditions.add_argument("--product", default="", metavar="SKU", help="only those that mean this product")
    conditions.add_argument("--json", action="store_true", help="as one JSON object")

    price = command("price", _price, "Print what a dealer pays for a product, and why.")
    price.add_argument("--dealer", required=True, metavar="ACCOUNT")
    price.add_argument("--product", required=True, metavar="SKU")
    price.add_argument("--quantity", type=_quantity, default=1, metavar="N")
    price.add_argument("--wholesaler", default="", metavar="CODE", help="at this one only")
    price.add_argument("--end-client", default="", metavar="NAME", help="for a special bid")
    price.add_argument("--at", default="", metavar="DATE", help=when)

    imports = command("imports", _imports, "List the runs of import, the latest first.")
    imports.add_argument("--json", action="store_true", help="as one JSON list")


def _quantity(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:7]) <= 999_999 and len(text) <= 6):
        raise argparse.ArgumentTypeError("a whole number from 1 to 999999")
    return int(text)


def _conditions(args: argparse.Namespace) -> int:
    from manufacturer_server.history import TermsThen, meant, then

    with closing(Database.open(args.data)) as database, database.reading() as connection:
        found = TermsThen(connection, args.dealer, then(connection, args.at, utc_now()))
        conditions = found.conditions()
        agreements = found.agreements()
        if args.product:
            conditions = meant(conditions, found.product(args.product))
    if args.json:
        answer = {
            "dealer": found.dealer.account,
            "group": found.dealer.group,
            "at": found.moment.at,
            "day": found.moment.day,
            "conditions": conditions,
            "agreements": agreements,
        }
        print(msgspec.json.encode(answer).decode())
        return 0
    from manufacturer_server.sheets import text_table

    for line in text_table(_CONDITION_COLUMNS, [_condition_cells(doc) for doc in conditions]):
        print(line)
    if agreements:
        print()
    for line in text_table(_AGREEMENT_COLUMNS, _agreement_cells(agreements)):
        print(line)
    count = f"{len(conditions):,} conditions and {len(agreements):,} agreements"
    print(f"{count} in force for {found.dealer.account} {found.dealer.name} on {found.moment.day}.")
    return 0


def _price(args: argparse.Namespace) -> int:
    from manufacturer_server.history import TermsThen, then
    from manufacturer_server.price_words import Question, price_lines
    from manufacturer_server.sheets import one_line

    question = Question(args.product, args.quantity, args.wholesaler, args.end_client)
    with closing(Database.open(args.data)) as database, database.reading() as connection:
        found = TermsThen(connection, args.dealer, then(connection, args.at, utc_now()))
        for line in price_lines(found, question):
            print(one_line(line))
    return 0


def _imports(args: argparse.Namespace) -> int:
    from manufacturer_server.importing.runs import all_runs

    with closing(Database.open(args.data)) as database, database.reading() as connection:
        runs = all_runs(connection)
    if args.json:
        print(msgspec.json.encode(runs).decode())
        return 0
    from manufacturer_server.sheets import text_table

    columns = ("run", "at (UTC)", "file", "added", "changed", "withdrawn", "unchanged", "refused", "")
    rows = []
    for run in runs:
        for place, file in enumerate(run.files):
            counts = (file.added, file.changed, file.withdrawn, file.unchanged, file.refused)
            head = ("", "") if place else (str(run.number), f"{run.at:%Y-%m-%d %H:%M:%S}")
            rows.append((*head, file.file, *(f"{count:,}" for count in counts), "merged" if run.merge else ""))
    for line in text_table(columns, rows):
        print(line)
    if not rows:
        print("Nothing has been imported yet.")
    return 0


_CONDITION_COLUMNS = (
    "id",
    "step",
    "value",
    "for",
    "product",
    "wholesaler",
    "from",
    "to",
    "begins at",
    "end client",
    "quota",
    "stock cap",
    "document",
    "label",
)
_AGREEMENT_COLUMNS = ("agreement", "for", "from", "to", "tiers", "mode", "base", "document", "label")


def _condition_cells(doc: "ConditionDoc") -> Sequence[str]:
    begins = f"{doc.amount_min} EUR" if doc.amount_min != "0" else str(doc.qty_min or "")
    return (
        doc.id,
        doc.step.value,
        f"{doc.value} {doc.unit.value}",
        doc.buyer,
        doc.product,
        doc.wholesaler,
        str(doc.start or ""),
        str(doc.end or ""),
        begins,
        doc.end_client,
        "" if doc.quota is None else str(doc.quota),
        "" if doc.stock_cap is None else f"{doc.stock_cap} ({doc.stock_used} used)",
        doc.contract_ref,
        doc.label,
    )


def _agreement_cells(agreements: "Sequence[AgreementDoc]") -> Iterator[Sequence[str]]:
    for doc in agreements:
        tiers = "; ".join(f"{tier.percent} % from {tier.turnover_from}" for tier in doc.tiers)
        dates = str(doc.start), str(doc.end)
        yield doc.id, doc.buyer, *dates, tiers, doc.mode.value, doc.base.value, doc.contract_ref, doc.label
