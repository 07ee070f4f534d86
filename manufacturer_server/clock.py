"""The real clock and the source of ids; everything else is given them."""

import uuid
from datetime import UTC, datetime


def utc_now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)


def new_uuid() -> str:
    """A fresh random id."""
    return str(uuid.uuid4())
