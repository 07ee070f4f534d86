"""When to try again. Pure: the moment, the dice and the counts are given; who waits is `scheduler` and `push`."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

BASE_S = 2.0
CAP_S = 600.0
# What a server may ask for at most (`Retry-After` is clamped to it): no due time lies further ahead.
LONGEST_WAIT = timedelta(hours=1)
POISON_TRIES = 5
POISON_AGE = timedelta(minutes=15)
STUCK_RETRY = timedelta(days=1)
FAILURES_IN_A_ROW = 3
POLL_JITTER = 0.2


def delay(failures: int, rng: random.Random, retry_after: float | None = None) -> timedelta:
    """How long to wait after that many failures in a row: full jitter, never sooner than the server asked (seconds)."""
    ceiling = min(CAP_S, BASE_S * 2.0 ** min(max(failures, 1) - 1, 20))
    return timedelta(seconds=max(rng.uniform(0.0, ceiling), retry_after or 0.0))


def poll_delay(interval: timedelta, rng: random.Random) -> timedelta:
    """How long to wait after a round that went through: the interval, spread so that desks do not ask in step."""
    return interval * rng.uniform(1.0 - POLL_JITTER, 1.0 + POLL_JITTER)


def is_poison(attempts: int, first_try_at: datetime | None, now: datetime) -> bool:
    """Whether a message has failed so often, over so long, that a person must know (others go on meanwhile)."""
    return attempts >= POISON_TRIES and first_try_at is not None and now - first_try_at >= POISON_AGE


@dataclass(slots=True)
class Breaker:
    """Tells the server's trouble from a record's: after three failures in a row the server itself is asked.

    If that fails the round ends (the breaker is open); the next one asks again first, and one further failure is
    then enough to ask anew: one probe at a time.
    """

    failures: int = 0

    def failed(self) -> bool:
        """One more failure (network, 429, 5xx); True where the server is to be asked now."""
        self.failures += 1
        return self.failures >= FAILURES_IN_A_ROW

    def passed(self) -> None:
        """A record went through: the server works."""
        self.failures = 0

    def blames_records(self) -> None:
        """The server answered for itself: the records are the problem, the others go on."""
        self.failures = 0

    def opened(self) -> None:
        """The server did not answer for itself: nothing more is sent in this round."""
        self.failures = FAILURES_IN_A_ROW - 1
