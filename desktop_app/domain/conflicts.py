"""Records of one dealer that nothing tells apart: none of them counts, and all are named."""

from collections.abc import Iterable

from msgspec import Struct

from desktop_app.domain.condition import Condition, Step


class TermsConflict(Struct, frozen=True):
    """Two or more records that nothing tells apart: all of them are left out. `message` names them in English."""

    ids: tuple[str, ...]
    message: str


def without_conflicts(conditions: Iterable[Condition]) -> tuple[list[Condition], tuple[TermsConflict, ...]]:
    """The records that have no equal, and the conflicts.

    Records of equal rank start on the same day, so they overlap unless one of them ends before it starts.
    """
    rivals: dict[tuple[object, ...], list[Condition]] = {}
    holding = [one for one in conditions if one.start is None or one.end is None or one.start <= one.end]
    if len(holding) < 2:
        return holding, ()
    for condition in holding:
        identity = (
            condition.step,
            condition.buyer,
            condition.product,
            condition.wholesaler,
            condition.channel,
            condition.end_client,
            condition.amount_min if condition.step is Step.DOCUMENT else condition.qty_min,
            condition.start,
        )
        rivals.setdefault(identity, []).append(condition)
    kept = [group[0] for group in rivals.values() if len(group) == 1]
    conflicts = [_conflict(group) for group in rivals.values() if len(group) > 1]
    return kept, tuple(conflicts)


def _conflict(group: list[Condition]) -> TermsConflict:
    ids = tuple(sorted(condition.id for condition in group))
    one = group[0]
    since = f" from {one.start.isoformat()}" if one.start else ""
    reached = f"amount {one.amount_min}" if one.step is Step.DOCUMENT else f"quantity {one.qty_min}"
    return TermsConflict(
        ids,
        f"Conditions {', '.join(ids)} say different things about the same case "
        f"(step {one.step}, buyer {one.buyer}, product {one.product}, {reached}{since}); "
        "none of them is used.",
    )
