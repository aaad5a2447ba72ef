"""The settings of a site: what `site.toml` may say, with defaults and reference texts.

These classes are the only definition: validation (`wol.config.classes`), the JSON Schema and the reference page are made of them; the
docstrings are the descriptions of the tables. Keys and defaults: the authoring format, section 7. What no type can say
(zones, addresses, patterns, circles) is checked by `wol.config.value_checks`.
"""

from typing import Annotated, Any, Literal, TypeVar

import msgspec

from wol.model.settings_table import Table
from wol.model.settings_table import setting as _doc

_Kind = TypeVar("_Kind", bound=Table)


class AuthorConfig(Table, frozen=True, kw_only=True):
    """Who writes here: shown under posts, in the author box and in feeds."""

    name: Annotated[str, _doc("Your name, as it stands under posts and in feeds.")] = ""
    url: Annotated[str, _doc("Your home page, if it is not this site.")] = ""
    email: Annotated[str, _doc("Shown in the author box and in feeds.")] = ""
    photo: Annotated[str, _doc("Path or URL of a picture of you.")] = ""
    bio: Annotated[str, _doc("A sentence or two about you, in Markdown.")] = ""
    me: Annotated[tuple[str, ...], _doc("Your profiles elsewhere, linked with rel=me.")] = ()


class SiteConfig(Table, frozen=True, kw_only=True):
    """What the site is, and where it is published."""

    title: Annotated[str, _doc("The name of the site.")]
    base_url: Annotated[str, _doc("Where the site is published, absolute, with its path if it has one: `https://example.org/blog`.")]
    description: Annotated[str, _doc("What the site is about, for search engines and feeds.")] = ""
    language: Annotated[str, _doc("Language of the site, as a BCP 47 tag.")] = "en"
    timezone: Annotated[str, _doc("Zone of dates that are typed without an offset, such as `Europe/London`.")] = "UTC"
    licence: Annotated[str, _doc("SPDX id or URL of the licence of the texts.")] = ""
    image: Annotated[str, _doc("Picture for social media where an item has none.")] = ""
    author: Annotated[AuthorConfig, _doc("Who writes here.")] = msgspec.field(default_factory=AuthorConfig)


class ContentConfig(Table, frozen=True, kw_only=True):
    """Where the sources are, and what they become."""

    folder: Annotated[str, _doc("The folder of the sources.")] = "content"
    ignore: Annotated[tuple[str, ...], _doc("Files that are not read, as gitignore patterns from the content folder.")] = ()
    default_kind: Annotated[Literal["page", "note", "post"], _doc("Kind of a file that no rule gives one.")] = "page"
    page_size: Annotated[int, _doc("Items on a page of a list.", ge=1, le=1000)] = 10
    pages: Annotated[
        Literal["stable", "newest"],
        _doc("`stable`: page 7 keeps its items when new ones come; `newest`: the usual numbering from the newest."),
    ] = "stable"
    misspelt: Annotated[Literal["error", "warning"], _doc("What a key that is almost a field's name is.")] = "error"
    fields: Annotated[
        dict[str, str],
        _doc(
            "What a key of another generator means here: key = the field of wol that does the same, or `foreign` if it is to mean nothing: "
            '`hidden = "unlisted"`. With `draft`, `unlisted` and `private`, `yes` hides; but for keys such as `public`, `visible`, `list` and `render`, `no` does.'
        ),
    ] = msgspec.field(default_factory=dict)
    kinds: Annotated[dict[str, tuple[str, ...]], _doc('Folders of each kind: `note = ["garden"]`.')] = msgspec.field(default_factory=dict)
    permalinks: Annotated[
        dict[str, str],
        _doc(
            'URL pattern of each kind, of a folder (`"posts/events"`, `"events/"`), and of `archive`, `year` and `month`: `post = "/:year/:slug/"`; or the name of a generator whose '
            "URLs the texts of that kind or folder keep: `wordpress`, `pelican`, `hugo`, `jekyll`, `ghost`."
        ),
    ] = msgspec.field(default_factory=dict)
    static: Annotated[dict[str, str], _doc("Folders whose files are copied to the site: prefix = folder.")] = msgspec.field(
        default_factory=lambda: {"/": "static"}
    )


