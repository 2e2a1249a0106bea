"""Settings of a chat model, which roles share or have of their own."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator


class Section(BaseModel):
    """A group of settings; unknown keys are an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ChatSettings(Section):
    """A chat model: any that LangChain knows by name, or any server that speaks OpenAI's language (``base_url``)."""

    provider: str = Field(default="openai", min_length=1, description="LangChain's name of it: openai, anthropic, …")
    model: str = Field(default="", description="the model's name; must be set where a backend needs one")
    base_url: str | None = Field(default=None, description="of an OpenAI-compatible server; None: the provider's own")
    api_key: SecretStr | None = Field(default=None, description="environment only; None: the provider's own variable")
    method: Literal["json_schema", "function_calling"] = Field(
        default="json_schema", description="how structured output is asked for: response_format, or a tool"
    )
    temperature: float | None = Field(default=None, ge=0, le=2, description="None: the provider's default")
    max_output_tokens: int = Field(default=4096, ge=16, description="a longer reply counts as truncated")
    timeout_seconds: float = Field(default=60.0, gt=0, description="longest wait for one whole reply, however it drips")
    retries: int = Field(default=3, ge=0, le=10, description="further tries, of what may pass when tried again")
    retry_seconds: float = Field(default=1.0, gt=0, description="mean wait before the first further try; it doubles")
    longest_wait_seconds: float = Field(default=30.0, gt=0, description="longest wait between tries, Retry-After too")
    concurrency: int = Field(default=4, ge=1, le=256, description="calls at a time of one process")
    website_tokens: int | None = Field(
        default=10_000_000, ge=1, description="hard budget of tokens per website, all roles together; None: no bound"
    )
    website_cost: float | None = Field(
        default=None, gt=0, description="hard budget per website in the currency of the prices; None: no bound"
    )
    input_price: float = Field(default=0.0, ge=0, description="per million tokens")
    output_price: float = Field(default=0.0, ge=0, description="per million tokens")
    image_tokens: int = Field(default=2000, ge=0, description="what a picture may cost at most; held before each call")
    cache: Literal["off", "record", "replay"] = Field(
        default="off", description="record: ask once and keep the replies; replay: answer from kept replies alone"
    )
    cache_folder: str = "runs/pae/chat"

    @property
    def longest_seconds(self) -> float:
        """Return the longest that one question may take, with all its tries and the waits between them."""
        return (1 + self.retries) * self.timeout_seconds + self.retries * self.longest_wait_seconds

    @model_validator(mode="after")
    def _priced(self) -> Self:
        if self.website_cost is not None and not (self.input_price or self.output_price):
            raise ValueError("a budget of cost needs input_price and output_price, or nothing would ever cost anything")
        return self


class RoleChatSettings(ChatSettings):
    """A role's own chat model: what is not given here is the shared one's, budget and prices too.

    Not where to ask, if the role is sent elsewhere: neither a provider's address nor a key is of use to another, and
    the key must not be told to it.
    """

    @model_validator(mode="after")
    def _priced(self) -> Self:
        return self  # the prices may be the shared one's

    def over(self, shared: ChatSettings) -> ChatSettings:
        """Return the settings of the role's chat. Raises ValidationError where they do not fit together."""
        values: dict[str, Any] = {name: getattr(shared, name) for name in shared.model_fields_set}
        values |= {name: getattr(self, name) for name in self.model_fields_set}
        own = self.model_fields_set
        provided = "provider" in own and self.provider != shared.provider
        if provided and "base_url" not in own:
            values.pop("base_url", None)
        elsewhere = provided or ("base_url" in own and (self.base_url or None) != (shared.base_url or None))
        if elsewhere and "api_key" not in own:
            values.pop("api_key", None)
        return ChatSettings(**values)
