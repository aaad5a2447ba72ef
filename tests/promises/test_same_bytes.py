"""The same sources give the same bytes: in another folder, zone, locale, with another mask, hash seed or number of processes."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from harness.site import CONFIG, Site, differences, instant

FILES: dict[str, str | bytes] = {
    "content/_index.md": "---\ntitle: Willkommen\n---\nText of the home page with [a link](about.md).\n",
    "content/about.md": "# About\n\nI and II, İstanbul, ıssız, Iğdır.[^1]\n\n[^1]: A note.\n",
    "content/notes/garden.md": "A note without a title.\n\n> [!note] With a callout\n> and `code`.\n",
    "content/notes/_defaults.toml": 'tags = ["Garden", "INDEX"]\n',
    "content/posts/trip/index.md": "---\ntitle: A trip\ndate: 2026-10-05 23:30\ntags: [Iİıi, travel]\n---\n![A view](view.jpg \"The view\")\n\n```python\nprint('x')\n```\n",
    "content/posts/trip/view.jpg": b"\xff\xd8 no real picture",
    "static/robots-extra.txt": "plain\n",
    **{
        f"content/posts/2026-{month:02}-{day:02}-post-{month}-{day}.md": f"---\ntags: [t{day % 3}, t{month % 2}, 'C++']\nauthors: [Ann, Bob]\n---\n# Post {month} {day}\n\nText *one*.\n\n## Part\n\nMore, see [the trip](trip/index.md).\n"
        for month in range(1, 11)
        for day in (1, 15)
    },
}
SETTINGS = CONFIG + 'language = "tr"\ntimezone = "Europe/Istanbul"\n\n[content]\npage_size = 3\n\n[redirects]\n"/old/" = "/about/"\n'


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """The output of one plain build."""
    here = Site(tmp_path_factory.mktemp("plain") / "site", FILES, SETTINGS)
    here.build(jobs=1)
    return here.files()


@pytest.fixture(scope="module")
def turkish(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Variables of a Turkish locale, whose capitals of `i` differ: one that the machine has, or can make."""
    known = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False).stdout.split()
    name = next((name for name in known if name.lower().startswith("tr_tr.utf")), "")
    if name:
        return {"LC_ALL": name, "LANGUAGE": "tr"}
    folder = tmp_path_factory.mktemp("locales")
    try:
        subprocess.run(["localedef", "-i", "tr_TR", "-f", "UTF-8", str(folder / "tr_TR.UTF-8")], capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no Turkish locale is here, and none can be made")
    return {"LOCPATH": str(folder), "LC_ALL": "tr_TR.UTF-8", "LANGUAGE": "tr"}


@pytest.mark.parametrize(
    ("variables", "options", "before"),
    [
        ({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "0"}, (), ""),
        ({"TZ": "America/Los_Angeles", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}, (), ""),
        ({"PYTHONHASHSEED": "3"}, ("--jobs", "3"), "import os; os.umask(0o077);"),
        ({"PYTHONHASHSEED": "4", "SOURCE_DATE_EPOCH": "1"}, ("--jobs", "1"), "import os; del os.environ['HOME'];"),
    ],
    ids=["zone", "no-locale", "mask", "no-home"],
)
def test_same_bytes_on_any_machine(
    site: Callable[..., Site], reference: Mapping[str, bytes], variables: dict[str, str], options: tuple[str, ...], before: str
) -> None:
    """Zone, locale, hash seed, mask, number of processes and the clock of the machine leave no trace in the output."""
    here = site(FILES, SETTINGS)
    build = here.process("build", "--at", "2026-12-01", *options, before=before, **variables)
    _, stderr = build.communicate(timeout=120)
    assert build.returncode == 0, stderr
    assert not (found := differences(reference, here.files())), found


def test_same_bytes_in_turkish(site: Callable[..., Site], reference: Mapping[str, bytes], turkish: Mapping[str, str]) -> None:
    """A locale in which `i` and `I` are two letters, that is in force, changes nothing."""
    here = site(FILES, SETTINGS)
    in_force = "import locale, time; locale.setlocale(locale.LC_ALL, ''); assert time.strftime('%A', (2026, 1, 1, 0, 0, 0, 3, 1, 0)) == 'Perşembe';"
    build = here.process("build", "--at", "2026-12-01", "--jobs", "2", before=in_force, **turkish)
    _, stderr = build.communicate(timeout=120)
    assert build.returncode == 0, stderr
    assert not (found := differences(reference, here.files())), found


@pytest.mark.parametrize("method", multiprocessing.get_all_start_methods())
def test_same_bytes_however_workers_are_started(site: Callable[..., Site], reference: Mapping[str, bytes], method: str) -> None:
    """Forked, spawned or from a server: each worker with a hash seed of its own, where that can be."""
    here = site(FILES, SETTINGS)
    before = f"from wol.engine.jobs import execute; execute.start_method = lambda: {method!r}"
    program = f"{before}\nif __name__ == '__main__':\n  from wol.cli.main import main; main()\n"
    build = subprocess.run(
        [sys.executable, "-c", program, "build", "--at", "2026-12-01", "--jobs", "2"],
        cwd=here.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert build.returncode == 0, build.stderr
    assert not (found := differences(reference, here.files())), found


def test_same_bytes_in_a_long_path_with_odd_names(site: Callable[..., Site], tmp_path: Path, reference: Mapping[str, bytes]) -> None:
    """The folder of the site has no part in its output, however long, and with spaces, brackets and quotes."""
    here = Site(tmp_path / "a b [draft] {{ x }} 'q' é" / ("long" * 40) / "site", FILES, SETTINGS)
    here.build(jobs=1)
    assert not (found := differences(reference, here.files())), found


def test_same_bytes_in_another_order_of_writing(site: Callable[..., Site], reference: Mapping[str, bytes]) -> None:
    """The order in which files came into the folder, and their times, do not matter."""
    here = site(dict(reversed(FILES.items())), SETTINGS)
    for place in here.root.rglob("*.md"):
        os.utime(place, (1, 1))
    here.build(jobs=2)
    assert not (found := differences(reference, here.files())), found


def test_same_bytes_at_another_moment(site: Callable[..., Site], reference: Mapping[str, bytes]) -> None:
    """The moment of the build decides states and nothing else: a year later the same items give the same bytes."""
    here = site(FILES, SETTINGS)
    here.build(at=instant("2027-12-01"))
    assert not (found := differences(reference, here.files())), found


def test_modes_of_files_are_the_usual_ones(site: Callable[..., Site]) -> None:
    """Files of the output may be read by a web server: as other files that this user makes, never with a temporary file's narrow mode."""
    here = site(FILES, SETTINGS)
    mask = os.umask(0o022)
    try:
        here.build(jobs=1)
    finally:
        os.umask(mask)
    modes = {oct(place.stat().st_mode & 0o777) for place in here.output.rglob("*") if place.is_file()}
    assert modes == {"0o644"}
    assert {oct(place.stat().st_mode & 0o777) for place in [here.output, *here.output.rglob("*")] if place.is_dir()} == {"0o755"}
