"""Taxonomies: a page of all terms, and a list for each term."""

from __future__ import annotations

from wol.codes.diagnostic_code import warnings
from wol.model.feature import Feature, Name
from wol.model.step import Step

feature = Feature(
    name="taxonomies",
    description="A page of all terms of each taxonomy, such as `/tags/`, and a list for each term.",
    steps=(
        Step(
            name="terms",
            make="wol.features.taxonomies.terms:make",
            provides=("taxonomies", "terms", "item_terms"),
            columns=frozenset({"terms", "lines"}),
            needs=frozenset({"listed"}),
        ),
        Step(
            name="channels",
            make="wol.features.taxonomies.pages:make_channels",
            provides=("term_channels",),
            needs=frozenset({"taxonomies", "terms", "published"}),
        ),
        Step(
            name="pages",
            make="wol.features.taxonomies.pages:plan",
            needs=frozenset({"taxonomies", "terms", "sections"}),
            plans=True,
        ),
    ),
    fine=frozenset({"taxonomies", "terms"}),
    channels=("term_channels",),
    kinds={"terms": "wol.features.taxonomies.pages:render_terms", "term": "wol.features.taxonomies.pages:render_term"},
    page={
        "tags": Name("wol.features.taxonomies.views:tags_of_page", "The terms of the taxonomy `tags`.", empty=()),
        "categories": Name("wol.features.taxonomies.views:categories_of_page", "The terms of the taxonomy `categories`.", empty=()),
        "terms": Name("wol.features.taxonomies.views:terms_of_page", "The terms of any taxonomy.", empty=(), takes_arguments=True),
    },
    site={
        "taxonomies": Name("wol.features.taxonomies.views:of_site", "The taxonomies, in the order of `site.toml`.", empty=()),
        "terms": Name("wol.features.taxonomies.views:terms_of_site", "The terms of a taxonomy, by name.", empty=(), takes_arguments=True),
    },
    views={"A term": "wol.features.taxonomies.views:TermView", "A taxonomy": "wol.features.taxonomies.views:TaxonomyView"},
    rules=("wol.features.taxonomies.rules:similar_terms",),
    codes=warnings(
        "feeds",
        {
            "feeds-brief": (
                "There are so many term feeds that they contain excerpts instead of full texts.",
                "say in `[feeds] terms` what they are to hold",
            )
        },
    ),
)
