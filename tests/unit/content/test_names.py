"""Names of files and folders that keep texts from readers, in every spelling, and those that almost do."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site
from wol.content.look_alikes import is_like
from wol.content.misspelt import is_near

TEXT = "---\ntitle: A\ndate: 2026-11-20\n---\nText.\n"

STATES = {
    "posts/a.private.md": "private",
    "posts/a.PRIVATE.md": "private",
    "posts/a.Private.markdown": "private",
    "posts/a.private.fr.md": "private",
    "posts/a.fr.private.md": "private",
    "posts/a.private.pt-BR.md": "private",
    "posts/a.private .md": "private",
    "posts/trip.private/index.md": "private",
    "posts/trip.PRIVATE/a.fr.md": "private",
    "posts/trip.private/more/b.md": "private",
    "posts/trip/index.private.md": "private",
    "log.private/a.md": "private",
    "Drafts/a.md": "draft",
    "DRAFTS/a.md": "draft",
    "_Drafts/a.md": "draft",
    "posts/drafts/a.md": "draft",
    "posts/Drafts/deep/a.md": "draft",
    "posts/private.md": "published",
    "posts/on.privacy.md": "published",
    "posts/crafts/a.md": "published",
    "privacy/a.md": "published",
    "posts/draft.md": "published",
}


@pytest.mark.parametrize("path", STATES)
def test_names_that_hold_back(site: Callable[..., Site], path: str) -> None:
    """Parts `.private` and folders `drafts` in any case hold a text back; other names do not."""
    some = site({f"content/{path}": TEXT, "content/about.md": "# About\n"})
    assert some.codes() == set()
    states = {line.split("\t")[5]: line.split("\t")[0] for line in some.run("list").stdout.splitlines()}
    assert states[f"content/{path}"] == STATES[path]


def test_a_folder_of_drafts_has_posts_in_any_case(site: Callable[..., Site]) -> None:
    """`Drafts/` and `_Posts/` at the top have the kind that `drafts/` and `_posts/` have."""
    some = site({"content/Drafts/a.md": TEXT, "content/_Posts/b.md": TEXT, "content/_DRAFTS/c.md": TEXT})
    assert [line.split("\t")[2] for line in some.run("list").stdout.splitlines()] == ["post"] * 3


DOUBTFUL = [
    "draft/a.md",
    "Draft/a.md",
    "posts/draft/a.md",
    "posts/darfts/a.md",
    "drfts/a.md",
    "private/a.md",
    "Private/deep/a.md",
    "notes/privat/a.md",
    "posts/a.privat.md",
    "posts/a.prviate.fr.md",
    "posts/a.private.copy.md",
    "posts/a.private.notes.md",
    "posts/trip.privte/index.md",
    "posts/trip.private.v2/index.md",
]


@pytest.mark.parametrize("path", DOUBTFUL)
def test_names_that_almost_hold_back(site: Callable[..., Site], path: str) -> None:
    """A text under a name that almost holds it back is an error, told once for a folder, until a field says what it is."""
    some = site({f"content/{path}": TEXT, f"content/{path.replace('a.', 'b.')}": TEXT})
    found = some.errors()
    assert [d.code for d in found] == ["name-misspelt"] * (2 if "/a.pr" in path else 1)
    state = "draft" if any(part in path.lower() for part in ("draft", "darft", "drft")) else "private"
    assert f"`{state} = true`" in found[0].hint or f"`{state}: true`" in found[0].hint
    for said in ("true", "false"):
        for name in {path, path.replace("a.", "b.")}:
            some.write(f"content/{name}", TEXT.replace("title: A", f"title: A\n{state}: {said}"))
        assert some.codes() == set()


def test_defaults_above_settle_a_name(site: Callable[..., Site]) -> None:
    """The hint, applied: a `_defaults.toml` in the folder."""
    some = site({"content/private/a.md": TEXT, "content/private/b.md": TEXT, "content/private/_defaults.toml": "private = true\n"})
    assert some.codes() == set()
    assert [line.split("\t")[0] for line in some.run("list").stdout.splitlines()] == ["private"] * 2


UNREAD = [
    "_Defaults.toml",
    "_DEFAULTS.TOML",
    "_defaults.yaml",
    "_defaults.yml",
    "_defaults.json",
    "_defaults.toml.txt",
    "_default.toml",
    "_deafults.toml",
    "defaults.toml",
    "Default.toml",
    "defaults.yaml",
    "_Index.md",
    "_INDEX.MD",
]


@pytest.mark.parametrize("name", UNREAD)
def test_defaults_under_another_name(site: Callable[..., Site], name: str) -> None:
    """Fields for a folder in a file that is not read are an error, unless the file is named in `ignore`."""
    files = {"content/posts/a.md": TEXT, f"content/posts/{name}": "draft = true\n" if name.lower().endswith("toml") else "draft: true\n"}
    assert site(files).codes() == {"name-misspelt"}
    assert Site(site({}).root / "other", files, CONFIG + f'[content]\nignore = ["{name}"]\n').codes() == set()


@pytest.mark.parametrize("folder", ["_draft", "_Draft", "_darfts", "_post"])
def test_folders_that_are_not_read(site: Callable[..., Site], folder: str) -> None:
    """Nor is a folder passed over whose name is almost Jekyll's."""
    assert site({f"content/{folder}/a.md": TEXT}).codes() == {"name-misspelt"}


def test_names_that_mean_nothing(site: Callable[..., Site]) -> None:
    """Other hidden names, settings of other things and backups of ours are left alone."""
    names = (
        "_layouts/a.html",
        "_default/a.md",
        "_x.md",
        "_defaults.toml~",
        "defaults.json",
        "posts/defaults.toml",
        "posts/default.md",
        ".defaults.toml",
    )
    some = site({"content/posts/a.md": TEXT, **{f"content/{name}": '{"colour": "red"}\n' for name in names if not name.endswith("toml")}})
    some.write("content/posts/defaults.toml", "colour = 'red'\n")
    assert some.codes() == set()


def test_private_attachments(site: Callable[..., Site]) -> None:
    """A file called private is not published, even where a published text refers to it."""
    text = TEXT + "[Salaries](salaries.private.pdf) ![](../secret.private/photo.jpg)\n"
    some = site(
        {
            "content/posts/trip/index.md": text,
            "content/posts/trip/salaries.private.pdf": b"%PDF",
            "content/posts/trip/map.jpg": b"x",
            "content/posts/secret.private/photo.jpg": b"x",
            "content/posts/secret.private/index.md": TEXT,
        }
    )
    some.build()
    published = {path.name for path in some.output.rglob("*") if path.is_file()}
    assert "map.jpg" in published
    assert published.isdisjoint({"salaries.private.pdf", "photo.jpg"})


def test_words_that_are_near_by_chance() -> None:
    """Words of the language that are near one of ours are no slip."""
    for word, known in (("crafts", "drafts"), ("grafts", "drafts"), ("ports", "posts"), ("primate", "private")):
        assert is_near(word, known)
        assert not is_like(word, known)
