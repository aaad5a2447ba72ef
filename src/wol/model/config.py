"""The settings of a site: what `site.toml` may say, with defaults and reference texts.

These classes are the only definition: validation, the JSON Schema and the reference page are made of them
(pydantic reads the `metadata` of the fields, and the docstrings are the descriptions of the tables). Keys and defaults: the authoring
format, section 7. What no type can say (zones, addresses, patterns, circles) is checked by `wol.config.checks`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal


def _doc(description: str, **constraints: Any) -> dict[str, Any]:
    return {"description": description, **constraints}


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of `site.toml` with fixed keys: any other key is an error."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorConfig(Table):
    """Who writes here: shown under posts, in the author box and in feeds."""

    name: str = field(default="", metadata=_doc("Your name, as it stands under posts and in feeds."))
    url: str = field(default="", metadata=_doc("Your home page, if it is not this site."))
    email: str = field(default="", metadata=_doc("Shown in the author box and in feeds."))
    photo: str = field(default="", metadata=_doc("Path or URL of a picture of you."))
    bio: str = field(default="", metadata=_doc("A sentence or two about you, in Markdown."))
    me: tuple[str, ...] = field(default=(), metadata=_doc("Your profiles elsewhere, linked with rel=me."))


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig(Table):
    """What the site is, and where it is published."""

    title: str = field(metadata=_doc("The name of the site."))
    base_url: str = field(metadata=_doc("Where the site is published, absolute, with its path if it has one: `https://example.org/blog`."))
    description: str = field(default="", metadata=_doc("What the site is about, for search engines and feeds."))
    language: str = field(default="en", metadata=_doc("Language of the site, as a BCP 47 tag."))
    timezone: str = field(default="UTC", metadata=_doc("Zone of dates that are typed without an offset, such as `Europe/London`."))
    licence: str = field(default="", metadata=_doc("SPDX id or URL of the licence of the texts."))
    image: str = field(default="", metadata=_doc("Picture for social media where an item has none."))
    author: AuthorConfig = field(default_factory=AuthorConfig, metadata=_doc("Who writes here."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentConfig(Table):
    """Where the sources are, and what they become."""

    folder: str = field(default="content", metadata=_doc("The folder of the sources."))
    ignore: tuple[str, ...] = field(default=(), metadata=_doc("Files that are not read, as gitignore patterns from the content folder."))
    default_kind: Literal["page", "note", "post"] = field(default="page", metadata=_doc("Kind of a file that no rule gives one."))
    page_size: int = field(default=10, metadata=_doc("Items on a page of a list.", ge=1, le=1000))
    pages: Literal["stable", "newest"] = field(
        default="stable",
        metadata=_doc("`stable`: page 7 keeps its items when new ones come; `newest`: the usual numbering from the newest."),
    )
    misspelt: Literal["error", "warning"] = field(default="error", metadata=_doc("What a key that is almost a field's name is."))
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict, metadata=_doc('Folders of each kind: `note = ["garden"]`.'))
    permalinks: dict[str, str] = field(
        default_factory=dict, metadata=_doc('URL pattern of each kind, and of `archive`, `year` and `month`: `post = "/:year/:slug/"`.')
    )
    static: dict[str, str] = field(
        default_factory=lambda: {"/": "static"}, metadata=_doc("Folders that are copied as they are: prefix = folder.")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TermConfig(Table):
    """How one term of a taxonomy is shown."""

    title: str = field(default="", metadata=_doc("How the term is shown."))
    description: str = field(default="", metadata=_doc("What the term is about, in Markdown."))


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxonomyConfig(Table):
    """A way to file items: a field of the front matter that holds a list of names."""

    label: str = field(default="", metadata=_doc("Name of the taxonomy in the plural, default: its key."))
    singular: str = field(default="", metadata=_doc("Name of one term's sort, default: the key."))
    feeds: bool = field(default=True, metadata=_doc("Whether each term has feeds."))
    path: str = field(default="", metadata=_doc("First part of the URLs, default: the key."))
    page_size: int = field(default=0, metadata=_doc("Items on a page of a term's list; 0: as `[content]` has it.", ge=0, le=100_000))
    split: Literal["comma", "space"] = field(default="comma", metadata=_doc("Where a text of several names is cut."))
    slugs: dict[str, str] = field(default_factory=dict, metadata=_doc('Slugs of names: `"C++" = "cpp"`.'))
    terms: dict[str, TermConfig] = field(default_factory=dict, metadata=_doc("Title and description of single terms."))


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedsConfig(Table):
    """RSS, Atom and JSON Feed."""

    formats: tuple[Literal["rss", "atom", "json"], ...] = field(default=("rss", "atom", "json"), metadata=_doc("Formats of every feed."))
    items: int = field(default=20, metadata=_doc("Items of a feed.", ge=1, le=1000))
    content: Literal["full", "summary"] = field(default="full", metadata=_doc("Whole texts, or excerpts."))
    kinds: tuple[str, ...] = field(default=("post",), metadata=_doc("Kinds whose items are in the site's feeds."))


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownConfig(Table):
    """Switches of the Markdown dialect, for the whole site."""

    tables: bool = field(default=True, metadata=_doc("Tables."))
    tasklists: bool = field(default=True, metadata=_doc("`- [ ]` and `- [x]`."))
    deflists: bool = field(default=True, metadata=_doc("Definition lists."))
    footnotes: bool = field(default=True, metadata=_doc("`[^1]`."))
    autolinks: bool = field(default=True, metadata=_doc("Bare URLs become links."))
    attributes: bool = field(default=True, metadata=_doc('`{.class #id key="v"}`.'))
    figures: bool = field(default=True, metadata=_doc("An image alone in its paragraph with a title becomes a figure."))
    callouts: bool = field(default=True, metadata=_doc("`> [!note]`."))
    html: bool = field(default=True, metadata=_doc("Raw HTML passes; false: it is shown as text."))
    smart_quotes: bool = field(default=False, metadata=_doc("Typographic quotes and dashes."))
    emoji: bool = field(default=False, metadata=_doc("`:tada:`."))
    mark: bool = field(default=False, metadata=_doc("`==marked==`."))
    sub_sup: bool = field(default=False, metadata=_doc("`H~2~O`, `x^2^`."))
    hard_breaks: bool = field(default=False, metadata=_doc("Every line break is one."))
    obsidian_comments: bool = field(default=False, metadata=_doc("`%%…%%` is a comment."))
    toc_levels: tuple[int, ...] = field(default=(2, 3), metadata=_doc("Levels of headings in the table of contents."))


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry(Table):
    """One link of the navigation."""

    text: str = field(metadata=_doc("What is shown."))
    to: str = field(metadata=_doc("A source (`about.md`), a URL path (`/archive/`) or a URL."))


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeConfig(Table):
    """How the site looks."""

    use: tuple[str, ...] = field(default=("default",), metadata=_doc("Themes to look in, the first first; `default` is always last."))
    options: dict[str, Any] = field(default_factory=dict, metadata=_doc("Options of the theme, checked by its `theme.toml`."))
    nav: tuple[NavEntry, ...] = field(default=(), metadata=_doc("The navigation: list of `{text, to}`."))
    footer: str = field(default="", metadata=_doc("Text at the foot of every page, in Markdown."))


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksConfig(Table):
    """What is said about links inside the site."""

    broken: Literal["warning", "error", "ignore"] = field(default="warning", metadata=_doc("What a link that leads nowhere is."))


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildConfig(Table):
    """How the site is built."""

    output: str = field(default="public", metadata=_doc("The output folder."))
    jobs: int = field(default=0, metadata=_doc("Processes; 0: as many as help.", ge=0, le=256))
    plugins: tuple[str, ...] = field(default=(), metadata=_doc("Plugins: names of entry points `wol.plugins`, or modules."))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeConfig(Table):
    """How code is highlighted."""

    light: str = field(default="default", metadata=_doc("Pygments style of code on light pages."))
    dark: str = field(default="github-dark", metadata=_doc("Pygments style of code on dark pages."))


def _taxonomies() -> dict[str, TaxonomyConfig]:
    return {
        "tags": TaxonomyConfig(label="Tags", singular="Tag", path="tags"),
        "categories": TaxonomyConfig(label="Categories", singular="Category", path="categories"),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Config(Table):
    """All settings of a site, validated, with defaults filled in."""

    site: SiteConfig = field(metadata=_doc("The site itself."))
    content: ContentConfig = field(default_factory=ContentConfig, metadata=_doc("Where sources are and what they become."))
    taxonomies: dict[str, TaxonomyConfig] = field(
        default_factory=_taxonomies, metadata=_doc("Ways to file items: tags and categories always, and others that are named here.")
    )
    feeds: FeedsConfig = field(default_factory=FeedsConfig, metadata=_doc("RSS, Atom and JSON Feed."))
    markdown: MarkdownConfig = field(default_factory=MarkdownConfig, metadata=_doc("Switches of the Markdown dialect."))
    theme: ThemeConfig = field(default_factory=ThemeConfig, metadata=_doc("How the site looks."))
    links: LinksConfig = field(default_factory=LinksConfig, metadata=_doc("Links inside the site."))
    redirects: dict[str, str] = field(default_factory=dict, metadata=_doc('`"/old/" = "/new/"` or a URL.'))
    build: BuildConfig = field(default_factory=BuildConfig, metadata=_doc("How the site is built."))
    code: CodeConfig = field(default_factory=CodeConfig, metadata=_doc("Highlighting."))
    features: dict[str, bool] = field(default_factory=dict, metadata=_doc("Features to switch: name = true or false."))
    extra: dict[str, Any] = field(default_factory=dict, metadata=_doc("Anything: `site.extra` in templates."))
