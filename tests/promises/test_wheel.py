"""What ships is what is tested: the wheel, with the checkout out of reach."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from harness.wheels import install

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of wol, unpacked."""
    return install(ROOT, tmp_path_factory.mktemp("wheel"))


def run(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `wol` from the unpacked wheel, in a folder, with no home."""
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); sys.path[:] = [p for p in sys.path if p != {str(ROOT / 'src')!r}]; "
    code += f"import wol; assert wol.__file__.startswith({str(installed)!r}); from wol.cli.main import main; main()"
    env = {name: value for name, value in os.environ.items() if name not in ("HOME", "PYTHONPATH")}
    return subprocess.run([sys.executable, "-c", code, *words], cwd=folder, env=env, capture_output=True, text=True, timeout=120)


def test_the_wheel_holds_what_it_needs(installed: Path) -> None:
    """The default theme, the script of the preview, the type marker and the licence are in it; tests and our own site are not."""
    names = {p.relative_to(installed).as_posix() for p in installed.rglob("*") if p.is_file()}
    assert {"wol/themes/default/templates/base.html", "wol/themes/default/assets/style.css", "wol/py.typed"} <= names
    assert {f"wol/serve/static/{name}" for name in ("live.js", "overlay.css", "idiomorph.js", "VENDOR.toml")} <= names
    assert not [n for n in names if n.startswith(("tests/", "content/", "src/"))]
    assert [n for n in names if n.endswith("licenses/LICENSE")]


def test_a_site_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    """`wol init` and `wol build` work where there is nothing but the wheel."""
    made = run(installed, tmp_path, "init", "mine")
    assert made.returncode == 0, made.stderr
    built = run(installed, tmp_path / "mine", "build", "--strict")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "mine/public/index.html").is_file()
    assert list((tmp_path / "mine/public/assets").glob("style.*.css"))
