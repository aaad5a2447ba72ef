"""Items: what a source says, split into what others may know (`Summary`) and the text itself (`Body`).

That border is the early cutoff of the engine: an edit that leaves the summary as it was wakes no other page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from wol.errors import Diagnostic


class Moment(msgspec.Struct, frozen=True, array_like=True):
    """A date as the writer typed it.

    `instant` is microseconds since 1970 UTC, for order, states and feeds; `local` is ISO 8601 with the offset,
    for what is shown ("the day written is the day shown"); `day_only` says that no time was typed.
    """

    instant: int
    local: str
    day_only: bool = False

    @property
    def year(self) -> str:
        return self.local[:4]

    @property
    def month(self) -> str:
        return self.local[5:7]

    @property
    def day(self) -> str:
        return self.local[8:10]


class Author(msgspec.Struct, frozen=True, array_like=True):
    """Who wrote it: a name and, where the front matter gave a map, a link."""

    name: str
    url: str = ""


class Link(msgspec.Struct, frozen=True, array_like=True):
    """A reference from an item to something of the same site, as it was typed and as it was read.

    `path` is the decoded path from the content folder (`posts/other.md`, `photo.jpg`); it is empty where the
    reference is a URL path of the site, which is then in `url` (`/about/`). `fragment` is decoded, without `#`.
    `use` is `link` for `<a href>`, `image` for images, `file` for other attributes that load a file.
    """

    use: str
    raw: str
    path: str = ""
    url: str = ""
    query: str = ""
    fragment: str = ""
    line: int = 0
    typed: str = ""
    """What was typed, where that is a link or an image only if it leads somewhere: `[x](My Doc.pdf)`."""

    @property
    def typed_end(self) -> str:
        """What was typed behind the text of such a link: `](My Doc.pdf)`."""
        return self.typed[self.typed.rindex("](") :]

    @property
    def address(self) -> tuple[str, ...]:
        """All of it that says where it leads, as a mark keeps it."""
        return (self.raw, self.path, self.url, self.query, self.fragment)

    @classmethod
    def to(cls, address: Sequence[str]) -> Link:
        """Return the link that has an address, to be resolved like any other."""
        raw, path, url, query, fragment = address
        return cls("link", raw, path, url, query, fragment)


class PlainFact(msgspec.Struct, frozen=True, array_like=True, tag="p"):
    """A fact that is plain data."""

    value: str | int | bool | tuple[str, ...]


class DateFact(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    """A fact that is a date."""

    value: Moment


class LinkFact(msgspec.Struct, frozen=True, array_like=True, tag="l"):
    """A fact that is a reference to something of the same site; one that leads out of it is plain. The link has no line."""

    value: Link


class MapFact(msgspec.Struct, frozen=True, array_like=True, tag="m"):
    """A fact of several values by name."""

    values: dict[str, PlainFact | DateFact | LinkFact]

    @property
    def value(self) -> dict[str, SimpleFact]:
        return {name: fact.value for name, fact in self.values.items()}


StoredFact = PlainFact | DateFact | LinkFact | MapFact
"""A fact as it is stored: tagged, since dates and references would lose their type in MessagePack."""

SimpleFact = str | int | bool | tuple[str, ...] | Moment | Link
Fact = SimpleFact | dict[str, SimpleFact]
"""The value of a field that a feature declares (`model.field`), as features read it."""


class Open(msgspec.Struct, frozen=True, array_like=True, tag="a"):
    """An opening `<a>` whose target is looked up when the page is rendered.

    `link` is an index into `Body.links`; `attrs` is what else stands in the tag, escaped, with a leading space.
    """

    link: int
    attrs: str = ""


class Close(msgspec.Struct, frozen=True, array_like=True, tag="z"):
    """The closing tag of the nearest `Open`: `</a>`, or `</span>` where the target is missing."""


class Place(msgspec.Struct, frozen=True, array_like=True, tag="u"):
    """A URL inside an attribute, looked up when the page is rendered; stays as typed where it leads nowhere."""

    link: int


class Callout(msgspec.Struct, frozen=True, array_like=True, tag="c"):
    """A callout that the theme's template `callouts/NAME.html` renders."""

    name: str
    title: tuple[Part, ...]
    parts: tuple[Part, ...]
    fold: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    values: dict[str, str] = {}


