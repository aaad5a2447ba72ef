"""What the writer should know about the site as a whole: ids that stand twice, posts without a date, settings that lead nowhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from wol.content.reference import read_reference
from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, RemoveLine
from wol.model.feed_settings import feeds_config
from wol.model.site import Table
from wol.model.step import Made, SiteInput
from wol.site.link_check import WITHHELD, LinkProblem, Surroundings
from wol.site.published import PUBLISHED
from wol.site.resolve import is_planned, resolve
from wol.site.small_texts import HAS_REFERENCES, small_texts

SETTINGS_COLUMNS = frozenset({"url", "section"})
"""The summary columns on which `check_settings` depends; the tables are those of `wol.site.link_check`."""


def check_settings(around: Surroundings) -> Iterator[LinkProblem]:
    """Follow what `site.toml` refers to."""
    config = around.config
    for number, entry in enumerate(config.theme.nav):
        message = f"`{entry.text}` in `[theme] nav` leads to `{entry.to}`"
        yield from _setting("link-broken", around, message, entry.to, ("theme", "nav", number, "to"))
    for source, target in config.redirects.items():
        message = f"`{source}` in `[redirects]` leads to `{target}`"
        yield from _setting("link-broken", around, message, target, ("redirects", source), may_be_gone=True)
    for where, typed in (
        (("site", "image"), config.site.image),
        (("site", "author", "photo"), config.site.author.photo),
        (("feeds", "podcast", "image"), feeds_config(config).podcast.image),
    ):
        if typed:
            *table, key = where
            yield from _setting("image-missing", around, f"`{key}` in `[{'.'.join(table)}]` is `{typed}`", typed, where)
    for path, text in small_texts(config):
        *table, key = path
        for link in around.references_in(text) if HAS_REFERENCES.search(text) else ():
            code = "image-missing" if link.use == "image" else "link-broken"
            yield from _setting(code, around, f"`{key}` in `[{'.'.join(table)}]` leads to `{link.raw}`", link.raw, path)


def _setting(
    code: str, around: Surroundings, message: str, typed: str, where: tuple[str | int, ...], *, may_be_gone: bool = False
) -> Iterator[LinkProblem]:
    """Follow the reference of the setting at `where`; one that `may_be_gone` may lead to the page of a withdrawn item, which says so to its readers."""
    link = read_reference(typed)
    if link is None:
        return
    destination = resolve(link, around.lookup, url="/", base=around.base)
    state = around.state_of(destination.key)
    if not destination.reason or (may_be_gone and state == "gone" and is_planned(around.planned, link.url)):
        return
    from wol.config.locate import locate

    line, column = locate(around.settings()).of_value(where)
    if state:
        yield LinkProblem(diagnostic("link-unpublished", f"{message}, which {WITHHELD[state]}", "site.toml", line, column))
    else:
        yield LinkProblem(diagnostic(code, f"{message}, which is not there", "site.toml", line, column), link.path or "/", typed)


def check_ids(site: SiteInput) -> Made:
    """Find ids and feed ids that two items have."""
    return Made(diagnostics=tuple(_doubled(site)))


def _doubled(site: SiteInput) -> Iterator[Diagnostic]:
    ids, guids, lines, urls = site.column("id"), site.column("guid"), site.column("lines"), site.column("url")
    folder = site.config.content.folder
    by_id: dict[str, list[str]] = defaultdict(list)
    by_feed_id: dict[str, list[str]] = defaultdict(list)
    for key, own_id in ids.items():
        if own_id:
            by_id[own_id].append(key)
    for key, feed_id in site.table("feed_ids").items():
        by_feed_id[feed_id].append(key)
    held = site.table(PUBLISHED)
    for name, first, other in _pairs(by_id, urls, held):
        message = f"`{folder}/{other}` has the same id as `{folder}/{first}`, `{name}`"
        hint = Hint("if it is a copy, delete the `id:` line in it; else give it another id", RemoveLine())
        yield diagnostic("id-duplicate", message, f"{folder}/{other}", lines[other].get("id", 0), hint=hint)
    aliases = site.column("aliases")
    for name, first, other in _pairs(by_feed_id, urls, held):
        if urls[first] in aliases[other] or urls[other] in aliases[first]:
            continue  # one address of two pages, which planning reports
        if guids[first] or guids[other] or (not ids[first] and not ids[other] and urls[first] != urls[other]):
            message = f"`{folder}/{other}` has the same id in feeds as `{folder}/{first}`, `{name}`"
            hint = Hint("if it is a copy, delete the `guid:` line in it; else give it another `guid`", RemoveLine())
            yield diagnostic("guid-duplicate", message, f"{folder}/{other}", lines[other].get("guid", 0), hint=hint if guids[other] else "")


def _pairs(groups: Mapping[str, list[str]], urls: Mapping[str, str], held: Table) -> Iterable[tuple[str, str, str]]:
    """Return each item but the first of every group, with the first: what was published comes before its copies, else the order is by path."""
    doubled = {name: sorted(group, key=lambda key: (urls[key] not in held, key)) for name, group in groups.items() if len(group) > 1}
    for name in sorted(doubled):
        first, *others = doubled[name]
        for other in others:
            yield name, first, other


def check_dates(site: SiteInput) -> Made:
    """Find posts in lists that have no date."""
    dates, folder = site.column("date"), site.config.content.folder
    message = "The post has no date: it comes last in lists and stays out of feeds"
    undated = (key for key in site.table("lists")["posts"] if dates[key] is None)
    return Made(diagnostics=tuple(diagnostic("post-undated", message, f"{folder}/{key}") for key in undated))
