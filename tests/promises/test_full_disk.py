"""A disk that is really full: the build says so once, changes nothing, and goes on when there is room again."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from harness.site import CONFIG

pytestmark = pytest.mark.slow

UNSHARE = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--user", "--map-root-user"])]
POST = "---\ntitle: Number {0}\ndate: 2026-01-{1:02}\ntags: [one]\n---\n" + "{2} words of number {0}\n\n" * 40

PROGRAM = f"""
import os, subprocess, sys
from pathlib import Path
sys.path.insert(0, {str(Path(__file__).parents[1])!r})
from harness.once import done_once
from harness.site import Site, differences

def posts(word):
    return {{f"content/posts/p{{n}}.md": {POST!r}.format(n, n % 27 + 1, word) for n in range(150)}}

def ran(here, *words):
    found = here.run(*words)
    return found.code, found.stderr

once = done_once()
once.__enter__()
disk = Path(sys.argv[1])
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(disk)], check=True)
here = Site(disk / "site", posts("old"), {CONFIG!r})
assert ran(here, "build", "--jobs", "2") == (0, "")
before = here.files()
for path, text in posts("new").items():
    here.write(path, text)
for room in (0, 8, 60, 400):
    left = os.statvfs(disk)
    fill = disk / "fill"
    fill.write_bytes(bytes(max(0, left.f_bavail * left.f_frsize - room * 1024)))
    code, stderr = ran(here, "build", "--jobs", "2")
    assert code == 1, stderr
    assert stderr.count("error[") == 1 and "error[write-failed]" in stderr and "No space left on device" in stderr, stderr
    assert here.files() == before
    assert not [p for p in here.root.rglob("*") if p.name.endswith(".tmp") or "stage" in p.name]
    fill.unlink()
assert ran(here, "build", "--jobs", "2") == (0, "")
clean = Site(disk / "clean", posts("new"), {CONFIG!r})
assert ran(clean, "build") == (0, "")
told = differences(clean.files(), here.files())
assert not told, told
"""


def _may_mount() -> bool:
    try:
        return subprocess.run([*UNSHARE, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@pytest.mark.skipif(shutil.which("unshare") is None or not _may_mount(), reason="a small disk cannot be mounted here")
def test_a_full_disk(tmp_path: Path) -> None:
    """However little room is left, in one place or another of a build."""
    done = subprocess.run(
        [*UNSHARE, sys.executable, "-c", PROGRAM, str(tmp_path)], capture_output=True, text=True, check=False, timeout=280
    )
    assert done.returncode == 0, done.stderr
