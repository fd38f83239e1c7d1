"""Which class a number gets, and by what right: the visitor's age, or staff who ask for it."""

from __future__ import annotations

from datetime import date

from caller.asked import Take
from caller.persons import age_of
from caller.tokens import Who
from hall.plan import Plan


def class_given(body: Take, who: Who, plan: Plan, day: date) -> tuple[str, str] | None:
    """The class and its reason, "age", "staff" or ""; None when who asks has no right to the class. Raises NotValid."""
    service = plan.service.get(body.service)
    age = None if service and service.person == "none" else age_of(body.person, day)
    if body.klass != "normal" and (who.is_staff or who.role == "clerk"):
        return body.klass, "staff"
    if body.klass in ("normal", "care") and plan.care_age and age is not None and age >= plan.care_age:
        return "care", "age"
    return ("normal", "") if body.klass == "normal" else None
