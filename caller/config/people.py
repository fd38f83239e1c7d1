"""The config's keys of the people who work here: who sits at a window, and what they can do."""

from __future__ import annotations

from pydantic import Field

from caller.config.values import Id, Name, Part, Ref, Whole


class ClerkPart(Part):
    """工作人员: who sits at a window."""

    staff_no: Id = Field(description="The staff number; logs in at a keypad.")
    name: Name = Field(description="The name on the window screen.")
    stars: Whole = Field(0, ge=0, le=5, description="Shown on the window screen and the evaluator.")
    skills: list[Ref] = Field(
        [], description="The queues this clerk can serve, at whatever window. Empty: all that the window serves."
    )