class TermConfig(Table, frozen=True, kw_only=True):
    """How one term of a taxonomy is shown."""

    title: Annotated[str, _doc("How the term is shown.")] = ""
    description: Annotated[str, _doc("What the term is about, in Markdown.")] = ""


class TaxonomyConfig(Table, frozen=True, kw_only=True):
    """A way to file items: a field of the front matter that holds a list of names."""

    label: Annotated[str, _doc("Name of the taxonomy in the plural, default: its key.")] = ""
    singular: Annotated[str, _doc("Name of one term's sort, default: the key.")] = ""
    feeds: Annotated[bool, _doc("Whether each term has feeds.")] = True
    path: Annotated[str, _doc("First part of the URLs, default: the key.")] = ""
    page_size: Annotated[int, _doc("Items on a page of a term's list; 0: as `[content]` has it.", ge=0, le=100_000)] = 0
    split: Annotated[Literal["comma", "space"], _doc("Where a text of several names is cut.")] = "comma"
    slugs: Annotated[dict[str, str], _doc('Slugs of names: `"C++" = "cpp"`.')] = msgspec.field(default_factory=dict)
    terms: Annotated[dict[str, TermConfig], _doc("Title and description of single terms.")] = msgspec.field(default_factory=dict)


class MarkdownConfig(Table, frozen=True, kw_only=True):
    """Switches of the Markdown dialect, for the whole site."""

    tables: Annotated[bool, _doc("Tables.")] = True
    tasklists: Annotated[bool, _doc("`- [ ]` and `- [x]`.")] = True
    deflists: Annotated[bool, _doc("Definition lists.")] = True
    footnotes: Annotated[bool, _doc("`[^1]`.")] = True
    autolinks: Annotated[bool, _doc("Bare URLs become links.")] = True
    attributes: Annotated[bool, _doc('`{.class #id key="v"}`.')] = True
    figures: Annotated[bool, _doc("An image alone in its paragraph with a title becomes a figure.")] = True
    callouts: Annotated[bool, _doc("`> [!note]`.")] = True
    html: Annotated[bool, _doc("Raw HTML passes; false: it is shown as text.")] = True
    smart_quotes: Annotated[bool, _doc("Typographic quotes and dashes.")] = False
    emoji: Annotated[bool, _doc("`:tada:`.")] = False
    mark: Annotated[bool, _doc("`==marked==`.")] = False
    sub_sup: Annotated[bool, _doc("`H~2~O`, `x^2^`.")] = False
    hard_breaks: Annotated[bool, _doc("Every line break is one.")] = False
    obsidian_comments: Annotated[bool, _doc("`%%…%%` is a comment.")] = False
    heading_ids: Annotated[
        Literal["wol", "github", "kramdown"],
        _doc("How anchors of headings are made: as wol does, as GitHub and Jekyll do, or as kramdown does by itself. `{#id}` wins."),
    ] = "wol"
    toc_levels: Annotated[tuple[int, ...], _doc("Levels of headings in the table of contents.")] = (2, 3)


class NavEntry(Table, frozen=True, kw_only=True):
    """One link of the navigation."""

    text: Annotated[str, _doc("What is shown.")]
    to: Annotated[str, _doc("A source (`about.md`), a URL path (`/archive/`) or a URL.")]


class ThemeConfig(Table, frozen=True, kw_only=True):
    """How the site looks."""

    use: Annotated[tuple[str, ...], _doc("Themes to look in, the first first; `default` is always last.")] = ("default",)
    options: Annotated[dict[str, Any], _doc("Options of the theme, checked by its `theme.toml`.")] = msgspec.field(default_factory=dict)
    slots: Annotated[
        dict[str, tuple[str, ...]],
        _doc("What features show in a slot of the theme: slot = [features], in that order; others are left out."),
    ] = msgspec.field(default_factory=dict)
    nav: Annotated[tuple[NavEntry, ...], _doc("The navigation: list of `{text, to}`.")] = ()
    footer: Annotated[str, _doc("Text at the foot of every page, in Markdown.")] = ""


class LinksConfig(Table, frozen=True, kw_only=True):
    """What is said about links inside the site."""

    broken: Annotated[Literal["warning", "error", "ignore"], _doc("What a link that leads nowhere is.")] = "warning"


