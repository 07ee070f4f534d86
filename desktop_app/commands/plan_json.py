"""Plans over the wholesalers as the JSON that scripts read: amounts with 2 decimals, days as 2026-06-11 or null."""

from datetime import date

from desktop_app.commands.order_json import Json, moment_json, problem_json
from desktop_app.domain.money import amount_text
from desktop_app.services.plan_views import PlansView, PlanView


def plans_json(view: PlansView) -> Json:
    """All plans side by side, and the wholesalers whose stock figures are stale."""
    return {
        "plans": {plan.kind.value: plan_json(plan) for plan in view.plans},
        "stale": [
            {"wholesaler": one.wholesaler, "name": one.name, "stock_as_of": moment_json(one.as_of)}
            for one in view.stale
        ],
        "elapsed_ms": round(view.elapsed_ms, 1),
    }


def plan_json(plan: PlanView) -> Json:
    """One plan: what it costs against the cheapest, when what comes from whom, where each line goes."""
    return {
        "total": amount_text(plan.total),
        "difference": amount_text(plan.difference),
        "fees": amount_text(plan.fees),
        "carriage": {one.wholesaler: amount_text(one.carriage) for one in plan.carriage},
        "refused": plan.refused,
        "proven": plan.proven,
        "bound": amount_text(plan.bound),
        "pieces": plan.pieces,
        "backordered": plan.backordered,
        "first_day": _day_json(plan.first_day),
        "pieces_by_first_day": plan.pieces_by_first_day,
        "complete_on": _day_json(plan.complete_on),
        "deliveries": [
            {
                "wholesaler": one.wholesaler,
                "name": one.name,
                "day": _day_json(one.day),
                "lines": one.lines,
                "pieces": one.pieces,
                "goods": amount_text(one.goods),
            }
            for one in plan.deliveries
        ],
        "lines": [
            {
                "sku": one.sku,
                "wholesaler": one.wholesaler,
                "quantity": one.quantity,
                "in_stock": one.in_stock,
                "stock_arrives": _day_json(one.stock_arrives),
                "arrives": _day_json(one.arrives),
            }
            for one in plan.allocations
        ],
        "problems": [problem_json(problem) for problem in plan.problems],
    }


def _day_json(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