class Dynamic(msgspec.Struct, frozen=True, array_like=True, tag="d"):
    """A part of a text that a feature's Markdown rule made and the same feature renders when a page or a feed shows it.

    `text` is its plain text; `parts` are what is inside it.
    """

    kind: str
    args: dict[str, Any] = {}
    parts: tuple[Part, ...] = ()
    text: str = ""


class Candidate(msgspec.Struct, frozen=True, array_like=True, tag="i"):
    """An image that is one only if its file is there (`![Map](my map.png)`): `parts`, or `typed` as HTML."""

    link: int
    parts: tuple[Part, ...]
    typed: str


Part = str | Open | Close | Place | Callout | Dynamic | Candidate
"""A piece of a body: HTML as text, or something that only rendering can fill in."""


class Heading(msgspec.Struct, frozen=True, array_like=True):
    """A heading of a text: level 1 to 6, anchor, its inline HTML without links, and its plain text."""

    level: int
    anchor: str
    html: str
    text: str


class Summary(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What lists, neighbours, feeds and other items may know of an item. Each field is a column, which is a table, and so is each of the `facts`.

    `key` names the item inside one build: the path of its source from the content folder.
    URLs are paths from the root without the path of `base_url`, not percent-encoded.
    """

    key: str
    kind: str
    title: str
    title_html: str
    url: str
    slug: str
    section: str = ""
    """For `_index.md`: the URL path of the folder that it describes, equal to `url`; else empty."""
    bundle: str = ""
    """For `index.md`: its folder (from the content folder), whose files lie below the URL; else empty."""
    id: str = ""
    guid: str = ""
    date: Moment | None = None
    updated: Moment | None = None
    publish: Moment | None = None
    expires: Moment | None = None
    private: bool = False
    draft: bool = False
    unlisted: bool = False
    gone: bool = False
    gone_reason: str = ""
    titled: bool = True
    """False where the title was made of the file name."""
    lang: str = "en"
    dir: str = "ltr"
    template: str = ""
    aliases: tuple[str, ...] = ()
    """Paths that redirect here."""
    names: tuple[str, ...] = ()
    """Other names, for references."""
    terms: dict[str, tuple[str, ...]] = {}
    """Taxonomy to names as typed (a leading `#` and repeated ones dropped)."""
    authors: tuple[Author, ...] = ()
    description: str = ""
    abstract: str = ""
    excerpt: tuple[Part, ...] = ()
    excerpt_links: tuple[Link, ...] = ()
    excerpt_cut: bool = False
    """Whether the text goes on after the excerpt."""
    image: str = ""
    """As typed; `image_link` is what it refers to, if it is a file of this site."""
    image_link: Link | None = None
    image_alt: str = ""
    canonical: str = ""
    link: str = ""
    syndication: tuple[str, ...] = ()
    toc: bool | None = None
    feed: bool | None = None
    licence: str = ""
    words: int = 0
    minutes: int = 0
    """How long it takes to read: a value of its own, so that a new sentence does not wake the lists that show it."""
    anchors: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    """All references of the text and the front matter to things of this site, with their lines."""
    raw_html: bool = False
    extra: dict[str, Any] = {}
    origins: dict[str, str] = {}
    """Where each value comes from that is not the front matter's own field (`date`: "file name"), for `wol list --why`."""
    lines: dict[str, int] = {}
    """Lines of the fields that checks of the whole site name: `id`, `guid`, and each taxonomy."""
    facts: dict[str, StoredFact] = {}
    """The fields that features declare, by `FEATURE.FIELD`, only those that have a value; each is a column of its own."""
    marks: dict[str, msgspec.Raw] = {}
    """The facts that the text states, by kind, encoded (`mark.decode`); each kind is a column of its own, `marks.link`, of the items that have any."""

    def fact(self, name: str) -> Fact | None:
        """Return the value of a fact, or None if the item does not have it."""
        found = self.facts.get(name)
        return None if found is None else found.value


COLUMNS: tuple[str, ...] = tuple(name for name in Summary.__struct_fields__ if name not in ("facts", "marks"))
"""The names of the summary columns that every site has. Besides there is a column for each fact, and for each kind of mark."""


class Body(msgspec.Struct, frozen=True, array_like=True):
    """The text of an item: HTML in pieces, and the headings."""

    parts: tuple[Part, ...] = ()
    links: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()


class Item(msgspec.Struct, frozen=True, array_like=True):
    """What one source yields: summary, text, and what the writer should know about it."""

    summary: Summary
    body: Body
    diagnostics: tuple[Diagnostic, ...] = ()
    text: str = ""
    """A digest of title and text as typed, by which the ledger knows what was published."""
