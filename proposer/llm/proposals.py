"""What the chat model may propose. The reply is read one proposal at a time, so that one fault costs one task."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from infra.chat import Prompt
from infra.chat.fence import RULE
from proposer.llm.context import Context, told

SYSTEM = f"""You invent tasks by which an agent learns to use a website in a web browser. It sees pages, clicks, \
types, selects, scrolls, and ends with an answer, with "done", or by saying that a task cannot be done.
Every task must be
- diverse: other parts and functions of the website, other things, other wording, easy ones and hard ones;
- objective: with one right outcome, which names and values in the instruction make unmistakable;
- feasible: only with what the website has, as far as you were shown;
- judgeable: from screenshots of the last pages and the answer alone, by criteria that each name one thing to be seen;
- self-contained: understood without this conversation; without signing in, unless the description gives credentials.
Write instructions as people would who want something, in the language of the website; do not say where to click.
Tasks that ask a question end with an answer. A few may ask for something that the website plausibly could have and \
does not: these end as impossible.
First think of the criteria: what would the screenshots show? A criterion such as "the task is done" says nothing.
{RULE}"""


class Proposal(BaseModel):
    """One task."""

    model_config = ConfigDict(extra="forbid")

    instruction: str = Field(description="what the agent is asked to do, self-contained")
    start_path: str = Field(description="path of the page where it starts, as listed; / is the start page")
    kind: Literal["navigate", "find", "search", "fill", "compare", "change", "compose"] = Field(
        description="reach a page, find a fact, search or filter, fill in a form, compare things, change something, "
        "or several of these in a row"
    )
    ending: Literal["done", "answer", "impossible"] = Field(description="how the agent is to end it")
    rubric: list[str] = Field(description="one to five criteria, each about what is seen or answered")
    skill: str = Field(description="two to four words for the family of such tasks, such as: filter products")
    actions: int = Field(description="clicks and entries that it takes at least")
    needs_sign_in: bool


class Proposals(BaseModel):
    """Tasks for the website."""

    model_config = ConfigDict(extra="forbid")

    tasks: Annotated[
        list[Any], WithJsonSchema({"type": "array", "items": Proposal.model_json_schema(), "title": "Tasks"})
    ]


def prompt_of(context: Context, count: int) -> Prompt:
    """Return what the model is asked."""
    asked = f"Propose {count} tasks."
    if not context.website.safety.submit_forms:
        asked += " The agent may only look: nothing may be sent or changed on this website."
    return Prompt(SYSTEM, (*told(context), asked))
