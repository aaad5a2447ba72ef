"""Nothing unpublished appears anywhere: marks in every part of hidden items are looked for in every byte and name of the output."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from harness.site import CONFIG, Site, differences, instant

SETTINGS = CONFIG + "\n[content]\npage_size = 3\n\n[feeds]\nkinds = ['post', 'note']\n"

PUBLIC: dict[str, str | bytes] = {
    "content/_index.md": "---\ntitle: Home\n---\nWelcome.\n",
    "content/about.md": "# About\n\nA page.\n",
    "content/notes/garden.md": "---\ntitle: Garden\ntags: [shared]\n---\nA note.\n",
    "content/posts/picture.jpg": b"a public picture",
    **{
        f"content/posts/2026-10-{day:02}-public-{day}.md": f"---\ntags: [shared, day{day % 2}]\nid: public-{day}\n---\n# Public {day}\n\nText ![of a tree](picture.jpg).\n"
        for day in range(1, 9)
    },
}

NEVER = {
    "private": "private: true",
    "draft": "draft: true",
    "expired": "expires: 2026-11-01",
    "scheduled": "publish: 2027-05-01",
    "statusdraft": "status: draft",
    "statusprivate": "status: private",
    "statusskip": "status: skip",
    "unpublished": "published: no",
    "nopublish": "publish: false",
    "nobuild": "_build: {render: never}",
    "headless": "headless: true",
    "shouted": "DRAFT: YES",
}
"""States of which a release shows nothing, by the mark's name: the line that makes them."""

UNLISTED = {"unlisted": "unlisted: yes", "statushidden": "status: hidden", "nolist": "build: {list: never}"}

PARTS = [
    "title",
    "body",
    "slug",
    "tag",
    "category",
    "description",
    "summary",
    "heading",
    "anchor",
    "alt",
    "photo",
    "bytes",
    "file",
    "alias",
    "name",
    "author",
    "id",
    "guid",
    "extra",
    "foot",
    "code",
    "link",
    "caption",
]


def item(mark: str, line: str, *, date: str = "2026-10-20", slug: bool = True) -> str:
    """Give a source with a mark `zq…` in every part that a writer can fill."""
    m = f"zq{mark}"
    return f"""---
title: {m}title
{f"slug: {m}slug" if slug else ""}
date: {date}
{line}
tags: [{m}tag, shared]
categories: [{m}category]
description: {m}description
summary: {m}summary
aliases: [/{m}alias/, {m}name]
authors: [{{name: {m}author, url: "https://{m}author.example/"}}]
id: {m}id
guid: {m}guid
image: {m}photo.jpg
image_alt: {m}imagealt
canonical: https://{m}canonical.example/
syndication: ["https://{m}syndication.example/"]
licence: https://{m}licence.example/
extra: {{key: {m}extra}}
{m}field: {m}value
---
{m}body before.

<!--more-->

## {m}heading {{#{m}anchor}}

![{m}alt]({m}photo.jpg "{m}caption") and [{m}link](../about.md) and ![](/files/{m}loose.jpg){{alt="{m}loosealt"}}[^1]

```python title="{m}codetitle"
{m}code
```

> [!note] {m}callout
> {m}quote

[^1]: {m}foot
"""


def hidden(mark: str, line: str, *, date: str = "2026-10-20") -> dict[str, str | bytes]:
    """Give a post, a note and a page in one state, the post as a bundle with attachments."""
    m = f"zq{mark}"
    return {
        f"content/posts/{m}file/index.md": item(mark, line, date=date),
        f"content/posts/{m}file/{m}photo.jpg": f"{m}bytes".encode(),
        f"content/posts/{m}file/deep/{m}deep.pdf": f"{m}deepbytes".encode(),
        f"content/notes/{m}note.md": f"---\ntitle: {m}notetitle\n{line}\ntags: [{m}notetag]\n---\n{m}notebody [a](/about.md)\n",
        f"content/{m}page.md": f"---\ntitle: {m}pagetitle\n{line}\n---\n{m}pagebody\n",
        f"content/{m}section/_index.md": f"---\ntitle: {m}sectiontitle\n{line}\n---\n{m}sectionbody\n",
        f"content/tags/{m}tag/_index.md": f"---\ntitle: {m}termtitle\n{line}\n---\n{m}termbody\n",
        f"content/files/{m}loose.jpg": f"{m}loosebytes".encode(),
    }


