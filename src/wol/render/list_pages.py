"""What list features share: the pages of a list as targets, and the names that every list's template has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from wol import paths
from wol.model.config import Config
from wol.model.step import SiteInput
from wol.model.target import Target, Value
from wol.model.view_protocol import Views


def list_pages(
    url: str,
    keys: Sequence[str],
    config: Config,
    *,
    kind: str,
    subject: str = "",
    args: Mapping[str, Value] | None = None,
    origin: str = "",
    size: int = 0,
) -> Iterator[Target]:
    """Give a target for each page of the list at `url`, the front first; the kind is also the name of the template.

    `args` get `items` (keys, newest first), `number` (0: the front), and the URLs `front`, `older` and `newer` (empty where there is none). `subject`,
    the `_index.md` at the list's URL, is the front's alone: its text stands there and not on older pages. `size` is how many items a page has,
    0: as many as `[content]` says.
    """
    from wol.site.paginate import page_url, paginate

    for page in paginate(keys, size or config.content.page_size, config.content.pages):
        yield Target(
            path=paths.output_path(page_url(url, page.number)),
            kind=kind,
            template=f"{kind}.html",
            subject=subject if page.front else "",
            args={
                **(args or {}),
                "items": list(page.items),
                "number": page.number,
                "front": url,
                "older": "" if page.older is None else page_url(url, page.older),
                "newer": "" if page.newer is None else page_url(url, page.newer),
            },
            origin=origin,
            role="list" if page.front else "part",
        )


def describes(site: SiteInput, url: str) -> str:
    """Give the key of the `_index.md` whose text a list shows, or nothing; needs the table `sections`, which has none that is gone."""
    key: str = site.table("sections").get(url, "")
    return key


def list_context(views: Views, target: Target, heading: str) -> dict[str, object]:
    """Give the names of a list's template: `page`, `heading`, `posts`, and `pager` if it is cut into pages.

    `heading` is what a list is called that has no `_index.md`.
    """
    from wol.render.lists import PageList, Pager

    posts = PageList(target.args["items"], views.page)
    found: dict[str, object] = {
        "page": views.page(target.subject) if target.subject else None,
        "heading": views.value("title", target.subject) if target.subject else heading,
        "posts": posts,
    }
    if "number" in target.args:
        older, newer = (views.href(target.args[way]) if target.args[way] else None for way in ("older", "newer"))
        found["pager"] = Pager(posts, target.args["number"], front=views.href(target.args["front"]), older=older, newer=newer)
    return found
