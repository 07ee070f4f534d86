"""Plans over the wholesalers for an open draft, with their figures side by side. Finding them: `domain.plans`."""

from desktop_app.domain.plans import Allocation, PlanKind
from desktop_app.services.plan_views import DeliveryView, PlansView, PlanView, StaleStock

__all__ = ["Allocation", "DeliveryView", "PlanKind", "PlanView", "PlansView", "StaleStock"]
