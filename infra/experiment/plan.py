"""What is compared with what, and how one run goes. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any, Literal, NamedTuple

from pydantic import Field, ValidationError, model_validator

from infra.contracts.base import Contract
from infra.contracts.website import SurveyBounds
from infra.errors import InvalidInput
from infra.settings import Settings, load_settings

#: The sandbox's groups: what is practised, and what is surveyed but never practised.
PRACTISE = ("shop", "forum", "map", "forge")
UNSEEN = ("wiki", "booking", "admin")
SITES = (*PRACTISE, *UNSEEN)
PERTURBATIONS = ("layout", "slow", "failing", "cookies", "newsletter", "expiry", "hostile")
#: What all others are compared with.
REFERENCE = "full"
#: Where sites are practised one after another, the share of attempts that goes to those that had their turn.
REVISITS = 0.1
#: Two marks nearer to each other than this share of the budget are one.
LEAST_PART = 1e-6


class Role(StrEnum):
    """In which relation a measured website stands to the practice."""

    PRACTISE = "practise"  # surveyed and practised
    UNSEEN = "unseen"  # surveyed with neither practice nor demonstrations: the policy may read its map
    UNSURVEYED = "unsurveyed"  # the same websites without a map


class Configuration(Contract):
    """One way to learn. ``environment`` holds what differs from the defaults, as every service reads it."""

    name: str
    shows: str = Field(description="what a comparison with the full configuration says, in one line")
    sort: Literal["full", "control", "ablation"] = "ablation"
    environment: dict[str, str] = Field(default_factory=dict)
    survey_pages: int | None = Field(default=None, ge=1, description="bound on the survey of every website")
    revisits: float = Field(
        default=REVISITS, ge=0, le=0.5, description="share of a sequence's attempts on sites that had their turn"
    )


_ALL = (
    Configuration(name=REFERENCE, sort="full", shows="everything as it is by default"),
    Configuration(
        name="reward-off",
        sort="control",
        environment={"PAE_LEARNER__REWARD": "off"},
        shows="what demonstrations and hindsight teach where the learner gets no reward",
    ),
    Configuration(
        name="reward-shuffled",
        sort="control",
        environment={"PAE_LEARNER__REWARD": "shuffled"},
        shows="whether the right attempts are rewarded, or as many attempts of any sort would do",
    ),
    Configuration(
        name="no-curriculum",
        environment={"PAE_PROPOSER__CURRICULUM": "false"},
        shows="what choosing tasks of middling success adds to drawing them uniformly",
    ),
    Configuration(
        name="no-hindsight",
        environment={"PAE_LEARNER__HINDSIGHT": "false"},
        shows="what is learnt from that which failed attempts did achieve",
    ),
    Configuration(
        name="no-warm-start",
        environment={"PAE_PROPOSER__DEMONSTRATIONS": "false"},
        shows="what the proposer's own ways through some of its tasks add",
    ),
    Configuration(
        name="no-site-map",
        environment={"PAE_POLICY__SITE_MAP": "false"},
        shows="what reading the survey's map adds to reading the page alone",
    ),
    Configuration(
        name="cloning-only",
        environment={"PAE_LEARNER__OBJECTIVE": "cloning"},
        shows="what the policy gradient adds to cloning what succeeded",
    ),
    Configuration(
        name="gradient-only",
        environment={"PAE_LEARNER__OBJECTIVE": "policy_gradient"},
        shows="what cloning adds to the policy gradient",
    ),
    Configuration(
        name="no-meaning",
        environment={"PAE_POLICY__EMBEDDINGS": "off"},
        shows="what comparing meanings adds to comparing words",
    ),
    # The nearest thing to the paper's name-only context for a proposer that asks no language model: of the website
    # it knows the start page and what the controls there lead to.
    Configuration(
        name="home-page-only",
        survey_pages=1,
        shows="what a survey of the whole website adds to a look at its start page",
    ),
    Configuration(
        name="no-retention",
        environment={"PAE_PROPOSER__RETENTION_SHARE": "0"},
        revisits=0.0,
        shows="what is forgotten where nothing mastered is tried again; meant for a sequence of sites",
    ),
)
CONFIGURATIONS: Mapping[str, Configuration] = {one.name: one for one in _ALL}


def chosen(names: Sequence[str]) -> list[Configuration]:
    """Return the configurations of these names, each once, in their order.

    Raises:
        InvalidInput: there is no such configuration, or none was named; the message lists all.
    """
    unknown = [name for name in names if name not in CONFIGURATIONS]
    if unknown or not names:
        wrong = f"there is no configuration {', '.join(unknown)}" if unknown else "no configuration is named"
        raise InvalidInput(f"{wrong}; there are: {', '.join(CONFIGURATIONS)}")
    return [CONFIGURATIONS[name] for name in dict.fromkeys(names)]


def settings_of(environment: Mapping[str, str]) -> Settings:
    """Return the settings of a service that is started with these variables beside our own.

    Raises:
        ConfigurationError: one of them is wrong.
    """
    overrides: dict[str, Any] = {}
    for variable, value in environment.items():
        section, _, key = variable.removeprefix("PAE_").lower().partition("__")
        overrides.setdefault(section, {})[key] = value
    return load_settings(**overrides)


class Leg(NamedTuple):
    """A part of the practice; after it everything in ``measured`` is measured."""

    practised: tuple[str, ...]
    former: tuple[str, ...]  # had their turn before, and keep a small share
    until: float  # of the whole budget, in its unit
    measured: tuple[str, ...]


class Plan(Contract):
    """How every run of an experiment goes. Runs of different plans are not compared."""

    sites: tuple[str, ...] = PRACTISE
    unseen: tuple[str, ...] = UNSEEN
    sequence: bool = Field(default=False, description="the sites are practised one after another, in equal parts")
    minutes: float | None = Field(default=None, gt=0, description="of practice, measurements not counted")
    attempts: int | None = Field(default=None, ge=1, description="scored practice attempts, on all sites together")
    every: float | None = Field(default=None, gt=0, description="minutes or attempts from measurement to measurement")
    split: Literal["development", "final", "all"] = "development"
    wording: Literal["people", "plain"] = "people"
    limit: int | None = Field(default=None, ge=1, description="most tasks per site, but at the last measurement")
    last_limit: int | None = Field(default=None, ge=1, description="most tasks per site at the last measurement")
    perturbations: tuple[str, ...] = Field(default=(), description="the last measurement is made under each as well")
    contexts: int = Field(default=4, ge=1, le=64)
    survey: SurveyBounds = SurveyBounds()

    @model_validator(mode="after")
    def _fits(self) -> Plan:
        if (self.minutes is None) == (self.attempts is None):
            raise ValueError("give a budget in minutes or in attempts, one of them")
        if not self.sites:
            raise ValueError("name at least one site to practise")
        if twice := sorted({site for site in self.named if self.named.count(site) > 1}):
            raise ValueError(f"{', '.join(twice)} can have one role only")
        for what, names, known in (
            ("site", self.named, SITES),
            ("perturbation", self.perturbations, PERTURBATIONS),
        ):
            if unknown := [name for name in names if name not in known]:
                raise ValueError(f"there is no {what} {', '.join(unknown)}; there are: {', '.join(known)}")
        if self.sequence and self.unseen:
            raise ValueError("a sequence measures what is forgotten: it has no unseen sites")
        if self.sequence and self.every is not None:
            raise ValueError("a sequence is measured after each of its sites, not at intervals")
        return self

    @property
    def named(self) -> tuple[str, ...]:
        """Return all sites."""
        return (*self.sites, *self.unseen)

    @property
    def unit(self) -> Literal["minutes", "attempts"]:
        """Return what the budget is counted in."""
        return "minutes" if self.minutes is not None else "attempts"

    @property
    def total(self) -> float:
        """Return the whole budget, in its unit."""
        return float(self.minutes if self.minutes is not None else self.attempts or 0)

    def bounds(self, configuration: Configuration) -> SurveyBounds:
        """Return where surveys end."""
        if configuration.survey_pages is None:
            return self.survey
        return self.survey.model_copy(update={"pages": configuration.survey_pages})

    def legs(self) -> list[Leg]:
        """Return the parts of the practice, in order; the last one ends with the budget."""
        if self.sequence:
            count = len(self.sites)
            return [
                Leg((site,), self.sites[:turn], self.total * (turn + 1) / count, self.sites[: turn + 1])
                for turn, site in enumerate(self.sites)
            ]
        every = self.every or self.total
        marks = [every]
        while marks[-1] < self.total * (1 - LEAST_PART):
            marks.append(every * (len(marks) + 1))
        return [Leg(self.sites, (), min(mark, self.total), self.sites) for mark in marks]


def plan(**asked: Any) -> Plan:
    """Return the plan that was asked for. Raises InvalidInput with what is wrong with it."""
    try:
        return Plan(**asked)
    except ValidationError as error:
        wrong = []
        for item in error.errors():
            where = ".".join(map(str, item["loc"]))
            wrong.append((f"{where}: " if where else "") + item["msg"].removeprefix("Value error, "))
        raise InvalidInput("; ".join(wrong)) from error


class Job(NamedTuple):
    """One run."""

    configuration: Configuration
    seed: int

    @property
    def words(self) -> str:
        """Name it for people."""
        return f"{self.configuration.name}, seed {self.seed}"


def jobs(configurations: Sequence[Configuration], seeds: Sequence[int]) -> list[Job]:
    """Return the runs, seeds outermost: after the first round every configuration has one."""
    return [Job(configuration, seed) for seed in dict.fromkeys(seeds) for configuration in configurations]


def revisited(seconds: float, former: Sequence[str], share: float, period: float = 60.0) -> str | None:
    """Return which former site practises beside the present one at this second of practice; None for none.

    The dispatcher shares agents equally between websites under practice, so a former one joins for the end of every
    period, for twice its share of it. The former ones take turns.
    """
    if not former or share <= 0 or seconds % period < period * (1 - 2 * share):
        return None
    return former[int(seconds // period) % len(former)]
