"""Files that are published and were hardly meant to be."""

from __future__ import annotations

import pytest

from wol.check.exposed import exposed, is_accident, may_expose

ACCIDENTS = """.env .env.local a/.env.production .htpasswd .netrc .npmrc .git-credentials .bash_history id_rsa keys/id_ed25519 cert.p12 passwords.kdbx
Thumbs.db a/desktop.ini ._photo.jpg notes.txt~ .notes.md.swp #notes# page.html.bak page.html.orig data.sqlite-wal a.sync-conflict-2026.jpg
.ssh/config .svn/entries .idea/workspace.xml .vscode/settings.json node_modules/x/index.js __pycache__/a.pyc __MACOSX/a .obsidian/app.json x/.aws/credentials"""

MEANT = """.well-known/security.txt .nojekyll .htaccess CNAME robots.txt favicon.ico photo.jpg keynote.key slides/talk.key environment.txt data.sqlite
id_rsa.pub cert.pem .domains env backup/index.html a.tmpl node_modules.html original.html bak history.html desktop.initial.html"""


@pytest.mark.parametrize("path", ACCIDENTS.split())
def test_accidents(path: str) -> None:
    """Secrets, and what editors, systems and tools leave behind, by their names."""
    assert is_accident(path)


@pytest.mark.parametrize("path", MEANT.split())
def test_what_is_meant(path: str) -> None:
    """Names that only look like them."""
    assert not is_accident(path)


def test_keys_and_drawings() -> None:
    """A private key is known by its first line, whatever its name; a public one is none. A drawing is known by what Inkscape writes into it."""
    for kind in (b"", b"RSA ", b"EC ", b"ENCRYPTED ", b"OPENSSH "):
        assert exposed("deploy", b"-----BEGIN " + kind + b"PRIVATE KEY-----\n") == "key"
    assert exposed("a.asc", b"-----BEGIN PGP PRIVATE KEY BLOCK-----") == "key"
    assert exposed("a.asc", b"-----BEGIN PGP PUBLIC KEY BLOCK-----") == ""
    assert exposed("a.pem", b"-----BEGIN CERTIFICATE-----") == ""
    assert exposed("a.svg", rb'<svg sodipodi:docname="map.svg" inkscape:export-filename="C:\Users\Ada\map.png">') == r"C:\Users\Ada\map.png"
    assert exposed("a.svg", b"<svg sodipodi:absref='/home/ada/x.png'>") == "/home/ada/x.png"
    assert exposed("a.svg", b'<svg sodipodi:docname="map.svg"><a href="/home/ada/">') == ""
    assert may_expose("a/CNAME")
    assert not may_expose("a/photo.jpg")
