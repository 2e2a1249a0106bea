"""Errors as problem details (RFC 9457): what went wrong, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from infra.errors import (
    Conflict,
    ForbiddenAddress,
    InvalidInput,
    NotFound,
    PaeError,
    StoreError,
    StreamError,
)

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"

#: The first class that fits decides.
STATUS: tuple[tuple[type[PaeError], HTTPStatus], ...] = (
    (ForbiddenAddress, HTTPStatus.FORBIDDEN),
    (InvalidInput, HTTPStatus.UNPROCESSABLE_ENTITY),
    (NotFound, HTTPStatus.NOT_FOUND),
    (Conflict, HTTPStatus.CONFLICT),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StreamError, HTTPStatus.SERVICE_UNAVAILABLE),
)


def problem(
    status: int, detail: str, *, kind: str = "about:blank", headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """Return a problem response; ``detail`` is fit for a user."""
    body = {"type": kind, "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    return JSONResponse(body, status, media_type=MEDIA_TYPE, headers=dict(headers or {}))


def _of_ours(_: Request, error: Exception) -> JSONResponse:
    status = next((status for kind, status in STATUS if isinstance(error, kind)), HTTPStatus.INTERNAL_SERVER_ERROR)
    retry = {"Retry-After": "2"} if status is HTTPStatus.SERVICE_UNAVAILABLE else {}
    return problem(status, str(error), kind=f"urn:pae:{type(error).__name__}", headers=retry)


def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for this class
    wrong = [
        {"at": ".".join(str(part) for part in item["loc"] if part != "body"), "problem": item["msg"]}
        for item in error.errors()
    ]
    detail = "; ".join(f"{item['at'] or 'body'}: {item['problem']}" for item in wrong)
    return problem(422, detail, kind="urn:pae:InvalidInput", errors=wrong)


def _http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for this class
    return problem(error.status_code, str(error.detail), headers=error.headers)


def _broken(request: Request, error: Exception) -> JSONResponse:
    log.error("a request broke", path=request.url.path, kind=type(error).__name__, exc_info=error)
    return problem(500, "something broke on our side; it is in the log")


def install(app: FastAPI) -> None:
    """Have every error answered as a problem."""
    app.add_exception_handler(PaeError, _of_ours)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _broken)
