"""Targets in the settings: keys belong to types, and no secret stands there."""

from __future__ import annotations

import pytest

from wol.config.load import parse
from wol.errors import WolError
from wol.features import registry

SITE = '[site]\ntitle = "A"\nbase_url = "https://example.org"\n'


def told(lines: str) -> list[tuple[int, str, str]]:
    """Give line, code and message of all that is wrong with the table `[deploy.live]` (its header is line 4)."""
    try:
        parse(f"{SITE}[deploy.live]\n{lines}".encode())
    except WolError as error:
        return [(d.span.line, d.code, f"{d.message} {d.hint}") for d in error.diagnostics if d.span]
    return []


@pytest.mark.parametrize(
    "lines",
    [
        'type = "folder"\npath = "/srv/site"\nkeep = 5',
        'type = "git"',
        'type = "git"\nrepository = "https://example.org/me/site.git"\nbranch = "main"\nnojekyll = false\ntoken = "PAGES_TOKEN"',
        'type = "git"\nrepository = "git@example.org:me/site.git"',
        'type = "git"\nrepository = "ssh://git@example.org/me/site.git"',
        'type = "command"\ncommand = ["a", "b"]\npublic = false\ntimeout = 60',
        'type = "rsync"\nhost = "me@example.org"\nport = 2222\npath = "/srv/my-site"',
        'type = "sftp"\nhost = "testhost"\npath = "htdocs"',
        'type = "s3"\nbucket = "site"\nprefix = "blog"\nregion = "auto"\nendpoint = "https://s3.example.org"\naccess_key = "ID"\nsecret_key = "KEY"',
        'type = "s3"\nbucket = "site"\nendpoint = "http://127.0.0.1:9000"',
        'type = "netlify"\nsite = "my-site.netlify.app"\ntoken = "SITE_TOKEN"',
    ],
)
def test_good_targets(lines: str) -> None:
    """Each type with its own keys."""
    assert told(lines) == []


@pytest.mark.parametrize(
    ("lines", "line", "code", "words"),
    [
        ("", 4, "config-required", "`type`"),
        ('type = "foldr"', 5, "config-value", "did you mean `folder`?"),
        ('type = "ftp"', 5, "config-value", "did you mean `sftp`?"),
        ('type = "webdav"', 5, "config-value", "types are `folder`"),
        ('type = "folder"', 4, "config-required", 'path = "/srv/my-site"'),
        ('type = "command"', 4, "config-required", 'command = ["rsync"'),
        ('type = "command"\ncommand = []', 6, "config-required", "lacks `command`"),
        ('type = "command"\ncommand = "rsync -a"', 6, "config-value", "must be a list"),
        ('type = "git"\npath = "x"', 6, "config-unknown", "a setting of the type `folder`"),
        ('type = "git"\noptions = {a = 1}', 6, "config-unknown", "types of plugins"),
        ('type = "git"\nbrunch = "x"', 6, "config-unknown", "did you mean `branch`?"),
        ('type = "git"\ntoken = "ghp_0123456789"', 6, "config-value", "not the name of a variable"),
        ('type = "git"\ntoken = "AKIA0123456789ABCDEF"', 6, "config-value", "not the name of a variable"),
        ('type = "git"\nrepository = "https://me:secret@example.org/x.git"', 6, "config-value", "has a password in it"),
        ('type = "git"\nrepository = "https://ghp_01234@example.org/x.git"', 6, "config-value", "has a password in it"),
        ('type = "rsync"\npath = "/srv/x"', 4, "config-required", 'host = "me@example.org"'),
        ('type = "rsync"\nhost = "-oProxyCommand=x"\npath = "/srv/x"', 6, "config-value", "not a name that ssh takes"),
        ('type = "rsync"\nhost = "example.org:22"\npath = "/srv/x"', 6, "config-value", "`port` is a key of its own"),
        ('type = "s3"', 4, "config-required", 'bucket = "my-site"'),
        ('type = "s3"\nbucket = "b"\nendpoint = "http://s3.example.org"', 7, "config-value", "begins with `https://`"),
        ('type = "s3"\nbucket = "b"\nendpoint = "http://127.0.0.1.example.org"', 7, "config-value", "begins with `https://`"),
        ('type = "s3"\nbucket = "b"\naccess_key = "AKIA0123456789ABCDEF"', 7, "config-value", "not the name of a variable"),
        ('type = "netlify"', 4, "config-required", "lacks `site`"),
        ('type = "netlify"\nsite = "x"\napi = "http://example.org/api/v1"', 7, "config-value", "begins with `https://`"),
        ('type = "netlify"\nsite = "x"\ntoken = "nfp_0123456789"', 7, "config-value", "not the name of a variable"),
        ('type = "git"\nkeep = 0', 6, "config-value", "at least 1"),
    ],
)
def test_wrong_targets(lines: str, line: int, code: str, words: str) -> None:
    """Each mistake has its line, its code and a way out."""
    found = told(lines)
    assert [(at, which) for at, which, _ in found] == [(line, code)], found
    assert words in found[0][2]


def test_no_secret_is_repeated() -> None:
    """A secret that was written into the settings is not in the message about it."""
    found = told('type = "git"\nrepository = "https://me:hush@example.org/x.git"\ntoken = "ghp_hush"')
    assert len(found) == 2
    assert not [words for _, _, words in found if "hush" in words]


def test_names() -> None:
    """The name of a target is part of paths and commands."""
    with pytest.raises(WolError) as error:
        parse(f'{SITE}[deploy."a/b"]\ntype = "git"\n'.encode())
    assert "cannot be the name of a target" in str(error.value)


def test_a_type_of_a_plugin() -> None:
    """Where there are plugins, other types and their options pass; they are looked at when they are used."""
    config = parse(f'{SITE}[build]\nplugins = ["x"]\n[deploy.live]\ntype = "ipfs"\noptions = {{pin = true}}\n'.encode())
    assert config.deploy["live"].options == {"pin": True}


def test_hub() -> None:
    """A hub is an address."""
    with pytest.raises(WolError, match="hub"):
        parse(f'{SITE}[feeds]\nhub = "hub.example.org"\n'.encode(), tables=registry.tables())