def by_place() -> dict[str, str | bytes]:
    """Give items that are hidden by where they lie, not by a field."""
    return {
        "content/posts/zqprivatefilefile.private.md": item("privatefile", ""),
        "content/posts/zqprivatebundle/index.private.md": item("privatebundle", "", slug=False),
        "content/notes/zqprivatenote.private.md": "# zqprivatenotetitle\n\nzqprivatenotebody\n",
        "content/drafts/zqdraftsfolderfile.md": item("draftsfolder", ""),
        "content/_drafts/zqunderdraftsfile.md": item("underdrafts", ""),
        "content/notes/drafts/zqnotesdraftsfile.md": item("notesdrafts", ""),
        "content/posts/.zqdotfile.md": item("dotfile", ""),
        "content/posts/_zqunderfile.md": item("underfile", ""),
        "content/posts/zqbackup.md~": item("backup", ""),
        "content/posts/zqunusedphoto.jpg": b"zqunusedbytes",
        "content/zqunused.txt": "zqunusedtext",
    }


def linking() -> dict[str, str | bytes]:
    """Give a public item that refers to hidden ones in every way; what it refers to must not show."""
    paths = [f"/posts/zq{m}file/index.md" for m in NEVER] + ["/posts/zqprivatefilefile.private.md", "/drafts/zqdraftsfolderfile.md"]
    lines = "".join(f'- [see]({p}) and [part]({p}#zq{n}anchor) and <a href="{p}">more</a>\n' for n, p in enumerate(paths))
    return {"content/posts/2026-10-30-linking.md": f"---\ntags: [shared]\n---\n# Linking\n\nSee.\n\n{lines}"}


def found(files: Mapping[str, bytes], mark: str) -> list[str]:
    """Give the files whose name or bytes hold a mark, in any case, also percent-encoded or as entities since the marks are plain letters."""
    return [path for path, data in files.items() if mark in path.lower() or mark.encode() in data.lower()]


def test_marks_of_hidden_items_are_nowhere(site: Callable[..., Site]) -> None:
    """A release shows no part of what is private, a draft, expired or scheduled, however that is spelled, on any surface."""
    files = {**PUBLIC, **linking(), **by_place()}
    for mark, line in NEVER.items():
        files |= hidden(mark, line)
    files |= {path: text for path, text in hidden("future", "", date="2027-05-01").items() if path.startswith("content/posts/")}
    here = site(files, SETTINGS)
    here.build()
    assert found(here.files(), "zq") == []


def test_the_marks_would_be_found(site: Callable[..., Site]) -> None:
    """The same items, published, show their marks: so the test above looks for something."""
    here = site({**PUBLIC, **hidden("shown", "")}, SETTINGS)
    here.build()
    everything = b"\n".join(here.files().values()) + "\n".join(here.files()).encode()
    assert [part for part in PARTS if part not in ("id", "file", "name", "extra") and f"zqshown{part}".encode() not in everything] == []
    for surface in (
        "index.html",
        "archive/index.html",
        "2026/10/index.html",
        "feed.xml",
        "atom.xml",
        "feed.json",
        "sitemap.xml",
        "tags/index.html",
    ):
        assert b"zqshown" in here.files()[surface], surface


