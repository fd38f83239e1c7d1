"""What a request may say about slips that are tried out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from caller.asked import Asked, Word


class TrySlip(Asked):
    """A slip to look at; what is left out is as the kiosk has it."""

    kiosk: Word = Field("", description="Whose printer and template. Empty: the first kiosk.")
    sample: Word = Field("materials", description="A sample ticket, from GET slips.")
    width: Literal[0, 58, 80] = Field(0, description="mm of paper. 0: the printer's.")
    mode: Literal["", "raster", "native"] = Field("", description="A picture or letters. Empty: as it is printed.")
    languages: list[Literal["zh", "en"]] = Field([], max_length=2, description="Empty: those of the template.")
    text: Annotated[str, Field(max_length=50_000)] | None = Field(
        None, description="A template; its pictures lie beside the hall's config. Left out: the kiosk's own."
    )
