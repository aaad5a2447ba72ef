"""Taxonomies: a page of all terms, and a list for each term."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from wol import paths
from wol.model.feature import Feature, SiteInput, Views
from wol.model.target import Target
from wol.render.list_pages import describes, list_context, list_pages


class Taxonomies(Feature):
    """`/tags/` and `/tags/:slug/`, and the same for every taxonomy that has a term; one without terms has no page."""

    name = "taxonomies"
    needs = ("taxonomies", "terms", "sections")

    def targets(self, site: SiteInput) -> Iterable[Target]:
        terms = site.table("terms")
        for name, taxonomy in site.table("taxonomies").items():
            if not taxonomy["terms"]:
                continue
            origin = f"the taxonomy `{name}`"
            size = site.config.taxonomies[name].page_size
            keys = [f"{name}/{slug}" for slug in taxonomy["terms"]]
            yield _overview(site, name, taxonomy["url"], origin)
            for key in keys:
                term = terms[key]
                subject = describes(site, term["url"])
                origin = f"the term `{term['name']}` of the taxonomy `{name}`"
                args = {"term": key}
                yield from list_pages(
                    term["url"], term["items"], site.config, kind="term", subject=subject, args=args, origin=origin, size=size
                )

    @property
    def kinds(self) -> Mapping[str, Callable[[Views, Target], bytes]]:
        return {"terms": _terms, "term": _term}


def _overview(site: SiteInput, name: str, url: str, origin: str) -> Target:
    return Target(
        path=paths.output_path(url),
        kind="terms",
        template="terms.html",
        subject=describes(site, url),
        args={"taxonomy": name, "front": url},
        origin=origin,
        lasting="list",
    )


def _terms(views: Views, target: Target) -> bytes:
    taxonomy = views.taxonomy(target.args["taxonomy"])
    context = {
        "page": views.page(target.subject) if target.subject else None,
        "taxonomy": taxonomy,
        "heading": views.value("title", target.subject) if target.subject else taxonomy.label,
    }
    return views.render([target.template], context)


def _term(views: Views, target: Target) -> bytes:
    term = views.term(target.args["term"])
    return views.render([target.template], {**list_context(views, target, term.title), "term": term})


feature = Taxonomies()