@pytest.mark.parametrize("mark", UNLISTED)
def test_unlisted_items_are_on_their_own_page_only(site: Callable[..., Site], mark: str) -> None:
    """An unlisted item has its page, files and aliases, marked noindex, and is on no other surface."""
    plain = site(PUBLIC, SETTINGS)
    plain.build()
    here = site({**PUBLIC, **hidden(mark, UNLISTED[mark])}, SETTINGS)
    here.build()
    m = f"zq{mark}"
    own = {path for path in here.files() if m in path}
    assert {f"2026/10/{m}slug/index.html", f"2026/10/{m}slug/{m}photo.jpg", f"notes/{m}note/index.html", f"{m}page/index.html"} <= own
    assert [p for p in found(here.files(), m) if p not in own] == []
    assert [p for p in own if p.startswith(("tags/", "categories/"))] == [f"tags/{m}tag/index.html"], "the page of its own _index.md"
    assert not [p for p in own if p.endswith((".xml", ".json"))]
    assert b'content="noindex' in here.files()[f"2026/10/{m}slug/index.html"]
    assert f"{m}title" in here.read(f"2026/10/{m}slug/index.html")
    others = {p: data for p, data in here.files().items() if p not in own}
    assert not (told := differences(plain.files(), others)), told


def test_a_tombstone_tells_the_reason_and_nothing_else(site: Callable[..., Site]) -> None:
    """A withdrawn item leaves a page with its reason at its URL: no title, no text, no file, and it is on no other surface."""
    plain = site(PUBLIC, SETTINGS)
    plain.build()
    withdrawn = hidden("gone", "gone: zqgonereason, by wish of the author")
    del withdrawn["content/tags/zqgonetag/_index.md"]
    here = site({**PUBLIC, **withdrawn}, SETTINGS)
    here.build()
    files = here.files()
    own = {
        path
        for path in files
        if path.startswith(("2026/10/zqgoneslug/", "zqgonealias/", "notes/zqgonenote/", "zqgonepage/", "zqgonesection/"))
    }
    assert {p for p in files if p.startswith("2026/10/zqgoneslug/")} == {"2026/10/zqgoneslug/index.html"}
    page = here.read("2026/10/zqgoneslug/index.html")
    assert "zqgonereason, by wish of the author" in page
    for part in [*PARTS, "notetitle", "notebody", "pagetitle", "pagebody", "loose", "deep", "imagealt", "quote", "callout", "value"]:
        if part not in ("slug", "alias", "reason"):
            assert found(files, f"zqgone{part}") == [], part
    assert [p for p in found(files, "zqgone") if p not in own] == []
    assert not (told := differences(plain.files(), {p: d for p, d in files.items() if p not in own})), told


def release(site: Callable[..., Site], files: Mapping[str, str | bytes], config: str = SETTINGS) -> Mapping[str, bytes]:
    """Build a release and give its files."""
    here = site(files, config)
    here.build()
    return here.files()


def test_a_release_with_hidden_files_equals_one_without(site: Callable[..., Site]) -> None:
    """Hidden items change no byte of the public output: no count, order, neighbour, page number, date or name."""
    files: dict[str, str | bytes] = {}
    for mark, line in NEVER.items():
        files |= hidden(mark, line)
    public = {**PUBLIC, **linking()}
    told = differences(release(site, public), release(site, {**files, **by_place(), **public}))
    assert not told, told


