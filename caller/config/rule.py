"""The config's keys of a rule: which ticket next."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from caller.config.values import Mistake, Part, Whole
from hall.plan import ClassName, Rule

RulePartName = Literal["window_priority", "class", "booked_on_time", "target", "accumulate", "ratio"]
Share = Annotated[Whole, Field(ge=1, le=999)]
PART_KEYS = {"ratio": "ratio", "target": "target", "accumulate": "rates"}


class RulePart(Part):
    """Which ticket next: the first of `parts` that tells two tickets apart decides, at last who has waited longer."""

    parts: list[RulePartName] = Field(
        ["window_priority"],
        description="In this order, and then standing. Empty: who has waited longest.",
    )
    classes: list[ClassName] = Field(
        ["urgent", "care", "booked", "normal"], description="For `class`: the classes, the first before the others."
    )
    rates: dict[ClassName, Share] = Field({}, description="For `accumulate`: credit a minute; one not named has 1.")
    ratio: dict[ClassName, Share] = Field({}, description="For `ratio`: {care: 2, normal: 3} of every five calls.")
    target: dict[ClassName, Share] = Field({}, description="For `target`: the promised wait in minutes.")
    run: Whole = Field(
        0, ge=0, le=99, description="So many calls in a row may overtake the same normal ticket. 0: no bound."
    )
    extra_wait: Whole = Field(
        0, ge=0, le=600, description="Nobody is overtaken by who has waited over so many minutes less. 0: no bound."
    )

    @model_validator(mode="after")
    def _parts_have_what_they_go_by(self) -> Self:
        for part, needs in (("ratio", self.ratio), ("target", self.target), ("accumulate", self.rates)):
            if part in self.parts and not needs:
                raise Mistake(f"the part {part!r} goes by {PART_KEYS[part]!r}, which is not written")
        return self

    def rule(self) -> Rule:
        """The same for the rules of the hall."""
        return Rule(**{name: tuple(it) if isinstance(it, list) else it for name, it in vars(self).items()})
