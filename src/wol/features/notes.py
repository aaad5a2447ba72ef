"""The list of notes at `/notes/`: garden pages and short texts, newest first, undated ones last."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target, Value
from wol.render.list_pages import describes, list_context, list_pages

URL = "/notes/"


class Notes(Feature):
    """One list, if there are notes or an `_index.md` for it.

    The table `note_list`, empty if there is no list: `url`, and `title` as feeds call it.
    """

    name = "notes"
    columns = frozenset({"title"})
    needs = ("lists", "sections", "note_list")
    provides = ("note_list",)

    def tables(self, site: SiteInput) -> Mapping[str, Mapping[str, Value]]:
        subject = describes(site, URL)
        if not subject and not site.table("lists").get("notes"):
            return {"note_list": {}}
        return {"note_list": {"url": URL, "title": site.column("title")[subject] if subject else "Notes"}}

    def targets(self, site: SiteInput) -> Iterable[Target]:
        if not site.table("note_list"):
            return ()
        return list_pages(URL, site.table("lists").get("notes", ()), site.config, kind="notes", subject=describes(site, URL))

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"notes": _notes}


def _notes(views: Views, target: Target) -> bytes:
    """Render the list; a theme that has no `notes.html` of its own shows it as it shows any folder."""
    return views.render([target.template, "section.html"], list_context(views, target, "Notes"))


feature = Notes()