TWINS: dict[str, dict[str, str | bytes]] = {
    "the same URL": {"content/posts/2026-10-05-public-5.private.md": "# Twin\n", "content/drafts/2026-10-05-public-5.md": "# Twin\n"},
    "the same slug": {"content/drafts/x.md": "---\nslug: public-5\ndate: 2026-10-05\n---\nTwin\n"},
    "the same id": {"content/drafts/x.md": "---\nid: public-5\n---\nTwin\n"},
    "the same guid": {"content/drafts/x.md": "---\nguid: https://example.org/2026/10/public-5/\n---\nTwin\n"},
    "an alias that is a public page": {"content/drafts/x.md": "---\naliases: [/about/, /2026/10/public-5/, /feed.xml]\n---\nTwin\n"},
    "a URL that is a list": {"content/drafts/x.md": "---\nurl: /tags/shared/\n---\nTwin\n"},
    "terms in another spelling": {f"content/drafts/{n}.md": "---\ntags: [Shared, SHARED]\n---\nTwin\n" for n in range(20)},
    "a term with the slug of a public one": {"content/drafts/x.md": "---\ntags: ['shared!', 'shared?']\n---\nTwin\n"},
    "the text of a public list": {
        "content/tags/shared/_index.md": "---\ndraft: true\ntitle: Secret\n---\nTwin\n",
        "content/posts/_index.md": "---\nprivate: true\n---\nTwin\n",
        "content/notes/_index.md": "---\nexpires: 2026-01-01\n---\nTwin\n",
        "content/archive/_index.md": "---\ndate: 2027-01-01\n---\nTwin\n",
    },
    "the picture of a public item": {"content/drafts/x.md": "![a](/posts/picture.jpg)\n"},
    "links to public items": {"content/drafts/x.md": "[a](/about.md) [b](/posts/2026-10-05-public-5.md) [c](/notes/garden.md)\n"},
    "other years and months": {
        "content/drafts/x.md": "---\ndate: 2019-02-03\n---\nTwin\n",
        "content/posts/2018-01-01-old.private.md": "Twin\n",
    },
    "other languages and authors": {"content/drafts/x.md": "---\nlang: fa\nauthors: [Somebody Else]\n---\n```rust\nfn\n```\n"},
    "the newest update": {"content/drafts/x.md": "---\ndate: 2026-11-30\nupdated: 2026-11-30\n---\nTwin\n"},
}


@pytest.mark.parametrize("twin", TWINS)
def test_hidden_items_that_touch_public_ones(site: Callable[..., Site], twin: str) -> None:
    """A hidden item that shares a URL, id, term, list, picture or name with public ones changes no byte either."""
    told = differences(release(site, PUBLIC), release(site, {**TWINS[twin], **PUBLIC}))
    assert not told, told


@pytest.mark.parametrize("place", ["content/drafts/a.md", "content/a.private.md", "content/notes/_drafts/a.md"])
@pytest.mark.parametrize("line", ["draft: no", "private: no", "published: yes", "status: published"])
def test_no_field_publishes_what_its_place_hides(site: Callable[..., Site], place: str, line: str) -> None:
    """A field that contradicts a drafts folder or `*.private.md` publishes nothing: it is an error, or of no effect."""
    here = site({place: f"---\ntitle: zqtitle\n{line}\n---\nzqbody\n"})
    assert here.codes() <= {"front-matter-conflict"}
    if here.output.exists():
        assert found(here.files(), "zq") == []
    if (line.startswith("draft") and "draft" in place) or (line.startswith("private") and "private" in place):
        assert not here.output.exists(), "the plain contradiction is an error"


def test_defaults_hide_a_whole_folder(site: Callable[..., Site]) -> None:
    """`_defaults.toml` with `draft = true` hides all below; a file may publish itself, a nearer `_defaults.toml` a folder."""
    here = site(
        {
            "content/posts/_defaults.toml": "draft = true\n",
            "content/posts/2026-10-01-a.md": "zqbody\n",
            "content/posts/deep/2026-10-01-b.md": "zqbody\n",
            "content/posts/2026-10-01-c.md": "---\ndraft: no\n---\nopen\n",
            "content/posts/done/_defaults.toml": "draft = false\n",
            "content/posts/done/2026-10-01-d.md": "open\n",
        }
    )
    here.build()
    assert found(here.files(), "zq") == []
    assert {"2026/10/c/index.html", "2026/10/d/index.html"} <= here.files().keys()


