"""What happens in one run, and when: a schedule is made from a seed and a number alone, and can be told in words."""

from collections.abc import Sequence
from random import Random

from msgspec import Struct

from tests.simulation.scenarios import SCENARIOS

DESKS = ("D42", "D43")
SERVER, MANUFACTURER = "server", "manufacturer"

# How each act is told. `n` is the step's number, from which the act takes what it needs.
PERSON = {
    "order": "submits an order",
    "hold": "holds an order back",
    "release": "lets a held order go",
    "correct": "corrects an order and submits it",
    "withdraw": "makes a draft again of an order",
    "cancel": "cancels an order",
    "confirm": "takes changed terms",
    "send": "tries an order at once",
    "way-out": "takes a way out of a stuck order",
    "try": "tries everything at once",
    "crash": "crashes and is opened again after {n} seconds",
    "crash-soon": "crashes before its {n}th statement from now",
    "restart": "is closed and opened again",
    "offline": "loses the network for {n} minutes",
    "clock": "has its clock set wrong by {n} hours less 30",
    "clock-far": "has its clock set wrong by {n} days less 30",
    "command": "has an order put in by a command beside the open program",
    "put-back": "loses its file and is put back from its backup and the second copy",
}
OTHERS = {
    (SERVER, "crash"): "crashes and is down for {n} seconds",
    (SERVER, "clock"): "has its clock set wrong by {n} minutes less 30",
    (MANUFACTURER, "prices"): "imports other prices, list {n}",
    (MANUFACTURER, "progress"): "reports the progress of an order",
    (MANUFACTURER, "export"): "exports the new orders",
    (MANUFACTURER, "backup"): "backs his server up",
    (MANUFACTURER, "restore"): "puts a backup back with his command",
    (MANUFACTURER, "restore-by-hand"): "copies a backup over his server's file",
    (MANUFACTURER, "prices-die"): "imports other prices, list {n}, and the machine dies in it",
    (MANUFACTURER, "export-dies"): "exports the new orders, and the machine dies before one of its writes ({n})",
    (MANUFACTURER, "restore-dies"): "puts a backup back with his command, and the machine dies in it ({n})",
}
# Acts that are chosen more often than once in a round of all.
OFTEN = {
    "order": 5,
    "correct": 2,
    "cancel": 2,
    "confirm": 3,
    "crash-soon": 2,
    "prices": 5,
    "progress": 2,
    "export": 2,
    "backup": 2,
}
FAULTS = {
    "refused": "finds nobody listening",
    "lost": "is lost on the way; the desk waits 30 s",
    "gone": "is answered, and the connection breaks before the answer",
    "slow": "is answered after the desk has given up",
    "late": "arrives {n} minutes after the desk has given up",
    "double": "arrives a second time {n} minutes later",
    "cut": "is answered, and the answer is cut off",
    "short": "is answered, and the end of the answer is missing without a sign",
    "drip": "is answered so slowly that the desk gives up",
    "portal": "is answered by the sign-in page of a hotel",
    "redirect": "is sent elsewhere by something in between",
    "empty": "is answered 204 by something in between",
    "garbled": "is taken, and a JSON answer without meaning comes back",
    "mixed-up": "is lost, and the answer to another order comes back",
    "status-403": "is refused 403 by something in between",
    "json-400": "is refused 400 in JSON by something in between",
    "json-403": "is refused 403 in JSON by something in between",
    "problem-403": "is refused 403 by a gateway, with a problem document of its own",
    "status-401": "is answered 401 by something in between",
    "taken-400": "is taken, and something in between makes a refusal 400 of the answer",
    "status-408": "is answered 408",
    "status-429": "is answered 429, come back in an hour",
    "status-500": "is answered 500",
    "status-502": "is answered 502 by a front door",
    "status-503": "is taken, and answered 503",
    "status-511": "is answered 511 by the network",
    "desk-dies-before": "is about to leave when the desk crashes",
    "desk-dies-after": "is taken, and the desk crashes before the answer comes",
    "server-dies": "is worked on when the server crashes, before one of its writes ({n})",
}
# What only shows together with something else is chosen more often.
AIMED = {"taken-400": 3, "late": 3, "double": 3, "gone": 2, "server-dies": 3, "desk-dies-after": 2}
METHODS = ("PUT", "POST", "GET")
# The same told finer; a fault may name either.
REQUESTS = ("discovery", "look-up", "order", "answer", "request", "changes", "manifest", "file")
GAPS_S = (0.1, 0.3, 1.0, 3.0, 20.0, 120.0, 900.0, 3_600.0)


class Step(Struct, frozen=True):
    """Somebody acts, `at` seconds after the start."""

    at: float
    who: str
    act: str
    n: int


