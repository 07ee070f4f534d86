"""A desk that is out of reach for a year and goes on ordering: nothing is asked too often, and then all leaves, once.

python -m tests.simulation.year_offline                            365 days, 300 orders: some minutes
python -m tests.simulation.year_offline --days 20 --orders 30      less of both
"""

import argparse
import asyncio
import sys
from collections import Counter

from msgspec import Struct

from tests.simulation.actors import Person
from tests.simulation.checkers import REQUESTS_AN_HOUR
from tests.simulation.run import Table, on_a_table
from tests.simulation.schedule import DESKS, Step

DAY_S = 86_400.0
# Nobody there, a page of a hotel's network, an answer that breaks off: each for so long, in turn.
KINDS = ("refused", "portal", "cut")
EACH_DAYS = 5
RECORDED = (201, 409, 422)


class Year(Struct, frozen=True):
    """What it came to. `answers` counts the recorded answers of each order by its id, `busiest` the requests of the
    hour with the most of them while the network failed.
    """

    violations: list[str]
    orders: int
    answers: Counter[str]
    busiest: int
    requests: int


def year_offline(days: int, orders: int) -> Year:
    """Let `days` pass in which every request fails and `orders` are submitted, then let the network be well."""
    busiest = 0

    async def play(table: Table) -> None:
        nonlocal busiest
        name, other = DESKS
        table.network.weather = lambda at: KINDS[int(at / DAY_S) // EACH_DAYS % len(KINDS)]
        await table.desks[name].start()
        person = Person(table.desks[name], table.network, table.ledger)
        for number in range(orders):
            await asyncio.sleep(days * DAY_S / orders)
            table.acts[name] += 1
            await person.act(Step(0.0, name, "order", 1 + number % 60))
        busiest = max(Counter(int(at / 3_600) for at in table.network.requests[name]).values())
        await table.desks[other].start()
        await table.end()

    table = on_a_table(f"a year offline {days} {orders}", play)
    answers = Counter(one.order_id for one in table.ledger.received if one.status in RECORDED)
    counts = table.ledger.counts
    return Year(table.ledger.violations, counts["orders"], answers, busiest, counts["requests"])


def main(arguments: list[str] | None = None) -> int:
    """Let it pass and tell what it came to; 1 where something was violated."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--days", type=int, default=365, help="how long (365)")
    parser.add_argument("--orders", type=int, default=300, help="how many orders meanwhile (300)")
    wanted = parser.parse_args(arguments)
    year = year_offline(wanted.days, wanted.orders)
    once = sum(count == 1 for count in year.answers.values())
    print(f"{wanted.days} days, {year.requests:,} requests, at most {year.busiest} in an hour")
    print(f"{year.orders} orders, {once} of them with one recorded answer")
    print("\n".join(["VIOLATED", *year.violations] if year.violations else ["NOTHING VIOLATED"]))
    fine = not year.violations and once == year.orders == wanted.orders and year.busiest <= REQUESTS_AN_HOUR
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