def test_states_change_at_their_moment(site: Callable[..., Site]) -> None:
    """An item is there from `publish` to `expires` and not a second before or after, also across a change of the clocks."""
    here = site(
        {
            "content/posts/a.md": "---\ntitle: zqtitle\ndate: 2026-03-01\npublish: 2026-03-29 02:30\nexpires: 2026-10-25 02:30\n---\nzqbody\n"
        },
        CONFIG + 'timezone = "Europe/Berlin"\n',
    )
    # 02:30 on 29 March does not exist in Berlin and is read as 03:30 (01:30 UTC); 02:30 on 25 October is the first of two (00:30 UTC).
    for moment, there in [
        ("2026-03-29T01:29:59", False),
        ("2026-03-29T01:30:00", True),
        ("2026-10-25T00:29:59", True),
        ("2026-10-25T00:30:00", False),
    ]:
        report = here.build(at=instant(moment))
        assert bool(found(here.files(), "zq")) is there, moment
        following = {
            "2026-03-29T01:29:59": "2026-03-29T01:30:00",
            "2026-03-29T01:30:00": "2026-10-25T00:30:00",
            "2026-10-25T00:29:59": "2026-10-25T00:30:00",
        }
        assert report.next_change == (instant(following[moment]) if moment in following else None)


@pytest.mark.parametrize("profile", ["drafts", "preview"])
def test_a_build_with_drafts_goes_elsewhere(site: Callable[..., Site], profile: str) -> None:
    """`--drafts`, `--future` and the preview show what is hidden in a folder of their own; the public folder stays as it is; private stays out."""
    preview = {"preview": True} if profile == "preview" else {}
    files = {
        **PUBLIC,
        **hidden("draft", "draft: true"),
        **hidden("scheduled", "publish: 2027-05-01"),
        **hidden("private", "private: true"),
        **by_place(),
    }
    here = site(files, SETTINGS)
    here.build()
    before = here.files()
    here.build(drafts=True, **preview)
    assert here.files() == before
    drafts = here.files(f".wol/{profile}")
    assert b"zqdraftbody" in drafts["2026/10/zqdraftslug/index.html"]
    assert found(drafts, "zqscheduled") == found(drafts, "zqprivate") == []
    for path, data in drafts.items():
        if path.endswith((".xml", ".json")) or path == "sitemap.xml":
            assert b"zqdrafttitle" not in data, path
            assert b"zqdraftbody" not in data, path
            assert b"zqdraftslug" not in data, path
    here.build(drafts=True, future=True, **preview)
    drafts = here.files(f".wol/{profile}")
    assert b"zqscheduledbody" in drafts["2026/10/zqscheduledslug/index.html"]
    assert found(drafts, "zqprivate") == []
    assert here.files() == before


@pytest.mark.parametrize("option", ["drafts", "future", "preview"])
def test_drafts_never_go_to_the_public_folder(site: Callable[..., Site], option: str) -> None:
    """`--drafts --output public` is refused, also by another name of that folder, and so is a preview there."""
    here = site({**PUBLIC, **hidden("draft", "draft: true")})
    here.build()
    before = here.files()
    (here.root / "door").symlink_to("public")
    for output in (here.output, here.root / "content/../public", here.root / "door", here.root / ".wol/../public/"):
        assert {d.code for d in here.errors(**{option: True}, output=output)} == {"output-dangerous"}
    assert here.files() == before


def test_hidden_items_vanish_when_they_become_hidden(site: Callable[..., Site]) -> None:
    """What was published and is hidden now is gone from every surface after the next build, with all its files."""
    for line in ("draft: true", "private: yes", "expires: 2026-11-01", "publish: 2028-01-01", "status: draft"):
        here = site({**PUBLIC, **hidden("once", "")}, SETTINGS)
        here.build()
        assert found(here.files(), "zqonce")
        for path, text in hidden("once", line).items():
            here.write(path, text)
        here.build()
        assert found(here.files(), "zqonce") == [], line