class Fault(Struct, frozen=True):
    """What becomes of the `nth` request with that method, or of that kind, of a desk (from 0)."""

    desk: str
    method: str
    nth: int
    kind: str
    n: int


class Schedule(Struct, frozen=True):
    """One run. `fresh`: the desks have joined but never synchronised."""

    seed: int
    number: int
    fresh: bool
    steps: tuple[Step, ...]
    faults: tuple[Fault, ...]


def make(seed: int, number: int) -> Schedule:
    """The schedule of that number; the same each time."""
    rng = Random(f"schedule {seed}/{number}")
    acts = [(desk, act) for desk in DESKS for act in PERSON] + list(OTHERS)
    # Few acts and faults in one schedule, each of them often: they meet in more ways than if all were always there.
    some = [act for act in acts if act[1] == "order" or rng.random() < 0.5]
    weights = [OFTEN.get(act, 1) for _, act in some]
    begun = _story(rng) if rng.random() < 0.5 else []
    at, steps = 1.0, list(begun)
    gaps = GAPS_S[: rng.randint(4, len(GAPS_S))]
    for who, act in rng.choices(some, weights, k=rng.randint(0, 6) if begun else rng.randint(5, 24)):
        at = round(at + rng.choice(gaps) * rng.uniform(0.2, 1.0), 3)
        steps.append(Step(at, who, act, rng.randint(1, 60)))
    steps.sort(key=lambda step: step.at)
    kinds = rng.choices(sorted(FAULTS), [AIMED.get(kind, 1) for kind in sorted(FAULTS)], k=rng.randint(1, 6))
    wanted = rng.choice((0, 2, 4, 8, 12))
    methods = rng.choices(METHODS, (6, 1, 2), k=wanted)
    places = {(rng.choice(DESKS), method, int(rng.expovariate(0.4))) for method in methods}
    if begun:
        # Where the story is about it.
        places |= {(begun[-1].who, rng.choice(REQUESTS), rng.randint(0, 1)) for _ in range(rng.randint(0, 3))}
    faults = tuple(Fault(*place, rng.choice(kinds), rng.randint(1, 60)) for place in sorted(places))
    return Schedule(seed, number, rng.random() < 0.15, tuple(steps), faults)


def _story(rng: Random) -> list[Step]:
    """One of the short stories, faster or slower, with other goods, by one of the desks."""
    told = SCENARIOS[rng.choice(sorted(SCENARIOS))]
    desk, pace = rng.choice(DESKS), rng.choice((0.3, 1.0, 3.0, 20.0))
    steps: list[Step] = []
    for at, who, act, n in told:
        begins = round(at * pace * rng.uniform(0.9, 1.1), 3)
        if steps and steps[-1].act == "crash-soon":
            # In the very act that follows.
            begins = round(steps[-1].at + 0.01, 3)
        if who == MANUFACTURER:
            steps.append(Step(begins, who, act, n))
        else:
            near = n + rng.randint(-2, 2) if act == "crash-soon" else rng.randint(1, 60)
            steps.append(Step(begins, desk, act, near))
    return steps


def in_words(schedule: Schedule) -> list[str]:
    """What happens, a line for each step and each fault."""
    begun = "joined, never synchronised" if schedule.fresh else "joined and synchronised"
    lines = [f"schedule {schedule.number} of seed {schedule.seed}: the desks have {begun}"]
    lines += [step_in_words(step) for step in schedule.steps]
    lines += [fault_in_words(fault) for fault in schedule.faults]
    return lines


def step_in_words(step: Step) -> str:
    """One step."""
    words = PERSON[step.act] if step.who in DESKS else OTHERS[step.who, step.act]
    return f"{step.at:10.3f} s  {step.who} {words.format(n=step.n)} ({step.act} {step.n})"


def fault_in_words(fault: Fault) -> str:
    """One fault."""
    return f"{fault.method} {fault.nth} of {fault.desk} {FAULTS[fault.kind].format(n=fault.n)} ({fault.kind})"


def smaller(schedule: Schedule) -> Sequence[Schedule]:
    """The same schedule without one of its faults or steps, each in turn."""
    steps, faults = schedule.steps, schedule.faults
    fewer = [_with(schedule, steps, faults[:i] + faults[i + 1 :]) for i in reversed(range(len(faults)))]
    return fewer + [_with(schedule, steps[:i] + steps[i + 1 :], faults) for i in reversed(range(len(steps)))]


def _with(schedule: Schedule, steps: tuple[Step, ...], faults: tuple[Fault, ...]) -> Schedule:
    return Schedule(schedule.seed, schedule.number, schedule.fresh, steps, faults)
