"""What chat models cost a website. Producer: infra.chat; consumers: API, dashboard."""

from __future__ import annotations

from pydantic import Field

from infra.contracts.base import Contract


class Price(Contract):
    """An amount of tokens and of money."""

    tokens: int = Field(ge=0)
    cost: int = Field(ge=0, description="in millionths of the currency that the prices are in")


class ChatSpending(Contract):
    """What one role (proposer or judge) spent on one website so far."""

    website_id: str
    role: str
    calls: int = Field(description="that were answered, or may have been charged for")
    input_tokens: int
    output_tokens: int
    cost: int = Field(description="in millionths of the currency that the prices are in")
    held: Price = Field(description="set aside for calls under way; what a crash left here stays spent")

    @property
    def total(self) -> Price:
        """Return what counts against the budget."""
        tokens = self.input_tokens + self.output_tokens + self.held.tokens
        return Price(tokens=tokens, cost=self.cost + self.held.cost)
