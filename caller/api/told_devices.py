"""What the API answers about the hardware, as models."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from caller.api.told import Told


class LastError(Told):
    at: str
    error: str


class AgentTold(Told):
    name: str
    online: bool
    since: str
    version: str = Field(description="Empty until it has been here once.")
    older: bool = Field(description="Than this hub: the machine wants an update.")
    runs: dict[str, Any] = Field(description="python, platform, packages (of its drivers, with their versions).")


class Standing(Told):
    id: str
    agent: str
    port: str
    virtual: bool
    state: str
    since: str
    error: str = Field(description="A sentence; empty while all is well.")
    last_error: LastError | None = Field(description="The last there was, also when all is well again.")
    counts: dict[str, int]


class LineSeen(Standing):
    speed: int


class DeviceTold(Standing):
    kind: str
    driver: str
    experimental: bool = Field(description="Its wire format is known from one public source only.")
    page: str = Field(description="The page in docs/ that tells of it.")
    line: str
    address: int
    window: str
    kiosk: str
    area: str
    zone: str
    about: dict[str, Any] = Field(description="What it says of itself: firmware, model, where it can be asked.")
    detail: dict[str, Any]
    far: dict[str, Any] = Field(description="What a virtual device shows.")


class DevicesTold(Told):
    now: str
    version: str = Field(description="Of this hub.")
    agents: list[AgentTold]
    lines: list[LineSeen]
    devices: list[DeviceTold]
