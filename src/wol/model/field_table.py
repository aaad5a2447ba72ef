"""wol's own fields of the front matter: the one table from which reading, the settings, the JSON Schema and the reference are made.

Source: the authoring format, section 2. Names ignore case, `-` and `_`.
"""

from __future__ import annotations

from wol.model.field import Field

FIELDS: tuple[Field, ...] = (
    Field("title", "text", "The title; default: the first `# H1`, else the file name with spaces. A note may have none."),
    Field("date", "date", "When it was written; default: the date at the start of the file name.", ("pubdate", "created", "published")),
    Field("updated", "date", "When it was last changed in a way that readers should know of.", ("lastmod", "modified", "last_modified_at")),
    Field("id", "id", "What names it for ever, whatever becomes of title, file and URL."),
    Field("guid", "text", "Its id in feeds, word for word: that of a former system."),
    Field("slug", "text", "The last part of its URL; default: the name of the file without date and extension."),
    Field("url", "path", "The whole path from the root, `/a/b/` or `/a/b.html`; wins over patterns.", ("permalink",)),
    Field("aliases", "list", "Old paths that lead here (with a `/` or `.html`), and other names of it.", ("alias", "redirect_from")),
    Field("kind", "name", "`post`, `note` or `page`; default: by its folder."),
    Field("template", "name", "The template that shows it; default: that of its kind."),
    Field("tags", "terms", "What it is about.", ("tag",)),
    Field("categories", "terms", "Where it belongs.", ("category",)),
    Field("authors", "authors", "Who wrote it; default: the author of the site.", ("author",)),
    Field("description", "text", "A sentence about it, for search engines and previews of links."),
    Field("summary", "markdown", "The excerpt in lists; default: the text above `<!--more-->`, else the first paragraph.", ("excerpt",)),
    Field("image", "image", "A picture for its top and for social media.", ("cover", "thumbnail", "feature_image", "featured_image")),
    Field("image_alt", "text", "What the picture shows, for those who do not see it."),
    Field("lang", "language", "Its language; default: the site's.", ("language", "locale")),
    Field("draft", "yes-no", "Not finished: in no release."),
    Field("publish", "date", "From when it is published; default: `date`.", ("publish_date",)),
    Field("expires", "date", "Until when it is published.", ("expiry_date", "unpublish_date")),
    Field("unlisted", "yes-no", "Reached by its link only: in no list, feed or sitemap."),
    Field("private", "yes-no", "In no build, whatever else is said."),
    Field("gone", "reason", "Withdrawn: its page says so, with the reason if one is given."),
    Field("canonical", "url", "The original, if it was first published elsewhere.", ("canonical_url",)),
    Field("link", "link", "What the title leads to, for a post about something elsewhere.", ("external_url", "source_url")),
    Field("syndication", "urls", "Copies of it elsewhere."),
    Field("toc", "yes-no", "Whether it has a table of contents; default: as the theme decides."),
    Field("feed", "yes-no", "`no` leaves it out of feeds."),
    Field("licence", "text", "SPDX id or URL of its licence; default: the site's.", ("license",)),
    Field("extra", "extra", "Anything at all, untouched: `page.extra` in templates.", ("params",)),
)

STATE_FIELDS: tuple[Field, ...] = (
    Field(
        "status",
        "status",
        "As in WordPress, Pelican, Nikola and Ghost: `published`, `publish`, `public`, `featured` or `live`; `draft`, `auto-draft`, `pending`, "
        "`unpublished` or `wip` (draft); `future` or `scheduled` (published from `date`; without one a draft); `hidden` or `unlisted` (unlisted); "
        "`private`, `skip`, `trash`, `inherit` or `sent` (private).",
    ),
    Field("published", "published", "`no` makes a draft, as in Jekyll; a date is `date`."),
    Field("build", "build", "As in Hugo: `list: never` is unlisted, `render: never` is private.", ("_build",)),
    Field("headless", "headless", "`yes` is private, as in Hugo."),
)
"""How other generators spell states. `publish` with yes or no is one of them too."""

MUST_SAY = frozenset(("draft", "private", "unlisted", "gone", "publish", *(field.name for field in STATE_FIELDS)))
"""Fields of states: left empty they are an error, since nobody can tell whether the text was to be held back."""

FOREIGN = "foreign"
"""What `[content.fields]` says of a key that is to mean nothing."""

RESERVED = ("circle", "from", "in_reply_to")
"""Refused: to ignore them could publish what was meant for few."""

SECRECY = ("password", "protected", "encrypt", "visibility")
"""Refused: they promise what a public file cannot keep."""

ONE_FILE_ONLY = ("id", "guid", "title", "date", "slug", "url", "aliases", "gone", "changes", "milestone", "translation_of")
"""Fields that `_defaults.toml` must not hold."""

TAXONOMY_ALSO = {field.name: field.also for field in FIELDS if field.type == "terms"}


def normal(name: str) -> str:
    """Give the form by which two spellings of a key are one: without case, `-` and `_`."""
    return name.lower().replace("-", "").replace("_", "")


FIELD_BY_NAME = {field.name: field for field in FIELDS}


def is_taxonomy(name: str) -> bool:
    """Tell whether a given name is that of a taxonomy, not of a field."""
    field = FIELD_BY_NAME.get(name)
    return field is None or field.type == "terms"


_NAMES = frozenset(normal(name) for field in (*FIELDS, *STATE_FIELDS) for name in (field.name, *field.also))


def is_field_name(name: str) -> bool:
    """Tell whether a key is a field or another spelling of one."""
    return normal(name) in _NAMES
