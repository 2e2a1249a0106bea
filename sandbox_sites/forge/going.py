"""Tasks that end on a page: navigate."""

from __future__ import annotations

from collections.abc import Iterator

from sandbox_sites.common.hand import Steps, click_at, follow, give_up, steps
from sandbox_sites.common.site import Entry
from sandbox_sites.forge.judges import JUDGES
from sandbox_sites.forge.records import World
from sandbox_sites.forge.ways import open_merge, open_repo, open_user, preferences, tab

GO = "navigate"


def open_file(path: str) -> tuple[Steps, Steps]:
    """Unfold the folder of sources and open a file of it."""
    return click_at("[data-folder]"), follow(path.rpartition("/")[2], within="main")


def going(world: World) -> Iterator[Entry]:
    """Yield the tasks."""
    repos, users = world.repos, world.users
    yield Entry(
        GO, 1, "Where can I browse all the projects that are hosted here? Take me there.",
        JUDGES.reach("/explore"), steps(follow("Explore")), wrong=steps(follow("Snippets")),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"open the {repos[6].name} repo by {repos[6].owner}", JUDGES.reach(f"/{repos[6].full}"),
        steps(open_repo(repos[6])), wrong=steps(open_repo(repos[5])),
    )  # fmt: skip
    yield Entry(
        GO, 3, f"I want to read what came with each version of {repos[4].name}. Bring me to the page that lists them.",
        JUDGES.reach(f"/{repos[4].full}/releases"), steps(tab(repos[4], "Releases")),
        wrong=steps(tab(repos[4], "Commits")),
    )  # fmt: skip
    yield Entry(
        GO, 2, f"Who is {users[3].name}? Just pull up their profile.", JUDGES.reach(f"/{users[3].handle}"),
        steps(open_user(users[3])),
    )  # fmt: skip
    yield Entry(
        GO, 3, "I lost a laptop and need to see which SSH keys are on my account. Get me to that page, nothing more.",
        JUDGES.reach("/settings/keys"), steps(preferences("SSH keys")),
    )  # fmt: skip
    yield Entry(
        GO, 2, "is there a cheat sheet for the keyboard? open it please", JUDGES.reach("/help/shortcuts"),
        steps(follow("Help", "Keyboard shortcuts")),
    )  # fmt: skip
    path = repos[8].files[0].path
    yield Entry(
        GO, 4, f"Show me the code of {path} in {repos[8].full}.", JUDGES.reach(f"/{repos[8].full}/files/{path}"),
        steps(open_repo(repos[8]), *open_file(path)),
    )  # fmt: skip
    merge = repos[5].merges[0]
    yield Entry(
        GO, 4, f"A colleague wants me to look at !{merge.number} in {repos[5].name}. Could you open it?",
        JUDGES.reach(merge.path), steps(open_merge(merge)), wrong=steps(open_merge(repos[7].merges[0])),
    )  # fmt: skip
    yield Entry(
        GO, 3, f"Go to the wiki of {repos[9].full}.", JUDGES.refuse(), give_up(open_repo(repos[9])), answerable=False
    )
