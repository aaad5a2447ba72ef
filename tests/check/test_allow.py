"""What is allowed by name and reason is not told, and an entry that allows nothing is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site

POST = "---\ntitle: A\ndate: 2026-11-20\n---\n"
FILES = {
    "content/posts/a.md": POST + "See <http://localhost/>, [far](https://example.org/far/), [b](nowhere.md).\n\n#### Deep\n",
    "content/lost.md": "Words.",
    "content/posts/b.md": POST + '<iframe src="https://films.example/x" title="A film"></iframe> Words.\n',
}


def told(site: Callable[..., Site], code: str, path: str) -> list[str]:
    """Give the codes that are told, with one entry."""
    here = site(FILES, CONFIG + f'[check]\nallow = [{{code = "{code}", path = "{path}", reason = "so"}}]\n')
    here.build()
    return sorted(
        {line.partition("[")[2].partition("]")[0] for line in here.run("check", "-v").stderr.splitlines() if "[" in line and "]: " in line}
    )


ALL = ["check-description", "check-headings", "check-link", "check-local", "check-orphan", "check-third-party", "link-broken"]


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("check-orphan", "content/lost.md"),
        ("check-orphan", "/lost/"),
        ("check-orphan", "/*"),
        ("check-orphan", "*"),
        ("check-link", "https://example.org/far/"),
        ("check-link", "content/posts/*"),
        ("check-local", "localhost"),
        ("check-third-party", "films.example"),
        ("check-third-party", "https://films.example/*"),
        ("check-headings", "/2026/11/a/"),
        ("link-broken", "content/posts/a.md"),
    ],
)
def test_names_of_a_finding(site: Callable[..., Site], code: str, path: str) -> None:
    """A finding is allowed by its file, its page, its address or its host; those of the build too, and `check-link` means both of its links."""
    meant = {code, "link-broken"} if (code, path) == ("check-link", "content/posts/*") else {code}
    assert told(site, code, path) == [one for one in told(site, "check-date", "x") if one not in (*meant, "check-allowance")]


@pytest.mark.parametrize("path", ["/Lost/", "lost", "content/lost", "/lost"])
def test_a_name_is_meant_as_it_stands(site: Callable[..., Site], path: str) -> None:
    """A part of a name, or another case, allows nothing, and that is told."""
    assert {"check-orphan", "check-allowance"} <= set(told(site, "check-orphan", path))


def test_an_entry_that_allows_nothing(site: Callable[..., Site]) -> None:
    """It is told at its line."""
    here = site({"content/posts/a.md": POST + "Words.\n"}, CONFIG + '[[check.allow]]\ncode = "check-orphan"\npath = "/x/"\nreason = "so"\n')
    here.build()
    ran = here.run("check")
    assert "site.toml:4:9: warning[check-allowance]: Nothing is left that the entry for `check-orphan` at `/x/` allows" in ran.stderr
    assert here.run("check", "--strict").code == 1


WRONG = {
    '{code = "check-orphans", path = "*", reason = "so"}': "`code` of entry 1 of `allow` in `[check]` is `check-orphans`, which is no code",
    '{code = "check-no-build", path = "*", reason = "so"}': "is `check-no-build`, which cannot be allowed",
    '{code = "check-orphan", path = "*", reason = " "}': "`reason` of entry 1 of `allow` in `[check]` is empty",
    '{code = "check-orphan", path = "", reason = "so"}': "`path` of entry 1 of `allow` in `[check]` is empty",
    '{code = "check-orphan", path = "*"}': "lacks `reason`",
    '{code = "check-orphan", path = "*", why = "so"}': "has a key `why` that wol does not know",
}


@pytest.mark.parametrize("entry", WRONG)
def test_an_entry_says_what_it_means(site: Callable[..., Site], entry: str) -> None:
    """A wrong code, an empty path and an absent reason are errors of the settings."""
    here = site({"content/posts/a.md": POST}, CONFIG + f"[check]\nallow = [{entry}]\n")
    ran = here.run("build")
    assert ran.code == 1
    assert WRONG[entry] in ran.stderr
