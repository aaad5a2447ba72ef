"""Whether the last build is current, and its output as it was left: `check`, `deploy` and `record` ask one decision, and cannot disagree."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest

from harness.site import CONFIG, Site
from wol.check.built_site import built_site
from wol.deploy.release_build import release_build
from wol.engine.last_build import Unfit, last_build
from wol.engine.request import BuildRequest
from wol.errors import WolError
from wol.features.mark.files import PATH as MARKER
from wol.features.registry import load
from wol.ledger.record import publication

FILES = {
    "content/a.md": "A [link](b.md).",
    "content/b.md": "B.",
    "static/x.txt": "x",
    "themes/mine/templates/parts/footer.html": "{{ site.title }}",
}
SETTINGS = CONFIG + '[theme]\nuse = ["mine", "default"]\n'
OWNED = ".wol/state/release/owned"


def nothing(here: Site) -> None:
    pass


def write(path: str, text: str) -> Callable[[Site], None]:
    return lambda here: here.write(path, text)


def remove(path: str) -> Callable[[Site], None]:
    return lambda here: here.remove(path)


def remove_pages(here: Site) -> None:
    for path in here.output.rglob("*"):
        if path.is_file():
            path.unlink()


def touch(path: str) -> Callable[[Site], None]:
    return lambda here: os.utime(here.root / path)


def rewrite(path: str) -> Callable[[Site], None]:
    """Put a new file with the same bytes in its place."""

    def change(here: Site) -> None:
        data = (here.root / path).read_bytes()
        here.remove(path)
        here.write(path, data)

    return change


def link_away(here: Site) -> None:
    here.remove("public/x.txt")
    (here.output / "x.txt").symlink_to(here.root / "static/x.txt")


CASES: dict[str, tuple[Callable[[Site], None], Unfit | None, str]] = {
    "nothing": (nothing, None, ""),
    "a source is touched": (touch("content/a.md"), None, ""),
    "a source is replaced by itself": (rewrite("content/a.md"), None, ""),
    "an output is touched": (touch("public/a/index.html"), None, ""),
    "an output is replaced by itself": (rewrite("public/x.txt"), None, ""),
    "a foreign file": (write("public/own.txt", "own"), None, ""),
    "a setting of deploys": (write("site.toml", SETTINGS + '[deploy.live]\ntype = "folder"\npath = "../live"\n'), None, ""),
    "a source": (write("content/a.md", "Other."), Unfit("outdated"), "`content/a.md` has changed"),
    "a new source": (write("content/c.md", "C."), Unfit("outdated"), "`content/c.md` has changed"),
    "a source that is gone": (remove("content/b.md"), Unfit("outdated"), "`content/b.md` has changed"),
    "a static file": (write("static/x.txt", "y"), Unfit("outdated"), "`static/x.txt` has changed"),
    "a template": (write("themes/mine/templates/parts/footer.html", "-"), Unfit("outdated"), "footer.html` has changed"),
    "the settings": (write("site.toml", SETTINGS + "[content]\npage_size = 3\n"), Unfit("outdated"), "`site.toml` has changed"),
    "the address": (write("site.toml", SETTINGS.replace("example.org", "example.net")), Unfit("outdated"), "for another address"),
    "the list is lost": (remove(OWNED), Unfit("outdated"), "What wol knew of its files is gone"),
    "the list is cut": (write(OWNED, "# Files that"), Unfit("outdated"), "What wol knew of its files is gone"),
    "the list is another's": (write(OWNED, "# Files that wol wrote.\npublic\n# 0 files\n"), Unfit("outdated"), "its files is gone"),
    "the state is lost": (remove(".wol/state/release/state"), Unfit("unbuilt"), ""),
    "the state is damaged": (write(".wol/state/release/state", "?"), Unfit("unbuilt"), ""),
    "the records are lost": (remove(".wol"), Unfit("unbuilt"), ""),
    "a build with drafts": (write(f"public/{MARKER}", ""), Unfit("marked"), ""),
    "an output": (write("public/a/index.html", "other"), Unfit("modified"), "a/index.html"),
    "an output that is gone": (remove("public/x.txt"), Unfit("modified"), "x.txt"),
    "an output that is a link": (link_away, Unfit("modified"), "x.txt"),
    "a folder in the place of an output": (write("public/x.txt/y.txt", "y"), Unfit("modified"), "x.txt"),
    "all outputs": (remove_pages, Unfit("modified"), "a/index.html"),
}


@pytest.mark.parametrize("what", CASES)
def test_one_decision_for_check_deploy_and_record(site: Callable[..., Site], what: str) -> None:
    """Each refuses what is unbuilt or outdated; what was modified is a finding of a check, and what is marked a file that is left over."""
    change, unfit, reason = CASES[what]
    here = site(FILES, SETTINGS)
    here.build(at=None)
    if what == "a folder in the place of an output":
        here.remove("public/x.txt")
    change(here)
    with last_build(BuildRequest(here.root), load, MARKER) as last:
        assert (last.unfit and last.unfit.fault) == (unfit and unfit.fault)
        assert reason in " ".join(last.unfit.reasons if last.unfit else ())
    fault = unfit.fault if unfit is not None else ""
    deploy = {"unbuilt": "deploy-unbuilt", "marked": "deploy-preview", "outdated": "deploy-outdated", "modified": "deploy-tampered"}
    check = {"unbuilt": "check-no-build", "outdated": "check-outdated"}
    assert refusal(lambda: release_build(here.root, load)) == deploy.get(fault, "")
    assert refusal(lambda: publication(BuildRequest(here.root), load)) == ("ledger-outdated" if fault else "")
    assert refusal(lambda: look(here)) == ("check-no-build" if what == "all outputs" else check.get(fault, ""))


def look(here: Site) -> None:
    with built_site(here.root, load):
        pass


def refusal(command: Callable[[], object]) -> str:
    """Return the code by which a command refuses, if it does."""
    try:
        command()
    except WolError as error:
        (found,) = error.diagnostics
        return found.code
    return ""
