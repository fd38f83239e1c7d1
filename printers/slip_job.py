"""A print job as a slip and its template."""

from __future__ import annotations

import logging

from devices.driver import DeviceError, Job
from printers.mistakes import TemplateProblems
from printers.slip import Slip
from printers.template import Template, from_job, shipped

log = logging.getLogger(__name__)


def read_job(job: Job) -> tuple[Slip, Template]:
    """The slip and how it is laid out. A template that this agent cannot read is printed as the shipped one: the
    visitor has to have a number. Raises DeviceError("fault") for a job that is no slip.
    """
    if job.kind != "print":
        raise DeviceError("fault", f"打印机不会做 {job.kind}。")
    try:
        slip = Slip.of(job.data)
    except (ValueError, TypeError) as wrong:
        raise DeviceError("fault", f"小票内容有误：{wrong}") from wrong
    try:
        return slip, from_job(job.data.get("template"))
    except TemplateProblems as wrong:
        log.warning("%s: the slip's template cannot be used here: %s", job.device, wrong)
        return slip, shipped()
