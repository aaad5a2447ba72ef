"""A month of mistakes: for each slip of a writer exactly one message, and what its hint says, done as it stands, makes the site good again."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from errors.month_of_slips import BASE, SLIPS, Slip
from errors.test_fixes import apply
from harness.site import Ran, Site
from wol.features.registry import load
from wol.ledger.record import publication, record

EXPECTED = Path(__file__).parents[1] / "fixtures" / "month.txt"
"""What each slip says, in sections."""

SHORT = 5
"""Every how many slips `make test` goes through."""

BY_NAME = {slip.name: slip for slip in SLIPS}


@pytest.fixture(scope="session")
def month(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The site of the first month: built, published and on record."""
    here = Site(tmp_path_factory.mktemp("month") / "site", BASE, str(BASE["site.toml"]))
    assert here.run("build").code == 0
    record(publication(here.request(at=None), load), load)
    return here


def said(ran: Ran, here: Site) -> str:
    """Return what a writer reads, without what differs from run to run."""
    found = f"{ran.stderr}{ran.stdout}".replace(str(here.root.resolve()), "SITE").replace(str(here.root), "SITE")
    found = re.sub(r"[\d,]+ pages? in (\S+): [\d,]+ rendered, [\d,]+ written, [\d.]+ s", r"N pages in \1", found)
    found = re.sub(r"[0-9.]+ s\b", "N s", found).rstrip()
    found = re.sub(r"\d{4}-\d\d-\d\d-[a-z0-9]{10}\.md", "TODAY-ID.md", found)  # of a post whose title makes no slug
    return f"{found}\n\nexit code {ran.code}\n"


def edited(here: Site, slip: Slip) -> None:
    """Make the slip."""
    change(here, slip.edits)


def change(here: Site, edits: object) -> None:
    assert isinstance(edits, dict)
    for path, new in edits.items():
        if new is None:
            here.remove(path)
        elif isinstance(new, tuple):
            before = (here.root / path).read_text("utf-8")
            assert new[0] in before, (path, new[0])
            here.write(path, before.replace(new[0], new[1], 1))
        else:
            here.write(path, new)


def amended(here: Site, slip: Slip) -> None:
    """Do what the hints say: the edits or commands of the slip, else the fixes that the findings carry, one after the other."""
    if slip.then or slip.commands:
        change(here, dict(slip.then))
        for command in slip.commands:
            ran = here.run(*command)
            assert ran.code == 0, ran.stderr
        return
    for _ in range(6):
        fixes = [one["fix"] for one in json.loads(here.run("build", "--format", "json").stdout)["diagnostics"] if one["fix"]]
        if not fixes:
            return
        apply(fixes[0], here.root)


def sections() -> dict[str, str]:
    """Read what is expected."""
    found = re.split(r"^## (.*)\n", EXPECTED.read_text("utf-8"), flags=re.MULTILINE)[1:]
    return dict(zip(found[::2], found[1::2], strict=True))


def go_through(slip: Slip, here: Site) -> str:
    """Make a slip, and return what is said; then see that its hint helps."""
    edited(here, slip)
    words = said(here.run(*slip.run), here)
    if slip.good is None:
        amended(here, slip)
    ran = here.run(*(slip.good or slip.run))
    assert ran.code == 0, f"{words}\nthen:\n{ran.stderr}"
    again = here.run("build")
    assert (again.code, "error[" in again.stderr, "warning[" in again.stderr) == (0, False, False), f"{words}\nthen:\n{again.stderr}"
    return words


def test_the_month_is_long_enough() -> None:
    """A hundred slips, each with a name of its own and with what it says."""
    assert len(BY_NAME) == len(SLIPS) >= 100
    assert list(sections()) == list(BY_NAME)


@pytest.mark.parametrize("name", [name for place, name in enumerate(BY_NAME) if place % SHORT == 0])
def test_a_slip(name: str, month: Site, tmp_path: Path) -> None:
    """The short form: every fifth."""
    assert go_through(BY_NAME[name], month.copy(tmp_path / "site")).strip() == sections()[name].strip()


@pytest.mark.long
def test_all_slips(month: Site, tmp_path: Path, update_expected: bool) -> None:
    """The month as a whole."""
    wrong, found = [], {}
    for place, slip in enumerate(SLIPS):
        try:
            found[slip.name] = go_through(slip, month.copy(tmp_path / str(place) / "site"))
        except (AssertionError, OSError) as error:
            wrong.append(f"{slip.name}: {error}")
    if update_expected:
        EXPECTED.write_text("".join(f"## {name}\n{words}\n" for name, words in found.items()), "utf-8")
    assert wrong == []
    assert {name: words.strip() for name, words in sections().items()} == {name: words.strip() for name, words in found.items()}