class BuildConfig(Table, frozen=True, kw_only=True):
    """How the site is built."""

    output: Annotated[str, _doc("The output folder.")] = "public"
    jobs: Annotated[int, _doc("Processes; 0: as many as help.", ge=0, le=256)] = 0
    executor: Annotated[
        str, _doc("A Dask cluster that reads and renders, as `dask://HOST:PORT` of its scheduler; empty: this machine.")
    ] = ""
    plugins: Annotated[tuple[str, ...], _doc("Plugins: names of entry points `wol.plugins`, or modules.")] = ()


class ServeConfig(Table, frozen=True, kw_only=True):
    """The preview, `wol serve`."""

    port: Annotated[int, _doc("The port to begin with; if it is taken, the next free one.", ge=0, le=65535)] = 8000
    frames: Annotated[
        bool,
        _doc(
            "Whether pages of others, such as the preview within an editor, may show the preview in a frame. Any page that you visit could then show your drafts "
            "to you, though it cannot read them; it is never allowed where other machines reach the preview."
        ),
    ] = False
    editor: Annotated[
        str, _doc("What opens a file from the preview: a name such as `vscode` or `idea`, or a URL with `{path}`, `{line}` and `{column}`.")
    ] = ""


class AllowConfig(Table, frozen=True, kw_only=True):
    """A finding of `wol check` that is meant to be as it is."""

    code: Annotated[str, _doc("The code of the finding: `check-orphan`.")]
    path: Annotated[
        str, _doc("What it is about: the file that is named, the page (`/about/`), the address or the host. `*` stands for any signs.")
    ]
    reason: Annotated[str, _doc("Why it is meant so, for those who read the settings later.")]


class CheckConfig(Table, frozen=True, kw_only=True):
    """What `wol check` looks for."""

    image_bytes: Annotated[int, _doc("Bytes above which a picture on a page is told of.", ge=1)] = 500_000
    allow: Annotated[
        tuple[AllowConfig, ...], _doc('Findings that are meant: `{code = "check-orphan", path = "/thanks/", reason = "linked in mails"}`.')
    ] = ()


class ImagesConfig(Table, frozen=True, kw_only=True):
    """Pictures."""

    metadata: Annotated[
        Literal["strip", "keep"],
        _doc(
            "`strip`: location, serial numbers, thumbnails and all other metadata are left out of published JPEG, PNG, WebP and GIF files, but for colour "
            "profile, orientation, artist and copyright; `keep`: files are published as they are."
        ),
    ] = "strip"


class DeployConfig(Table, frozen=True, kw_only=True):
    """A place where `wol deploy` publishes the site. Secrets are never written here, only the names of variables that hold them."""

    type: Annotated[str, _doc("How: `folder`, `git`, `rsync`, `sftp`, `s3`, `netlify` or `command`, or a type of a plugin.")]
    keep: Annotated[int, _doc("Releases that are kept to go back to, the present one with them.", ge=1, le=100)] = 3
    public: Annotated[
        bool, _doc("Whether readers see it: then `ledger/` records what was published, and hubs are told. A place to try things is not.")
    ] = True
    timeout: Annotated[int, _doc("Seconds that one step at the target may take.", ge=1, le=86_400)] = 600
    path: Annotated[str, _doc("`folder`, `rsync`: where releases are kept; the site is `current` in it. `sftp`: the site's folder.")] = ""
    host: Annotated[str, _doc("`rsync`, `sftp`: who and where, as ssh takes it: `me@example.org`, or a name of `~/.ssh/config`.")] = ""
    port: Annotated[int, _doc("`rsync`, `sftp`: the port of the host's ssh; 0: what ssh's settings say.", ge=0, le=65_535)] = 0
    repository: Annotated[str, _doc("`git`: a URL, a path, or the name of a remote of the site's own repository.")] = "origin"
    branch: Annotated[str, _doc("`git`: the branch that holds the site and nothing else.")] = "gh-pages"
    nojekyll: Annotated[bool, _doc("`git`: add an empty `.nojekyll`, so that GitHub serves the files as they are.")] = True
    token: Annotated[
        str,
        _doc(
            "Name of the variable that holds a token. `git`: for `https://`; empty: git's own store is asked. `netlify`: empty: `NETLIFY_AUTH_TOKEN`."
        ),
    ] = ""
    bucket: Annotated[str, _doc("`s3`: the bucket.")] = ""
    prefix: Annotated[str, _doc("`s3`: what the keys of all files begin with; empty: the site is the whole bucket.")] = ""
    region: Annotated[str, _doc("`s3`: the region of the bucket; empty: what `AWS_REGION` says.")] = ""
    endpoint: Annotated[str, _doc("`s3`: the address of a look-alike, without the bucket; empty: that of AWS.")] = ""
    access_key: Annotated[str, _doc("`s3`: name of the variable that holds the key's id; empty: `AWS_ACCESS_KEY_ID`.")] = ""
    secret_key: Annotated[str, _doc("`s3`: name of the variable that holds the secret key; empty: `AWS_SECRET_ACCESS_KEY`.")] = ""
    site: Annotated[str, _doc("`netlify`: the id of the site (there: project).")] = ""
    api: Annotated[str, _doc("`netlify`: the address of another API that speaks as Netlify's; empty: Netlify's.")] = ""
    command: Annotated[
        tuple[str, ...], _doc("`command`: a program and its arguments, without a shell; `{folder}` is the folder to publish.")
    ] = ()
    options: Annotated[dict[str, Any], _doc("Settings of a plugin's type.")] = msgspec.field(default_factory=dict)


