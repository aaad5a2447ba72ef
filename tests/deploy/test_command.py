"""A command of the user's own: it gets a whole folder, and its exit code decides."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from harness.deploys import build, deploy, edit, made
from harness.processes import ended
from harness.site import Site, tree

ABOUT = {"content/about.md": "About."}
COPY = "import shutil, sys; shutil.rmtree('../copy', ignore_errors=True); shutil.copytree(sys.argv[1], '../copy', symlinks=True)"


def settings(program: str, *more: str) -> str:
    """Give a target that runs some Python with the folder as its argument."""
    return f'[deploy.copy]\ntype = "command"\ncommand = {json.dumps(["python3", "-c", program, "{folder}", *more])}\npublic = false\n'


def copy(here: Site) -> dict[str, bytes]:
    return tree(here.root.parent / "copy")


def test_the_command_gets_the_site(site: Callable[..., Site]) -> None:
    """It is called once for each deploy that changes something, and can go back."""
    here = made(site, settings(COPY))
    deploy(here)
    assert copy(here) == here.files()
    first = copy(here)
    os.remove(here.root.parent / "copy/index.html")
    deploy(here)
    assert "index.html" not in copy(here), "nothing had changed, so nothing was called"
    edit(here, 1)
    deploy(here)
    assert copy(here) == here.files()
    assert here.run("rollback").code == 0
    assert copy(here) == first


def test_words_are_not_read_by_a_shell(site: Callable[..., Site]) -> None:
    """Signs that mean something to a shell reach the program as they are."""
    words = ["$HOME", "a b", "; touch ../touched", "{release}"]
    here = made(site, settings("import json, sys; json.dump(sys.argv[2:], open('../words', 'w'))", *words), ABOUT)
    deploy(here)
    found = json.loads((here.root.parent / "words").read_text())
    assert found[:3] == words[:3]
    assert found[3] in here.run("releases").stdout
    assert not (here.root.parent / "touched").exists()


def test_a_command_that_fails(site: Callable[..., Site]) -> None:
    """Its last words are shown, the deploy ends with an error, and the next one calls it again (D7)."""
    here = made(site, settings("import os, sys; print('no space there'); sys.exit(0 if os.path.exists('../good') else 7)"), ABOUT)
    ran = deploy(here, code=1)
    assert "exit code 7" in ran.stderr
    assert "no space there" in ran.stderr
    assert "no releases yet" in here.run("releases").stdout
    (here.root.parent / "good").touch()
    assert "Published" in deploy(here).stdout
    assert len(here.run("releases").stdout.splitlines()) == 1


def test_a_command_that_takes_too_long(site: Callable[..., Site]) -> None:
    """It is ended with all that it started (D7)."""
    program = "import os, subprocess; p = subprocess.Popen(['sleep', '60']); open('../pids', 'w').write(f'{os.getpid()} {p.pid}'); p.wait()"
    here = made(site, settings(program) + "timeout = 1\n", ABOUT)
    started = time.monotonic()
    assert "took longer than 1 s" in deploy(here, code=1).stderr
    assert time.monotonic() - started < 20
    assert ended(frozenset(map(int, (here.root.parent / "pids").read_text().split())))


@pytest.mark.slow
def test_a_deploy_that_is_stopped_stops_its_command(site: Callable[..., Site]) -> None:
    """Ctrl-C and SIGTERM end the program too."""
    program = "import os, time; open('../pids', 'w').write(str(os.getpid())); time.sleep(60)"
    here = made(site, settings(program), ABOUT)
    process = here.process("deploy", "--yes")
    pids = here.root.parent / "pids"
    end = time.monotonic() + 30
    while not (pids.exists() and pids.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 143
    assert ended(frozenset({int(pids.read_text())}))


def test_there_is_no_such_program(site: Callable[..., Site]) -> None:
    """The name is told, and that no shell reads it."""
    here = made(site, '[deploy.x]\ntype = "command"\ncommand = ["~/no-such", "{folder}"]\n', ABOUT)
    ran = deploy(here, code=1)
    assert "there is no program `~/no-such`" in ran.stderr
    assert "without a shell" in ran.stderr


@pytest.mark.parametrize("name", ["DEPLOY_TOKEN", "MY_SECRET", "AWS_SECRET_ACCESS_KEY", "SMTP_PASSWORD"])
def test_what_a_command_prints_is_scrubbed(site: Callable[..., Site], monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A secret of the environment that the program prints is in no message and in no file (D8)."""
    monkeypatch.setenv(name, "hush-hush-4711")
    program = f"import os, sys; sys.exit('https://me:pass@example.org said no to ' + os.environ['{name}'])"
    here = made(site, settings(program), ABOUT)
    ran = deploy(here, code=1)
    assert "said no to ***" in ran.stderr
    assert "hush-hush" not in ran.stdout + ran.stderr
    assert "me:pass" not in ran.stderr
    assert not [path for path, data in here.files(".").items() if b"hush-hush" in data]


def test_assets_of_earlier_releases_are_in_the_folder(site: Callable[..., Site]) -> None:
    """The command gets them too, since it may replace all that is there."""
    files = {**ABOUT, "themes/mine/assets/style.css": "/* 0 */"}
    here = made(site, '[theme]\nuse = ["mine"]\n' + settings(COPY), files)
    deploy(here)
    here.write("themes/mine/assets/style.css", "/* 1 */")
    build(here)
    deploy(here)
    assert len([path for path in copy(here) if path.startswith("assets/style.")]) == 2


def test_the_folder_is_not_the_output(site: Callable[..., Site]) -> None:
    """What a program does to its folder does not reach the output of the build."""
    here = made(
        site, settings("import os, sys; open(sys.argv[1] + '/index.html', 'a').write('changed'); os.remove(sys.argv[1] + '/404.html')")
    )
    before = here.files()
    deploy(here)
    assert here.files() == before
    assert Path(here.root / ".wol/deploy/copy/current").is_dir()
