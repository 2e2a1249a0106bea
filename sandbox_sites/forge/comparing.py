"""Tasks whose answer needs several pages or rows."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import follow, give_up, steps
from sandbox_sites.common.judging import says
from sandbox_sites.common.site import Entry
from sandbox_sites.forge.judges import JUDGES, names
from sandbox_sites.forge.picking import first, percent, progressing, ranked, setting
from sandbox_sites.forge.records import Asset, Repo, World
from sandbox_sites.forge.ways import open_repo, open_user, own_tab, tab

KIND = "compare"


def _mb(asset: Asset) -> float:
    return float(asset.size.split()[0])


def comparing(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    yield from _of_two(world)
    yield from _of_rows(world)


def _of_two(world: World) -> Iterator[Entry]:
    repos, users = world.repos, world.users
    one = repos[4]
    two = first(repos[5:], lambda repo: repo.releases[0].when != one.releases[0].when)
    later, earlier = ranked((one, two), lambda repo: repo.releases[0].when)
    yield Entry(
        KIND, 6, f"Which project has put out a new version more recently: {one.name} or {two.name}?",
        JUDGES.tell_of((f"/{one.full}/releases", f"/{two.full}/releases"), says(later.name, later.full)),
        steps(tab(one, "Releases"), tab(two, "Releases"), answer=later.name),
        wrong=steps(tab(one, "Releases"), tab(two, "Releases"), answer=earlier.name),
    )  # fmt: skip
    three = repos[6]
    four = first(repos[7:], lambda repo: setting(repo, "workers") != setting(three, "workers"))
    most, least = ranked((three, four), lambda repo: setting(repo, "workers"))
    pages = (_settings(three), _settings(four))
    yield Entry(
        KIND, 6,
        f"I'm comparing the default settings of {three.name} and {four.name}: which of them starts more workers?",
        JUDGES.tell_of(pages, says(most.name, most.full)),
        steps(open_repo(three), follow("settings.yaml"), open_repo(four), follow("settings.yaml"), answer=most.name),
        wrong=steps(open_repo(three), follow("settings.yaml"), open_repo(four), follow("settings.yaml"),
                    answer=least.name),
    )  # fmt: skip
    older, younger = sorted(users[1:3], key=lambda user: user.joined)
    yield Entry(
        KIND, 4, f"who has been around longer on here, {users[1].name} or {users[2].name}?",
        JUDGES.tell_of((f"/{users[1].handle}", f"/{users[2].handle}"), names(older)),
        steps(open_user(younger), open_user(older), answer=older.name),
        wrong=steps(open_user(younger), open_user(older), answer=younger.name),
    )  # fmt: skip
    yield Entry(
        KIND, 4, f"Was {repos[8].name} or {repos[9].name} downloaded more often last month?", JUDGES.refuse(),
        give_up(open_repo(repos[8]), open_repo(repos[9])), answerable=False,
    )  # fmt: skip


def _settings(repo: Repo) -> str:
    return f"/{repo.full}/files/settings.yaml"


def _of_rows(world: World) -> Iterator[Entry]:
    repos = world.repos
    biggest, second = ranked(repos[0].merges, lambda merge: merge.added)[:2]
    path = f"/{repos[0].full}/merges"
    yield Entry(
        KIND, 2, f"Several merge requests are waiting in my {repos[0].name}. Which one adds the most lines?",
        JUDGES.tell(path, says(biggest.title, f"!{biggest.number}", f"!{biggest.number} {biggest.title}",
                               f"{biggest.title} (!{biggest.number})")),
        steps(own_tab(repos[0], "Merge requests"), answer=biggest.title),
        wrong=steps(own_tab(repos[0], "Merge requests"), answer=second.title),
    )  # fmt: skip
    repo = progressing(world)
    furthest = ranked(repo.milestones, lambda plan: percent(repo, plan))[0]
    yield Entry(
        KIND, 2 if world.mine(repo.owner) else 3,
        f"Look at the plans for {repo.full}: which milestone is closest to done, going by percentage?",
        JUDGES.tell(f"/{repo.full}/milestones", says(furthest.title)),
        steps(tab(repo, "Milestones"), answer=furthest.title),
    )  # fmt: skip
    smallest, *others = sorted(repos[9].releases[0].assets, key=_mb)
    yield Entry(
        KIND, 3,
        f"My connection is awful. Which file of the newest {repos[9].name} release is the smallest? Give me its name.",
        JUDGES.tell(f"/{repos[9].full}/releases", says(smallest.name)),
        steps(tab(repos[9], "Releases"), answer=smallest.name),
        wrong=steps(tab(repos[9], "Releases"), answer=others[0].name),
    )  # fmt: skip