def _taxonomies() -> dict[str, TaxonomyConfig]:
    return {
        "tags": TaxonomyConfig(label="Tags", singular="Tag", path="tags"),
        "categories": TaxonomyConfig(label="Categories", singular="Category", path="categories"),
    }


class Config(Table, frozen=True, kw_only=True):
    """All settings of a site, validated, with defaults filled in."""

    site: Annotated[SiteConfig, _doc("The site itself.")]
    content: Annotated[ContentConfig, _doc("Where sources are and what they become.")] = msgspec.field(default_factory=ContentConfig)
    taxonomies: Annotated[
        dict[str, TaxonomyConfig], _doc("Ways to file items: tags and categories always, and others that are named here.")
    ] = msgspec.field(default_factory=_taxonomies)
    markdown: Annotated[MarkdownConfig, _doc("Switches of the Markdown dialect.")] = msgspec.field(default_factory=MarkdownConfig)
    theme: Annotated[ThemeConfig, _doc("How the site looks.")] = msgspec.field(default_factory=ThemeConfig)
    links: Annotated[LinksConfig, _doc("Links inside the site.")] = msgspec.field(default_factory=LinksConfig)
    redirects: Annotated[dict[str, str], _doc('`"/old/" = "/new/"` or a URL.')] = msgspec.field(default_factory=dict)
    build: Annotated[BuildConfig, _doc("How the site is built.")] = msgspec.field(default_factory=BuildConfig)
    serve: Annotated[ServeConfig, _doc("The preview.")] = msgspec.field(default_factory=ServeConfig)
    check: Annotated[CheckConfig, _doc("What `wol check` looks for.")] = msgspec.field(default_factory=CheckConfig)
    images: Annotated[ImagesConfig, _doc("Pictures.")] = msgspec.field(default_factory=ImagesConfig)
    features: Annotated[dict[str, bool], _doc("Features to switch: name = true or false.")] = msgspec.field(default_factory=dict)
    deploy: Annotated[dict[str, DeployConfig], _doc("Where the site is published: targets of `wol deploy`.")] = msgspec.field(
        default_factory=dict
    )
    extra: Annotated[dict[str, Any], _doc("Anything: `site.extra` in templates.")] = msgspec.field(default_factory=dict)
    tables: Annotated[dict[str, Any], msgspec.Meta(extra={"is_key": False})] = msgspec.field(default_factory=dict)
    """The tables of features, as plain data; `table` gives them as they are declared."""

    def table(self, name: str, kind: type[_Kind]) -> _Kind:
        """Return the table of a feature, such as `config.table("feeds", FeedsConfig)`; with the defaults of its class where `site.toml` has none."""
        return msgspec.convert(self.tables.get(name, {}), kind)
