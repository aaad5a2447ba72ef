"""Code of others is as it came, and says whose it is."""

from __future__ import annotations

import tomllib
from hashlib import sha256
from importlib.resources import files

STATIC = files("wol").joinpath("serve", "static")
VENDORED = tomllib.loads(STATIC.joinpath("VENDOR.toml").read_text("utf-8"))
OURS = {"live.js", "stream.js", "shared.js", "page.js", "morph.js", "view.js", "files.js", "overlay.js", "overlay.css", "VENDOR.toml"}


def test_files_are_as_they_came() -> None:
    """The sum, a version and the text of the licence of each."""
    for one in VENDORED.values():
        data = STATIC.joinpath(one["file"]).read_bytes()
        assert sha256(data).hexdigest() == one["sha256"]
        assert one["version"] in one["source"]
        assert "Permission to use, copy, modify" in one["licence_text"]


def test_every_file_is_ours_or_named() -> None:
    """Nothing of others lies there without its licence."""
    assert {file.name for file in STATIC.iterdir()} == OURS | {one["file"] for one in VENDORED.values()}


def test_ours_is_small() -> None:
    """What is ours can be read at one sitting: each file has one duty, and all of it is some hundred lines."""
    lengths = [len(STATIC.joinpath(name).read_text("utf-8").splitlines()) for name in OURS - {"VENDOR.toml"}]
    assert max(lengths) < 250
    assert sum(lengths) < 800
