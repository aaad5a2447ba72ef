"""The pages of terms: `/tags/` and `/tags/:slug/`, and the same for every taxonomy that has a term; one without terms has no page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from wol import paths
from wol.errors import Diagnostic, diagnostic
from wol.features.taxonomies.terms import names_by_slug
from wol.features.taxonomies.views import TaxonomyView, term
from wol.fixes import AddSetting, Hint
from wol.model.feed import Channel
from wol.model.feed_settings import feeds_config
from wol.model.step import Made, SiteInput
from wol.model.target import Target
from wol.model.view_protocol import Views
from wol.render.list_pages import describes, list_context, list_pages

MANY = 100
"""Terms with feeds above which these hold excerpts: in one blog, they were 146 of its 214 MB."""


def make_channels(site: SiteInput) -> Made:
    """`term_channels`: the feeds of each term, but for those of a taxonomy with `feeds = false`.

    A term that has no posts any more keeps the feeds that were published, without entries: whoever follows them has done nothing wrong.
    """
    terms = site.table("terms")
    feeds = (url for url, entry in site.table("published").items() if entry["kind"] == "feed" and entry["is_due"])
    lists = {url.rpartition("/")[0] + "/" for url in feeds if url not in site.config.redirects}.difference(site.config.redirects)
    channels = {}
    for name, taxonomy in site.table("taxonomies").items():
        if not taxonomy["feeds"]:
            continue
        names = names_by_slug(site.config.taxonomies[name])
        for url, slug in _of_terms(taxonomy["url"], lists):
            channels[url] = Channel(title=names.get(slug, slug))
        for slug in taxonomy["terms"]:
            term = terms[f"{name}/{slug}"]
            channels[term["url"]] = Channel(title=term["title"] or term["name"], items=tuple(term["items"]))
    feeds_of_terms = feeds_config(site.config)
    is_brief = feeds_of_terms.terms == "summary" or (feeds_of_terms.terms == "auto" and len(channels) > MANY)
    if is_brief:
        channels = {url: msgspec.structs.replace(channel, is_brief=True) for url, channel in channels.items()}
    is_told = is_brief and feeds_of_terms.terms == "auto" and feeds_of_terms.content == "full" and bool(feeds_of_terms.formats)
    return Made({"term_channels": channels}, diagnostics=(_brief(len(channels)),) if is_told else ())


def _brief(number: int) -> Diagnostic:
    """Tell that the feeds of many terms hold excerpts, which is not what `content` says."""
    message = f"The feeds of {number:,} terms contain excerpts, because full texts would make up most of the site"
    hint = Hint(
        'to agree, write `terms = "summary"` in `[feeds]`; for whole texts, `terms = "full"`', AddSetting("feeds", 'terms = "summary"')
    )
    return diagnostic("feeds-brief", message, "site.toml", hint=hint)


def _of_terms(front: str, lists: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Return the URLs of lists that are those of terms, each with its slug."""
    for url in sorted(lists):
        slug = url.removeprefix(front).removesuffix("/")
        if url == f"{front}{slug}/" and slug and "/" not in slug:
            yield url, slug


def plan(site: SiteInput) -> Made:
    """Plan the pages of all taxonomies."""
    return Made(targets=tuple(_targets(site)))


def _targets(site: SiteInput) -> Iterator[Target]:
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


def _overview(site: SiteInput, name: str, url: str, origin: str) -> Target:
    return Target(
        path=paths.output_path(url),
        kind="terms",
        template="terms.html",
        subject=describes(site, url),
        args={"taxonomy": name, "front": url},
        origin=origin,
        role="list",
    )


def render_terms(views: Views, target: Target) -> bytes:
    taxonomy = TaxonomyView(views, target.args["taxonomy"])
    context = {
        "page": views.page(target.subject) if target.subject else None,
        "taxonomy": taxonomy,
        "heading": views.value("title", target.subject) if target.subject else taxonomy.label,
    }
    return views.render([target.template], context)


def render_term(views: Views, target: Target) -> bytes:
    shown = term(views, target.args["term"])
    return views.render([target.template], {**list_context(views, target, shown.title), "term": shown})
