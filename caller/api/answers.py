"""What every call of the API answers with: JSON, the dispatcher's answer, or a problem that its document lists."""

from __future__ import annotations

import json
from typing import Any

from flask import Response

from caller.actions import NotAllowed
from caller.api import told
from caller.dispatcher import NotKept
from caller.journal import Answer
from caller.persons import NotValid
from caller.problems import problem_body, problem_of, problem_response

PROBLEMS = {
    status: {"description": text}
    for status, text in (
        (401, "No token"),
        (403, "The token may not"),
        (404, "Does not exist"),
        (409, "The rules refuse; nothing has changed"),
        (413, "Too large"),
        (415, "Neither CSV nor JSON"),
        (422, "Malformed"),
        (500, "A fault of this program; nothing has happened"),
        (503, "The journal could not keep it; nothing has happened"),
    )
}
for _it in PROBLEMS.values():
    _it["content"] = {"application/problem+json": {"schema": told.Problem.model_json_schema()}}


def problems(*statuses: int) -> dict[int, Any]:
    """For a call's document: the errors it can answer with. What asks the dispatcher may meet a fault of ours."""
    return {status: PROBLEMS[status] for status in (*statuses, *((500,) if 503 in statuses else ()))}


def json_response(body: Any, status: int = 200) -> Response:
    """The body as JSON, Chinese as it is written."""
    return Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json")


def told_answer(answer: Answer) -> Response:
    """What the dispatcher answered: its body, or its refusal as a problem."""
    if answer.status < 400:
        return Response(answer.body, answer.status, content_type="application/json")
    return problem_response(problem_of(answer))


def refusal(error: Exception) -> tuple[int, dict[str, Any]]:
    """The status and body for an error that an action raises, for HTTP and sockets alike."""
    if isinstance(error, NotAllowed):
        return (403, problem_body(403)) if error.known else (401, problem_body(401))
    if isinstance(error, NotValid):
        return 422, problem_body(422, error.code, error.sentence, error.sentence_en)
    if isinstance(error, NotKept):
        return 503, problem_body(503)
    raise error
