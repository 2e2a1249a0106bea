"""Tasks of one's own on a website: one at a time, or a file of other people's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Body, Query, Request, status
from pydantic import Discriminator, Tag
from starlette.datastructures import UploadFile

from infra import taskfiles
from infra.api.deps import Deps, Use
from infra.api.models import AddedTask, AddedTasks, NewTask, NewTaskFile, RejectedTask
from infra.api.routes.websites import checked_start
from infra.contracts.base import new_id
from infra.contracts.task import Origin, Task
from infra.contracts.website import Website
from infra.egress import parse_url
from infra.errors import InvalidInput

router = APIRouter(prefix="/v1/websites", tags=["websites"])


def _sort(body: object) -> str:
    match body:
        case dict():
            return "file" if "content" in body else "task"
        case NewTask():
            return "task"
        case NewTaskFile():
            return "file"
        case list():
            return "list"
    return "raw"


Given = Annotated[
    Annotated[NewTask, Tag("task")]
    | Annotated[NewTaskFile, Tag("file")]
    | Annotated[list[Any], Tag("list")]
    | Annotated[bytes, Tag("raw")],
    Discriminator(_sort),
    Body(),
]
Hosts = Annotated[
    Sequence[str], Query(description="what a placeholder of a file stands for: SHOPPING=http://127.0.0.1:7770")
]


@router.post("/{website_id}/tasks", status_code=status.HTTP_201_CREATED)
async def add_tasks(website_id: str, body: Given, request: Request, deps: Use, host: Hosts = ()) -> Task | AddedTasks:
    """Add a task of one's own, or those of a WebVoyager or WebArena file; with evidence they are practised.

    A file comes as it is (WebArena's JSON list as application/json, WebVoyager's JSON lines as application/x-ndjson),
    as ``{"content": "…"}``, or uploaded as the part ``file`` of multipart/form-data.
    """
    website = await deps.operations.store.website(website_id)
    if isinstance(body, NewTask):
        return await _add_one(deps, website, body)
    content = body.content if isinstance(body, NewTaskFile) else await _content(request)
    return await _add_file(deps, website, content, taskfiles.hosts_of(host))


async def _add_one(deps: Deps, website: Website, body: NewTask) -> Task:
    if body.rubric and deps.settings.evaluator.backend != "judge":
        raise InvalidInput("nobody here judges by a rubric: give evidence, or set evaluator.backend = judge")
    task = Task(
        id=new_id("tsk"),
        website_id=website.id,
        instruction=body.instruction,
        start_url=await checked_start(deps, website, body.start_url),
        kind=body.kind,
        origin=Origin.HUMAN,
        max_steps=body.max_steps,
        skill=f"{body.kind}:one's own",
        evidence=body.evidence,
        rubric=tuple(body.rubric),
    )
    await deps.operations.store.add_tasks([task])
    return task


async def _content(request: Request) -> str:
    """Return the file's text: the body itself, so that errors can name its lines, or its uploaded part."""
    raw = await request.body()
    if request.headers.get("content-type", "").startswith("multipart/"):
        async with request.form() as form:
            part = form.get("file")
            if not isinstance(part, UploadFile):
                raise InvalidInput("the upload has no part named file")
            raw = await part.read()
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise InvalidInput(f"line {line}: the file is not in UTF-8") from error


async def _add_file(deps: Deps, website: Website, content: str, hosts: dict[str, str]) -> AddedTasks:
    read = taskfiles.read(content, website, hosts, Origin.HUMAN)
    rejected = [RejectedTask(file_id=name, line=line, reason=reason) for name, line, reason in read.rejected]
    await _check_hosts(deps, website, read.tasks)
    await deps.operations.store.add_tasks(list(read.tasks))
    added = [
        AddedTask(id=task.id, file_id=task.metadata["file_id"], unscored=task.metadata.get("unscored"))
        for task in read.tasks
    ]
    return AddedTasks(format=read.format, added=added, rejected=rejected)


async def _check_hosts(deps: Deps, website: Website, tasks: tuple[Task, ...]) -> None:
    """Check each host once. Raises InvalidInput or ForbiddenAddress: all these hosts are the website's own."""
    for url in {parse_url(task.start_url)[:3]: task.start_url for task in tasks}.values():
        await checked_start(deps, website, url)
