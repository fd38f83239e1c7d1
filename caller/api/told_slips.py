"""What the API answers about slips, as models."""

from __future__ import annotations

from pydantic import Field

from caller.api.told import Told


class KioskSlip(Told):
    id: str
    name: str
    width: int = Field(description="mm of paper.")
    mode: str = Field(description="auto, raster or native.")
    file: str = Field(description="Of its template.")
    own: bool = Field(description="false: the shipped template.")
    template: str = Field(description="Its text.")


class SampleTold(Told):
    name: str
    zh: str
    en: str


class SlipsTold(Told):
    kiosks: list[KioskSlip]
    samples: list[SampleTold]
    fields: dict[str, str] = Field(description="Every field a template may name, and what it says.")
    blocks: dict[str, list[str]] = Field(description="Every kind of block, and its options.")


class SlipProblem(Told):
    line: int = Field(description="Of the template; 0 is the file as a whole.")
    path: str
    what: str
    meant: str
    sentence: str


class SlipShown(Told):
    png: str | None = Field(description="In base64, one bit a dot; null while the template has mistakes.")
    mode: str | None = Field(None, description="How it was made: raster or native.")
    bytes: int | None = None
    speed: int | None = Field(None, description="Bit/s of the printer's line; 0 where it is none.")
    seconds: float | None = Field(None, description="On that line.")
    mm: int | None = Field(None, description="Length of paper.")
    dots: list[int] | None = Field(None, description="Across and down.")
    problems: list[SlipProblem]
