"""The search path of themes."""

from __future__ import annotations

from pathlib import Path

import pytest

import wol
from wol.errors import WolError
from wol.theme.folders import PACKAGED, default_theme_folder, theme_folders


def test_the_default_theme_is_there() -> None:
    """The theme that comes with wol is found from the code, not from the working folder."""
    assert (default_theme_folder() / "templates").is_dir()


def test_the_default_theme_of_an_installed_wol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where wol is installed, its theme lies inside the package."""
    folder = tmp_path / "wol" / "themes" / "default"
    folder.mkdir(parents=True)
    monkeypatch.setattr(wol, "__file__", str(tmp_path / "wol" / "__init__.py"))
    assert default_theme_folder() == folder


def test_default_is_always_last(tmp_path: Path) -> None:
    """Themes come in the order of `use`, each once; the packaged one is beneath all of them, wherever it is named."""
    for name in ("a", "b"):
        (tmp_path / "themes" / name).mkdir(parents=True)
    found = theme_folders(tmp_path, ("default", "b", "a", "b"))
    assert [(t.name, t.label) for t in found] == [("b", "themes/b"), ("a", "themes/a"), (PACKAGED, PACKAGED)]
    assert found[-1].path == default_theme_folder()


def test_a_site_with_its_own_default(tmp_path: Path) -> None:
    """A site's `themes/default` comes before the packaged one, under a name of its own."""
    (tmp_path / "themes" / "default").mkdir(parents=True)
    assert [(t.name, t.label) for t in theme_folders(tmp_path, ())] == [("default", "themes/default"), (PACKAGED, PACKAGED)]


def test_the_site_that_holds_the_packaged_theme(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Where the two are one folder it is used once, and errors name its path in the site."""
    (tmp_path / "themes" / "default").mkdir(parents=True)
    monkeypatch.setattr(wol, "__file__", str(tmp_path / "src" / "wol" / "__init__.py"))
    assert [(t.name, t.label) for t in theme_folders(tmp_path, ("default",))] == [(PACKAGED, "themes/default")]


def test_missing_themes(tmp_path: Path) -> None:
    """Every theme that is not there is told with its line in site.toml and the nearest one that is."""
    (tmp_path / "themes" / "mine").mkdir(parents=True)
    (tmp_path / "themes" / "file").write_text("")
    (tmp_path / "site.toml").write_text('[site]\n[theme]\nuse = ["mien",\n  "../x", "file", ""]\n')
    with pytest.raises(WolError) as caught:
        theme_folders(tmp_path, ("mien", "../x", "file", ""))
    found = caught.value.diagnostics
    assert [(d.code, str(d.span)) for d in found] == [
        ("theme-missing", "site.toml:3:8"),
        ("theme-missing", "site.toml:4:3"),
        ("theme-missing", "site.toml:4:11"),
        ("theme-missing", "site.toml:4:19"),
    ]
    assert found[0].hint == "did you mean `mine`?"
    assert "cannot be the name of a theme" in found[1].message


def test_missing_themes_without_settings(tmp_path: Path) -> None:
    """The error stands even if site.toml cannot be read."""
    with pytest.raises(WolError) as caught:
        theme_folders(tmp_path, ("mine",))
    assert caught.value.diagnostics[0].span is not None
