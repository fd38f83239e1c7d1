"""Every error of the API as application/problem+json (RFC 9457): a stable code and a sentence, never a trace."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any

from flask import Response

from caller.journal import Answer
from printers.troubles import TROUBLES, trouble_of

NOT_TAKEN = ("还没有取号，也没有占用号码", "No number was taken")
PRINTER_CODES = {"no_paper": "no_paper", "cover_open": "cover_open", "near_end": "paper_near_end"} | {
    state: f"printer_{state}" for state in ("cutter", "overheated", "fault", "offline", "silent")
}
"""By the printer's state; of any other the code is printer_not_ready."""

BAD_KEY = (422, "bad_key", "Idempotency-Key 最长 200 个可见字符", "Idempotency-Key: at most 200 characters")

BY_STATUS: dict[int, tuple[str, str, str]] = {
    400: ("malformed", "请求写得不对", "The request is malformed"),
    401: ("unauthorized", "请先登录：需要令牌", "A bearer token is needed"),
    403: ("forbidden", "您的身份不能做这件事", "This token may not do this"),
    404: ("not_found", "没有这个地址", "There is no such address"),
    405: ("method_not_allowed", "这个地址不能这样用", "This method is not allowed here"),
    409: ("refused", "现在不能这样做", "The rules refuse this now"),
    413: ("too_large", "内容太大", "The request is too large"),
    415: ("unsupported_media_type", "请用 JSON", "Send JSON"),
    422: ("invalid", "内容不对", "The request is not valid"),
    429: ("too_many", "太频繁了，请稍等", "Too many requests, please wait"),
    500: ("error", "没有办成，请再按一次，或呼叫工作人员", "That did not work. Try again or call staff"),
    503: ("not_kept", "没有办成，请再按一次，或呼叫工作人员", "It could not be kept. Try again or call staff"),
}


def problem_body(
    status: int, code: str = "", detail: str = "", detail_en: str = "", errors: Any = None
) -> dict[str, Any]:
    """The body for a status; code and sentences have the status's own as default, the title is HTTP's own word."""
    usual = BY_STATUS.get(status, BY_STATUS[500])
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": code or usual[0],
        "detail": detail or usual[1],
        "detail_en": detail_en or usual[2],
    }
    if errors:
        body["errors"] = errors
    return body


def problem(status: int, code: str = "", detail: str = "", detail_en: str = "", errors: Any = None) -> Response:
    """The same as a response."""
    return problem_response(problem_body(status, code, detail, detail_en, errors))


def problem_response(body: dict[str, Any]) -> Response:
    """A problem's body as a response."""
    status = body["status"]
    response = Response(json.dumps(body, ensure_ascii=False), status, content_type="application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"  # RFC 9110, 15.5.2
    return response


def problem_of(answer: Answer) -> dict[str, Any]:
    """The body for an answer of the dispatcher that is no success."""
    told = json.loads(answer.body)
    body = problem_body(answer.status, told["code"], told["detail"], told["detail_en"])
    return {**body, "facts": told["facts"]} if "facts" in told else body


def cannot_print(state: str) -> Response:
    """409: the kiosk's printer is not ready, and no number was burnt."""
    return problem_response(printer_problem(state))


def printer_problem(state: str) -> dict[str, Any]:
    """The same as a body."""
    what = trouble_of(state, True) or TROUBLES["unknown"]
    zh, en = f"{what.zh}。{NOT_TAKEN[0]}", f"{what.en}. {NOT_TAKEN[1]}"
    return problem_body(409, PRINTER_CODES.get(state, "printer_not_ready"), zh, en)
