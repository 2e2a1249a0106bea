"""Ways through the encyclopaedia that several solutions take."""

from __future__ import annotations

from sandbox_sites.common.hand import Hand, Steps, both, choose, click_at, enter, enter_at, follow, press, tick
from sandbox_sites.wiki.articles import Article

VIEWS = ".bar, .tray"


def contents(*articles: Article) -> Steps:
    """Go to articles, one after another, through the list of all."""
    return both(*(both(follow("Contents"), follow(article.title, within="main")) for article in articles))


def view(article: Article, name: str) -> Steps:
    """Go to one of an article's views."""
    return both(contents(article), follow(name, within=VIEWS))


def suggested(typed: str, title: str) -> Steps:
    """Type into the search box at the top and take a suggestion."""

    async def take(hand: Hand) -> None:
        await hand.press(hand.page.get_by_role("option").filter(has_text=title).first)
        await hand.page.locator("h1").get_by_text(title, exact=True).wait_for()

    return both(enter_at("Search the Tidebook", typed), take)


def advanced(words: str, *, kind: str = "", sort: str = "") -> Steps:
    """Search by the form that has filters."""
    chosen = ([choose("Category", kind)] if kind else []) + ([choose("Sort by", sort)] if sort else [])
    return both(follow("Advanced search"), enter({"Words": words}), *chosen, press("Search", within="main"))


def recent(*, editor: str = "", kind: str = "", hide: bool = False) -> Steps:
    """Filter the recent changes."""
    parts = [follow("Recent changes")]
    if hide:
        parts.append(tick("Hide minor edits"))
    if editor:
        parts.append(choose("Editor", editor))
    if kind:
        parts += [click_at("[data-pick] button"), click_at(f'[data-pick] li:text-is("{kind}")')]
    return both(*parts, press("Apply"))


def edit_box(article: Article, values: dict[str, str], summary: str) -> Steps:
    """Change values of an info box and publish."""
    return both(
        view(article, "Edit"), follow("Facts box"), enter(values), enter({"Summary of your edit": summary}),
        press("Publish changes"),
    )  # fmt: skip


def preference(tab: str, *parts: Steps) -> Steps:
    """Change something under a tab of the preferences, without saving yet."""

    async def show(hand: Hand) -> None:
        await hand.press(hand.page.get_by_role("tab", name=hand.say(tab), exact=True))

    return both(show, *parts)


def begin_topic(article: Article, title: str, text: str) -> Steps:
    """Begin a discussion of an article."""
    return both(
        view(article, "Discussion"), press("New topic"), enter({"Title of the topic": title, "Your message": text}),
        press("Post topic"),
    )  # fmt: skip


def editor_page(name: str) -> Steps:
    """Go to an editor's page through the list of editors."""
    return both(follow("Special pages"), follow("Editors", within="main"), follow(name, within="main"))
