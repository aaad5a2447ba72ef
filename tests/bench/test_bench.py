"""The benchmark works, and notices a build that is wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import corpus
from bench.bench import main, table
from bench.cases import CASES, SITE
from bench.measure import Run
from harness.site import Site

SCRIPT = Path(__file__).parent / "bench.py"
POSTS = 12


@pytest.mark.parametrize("cases", [["nothing", "body", "template"], pytest.param(list(CASES), marks=pytest.mark.long)], ids=["some", "all"])
def test_small_run(tmp_path: Path, cases: list[str]) -> None:
    """Each case is built, proved, compared with a clean build and told of, with its figures."""
    lines = tmp_path / "runs.jsonl"
    command = [sys.executable, str(SCRIPT), "--posts", str(POSTS), "--rounds", "1", "--work", str(tmp_path), "--json", str(lines)]
    command += ["--cases", ",".join(cases)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=200)
    assert ran.returncode == 0, ran.stderr
    runs = [json.loads(line) for line in lines.read_text("utf-8").splitlines()]
    assert [run["case"] for run in runs] == [case for case in cases for _ in range(2)]
    assert all(run["wall"] > 0 and run["cpu"] > 0 and run["posts"] == POSTS for run in runs)
    assert [run["memory"] is not None for run in runs] == [False, True] * len(cases)
    made = {run["case"]: run["rendered"] for run in runs if run["memory"]}
    assert made["nothing"] == 0
    assert 0 < made["body"] < made["template"] <= made.get("clean", made["template"])
    assert [line[:12].strip() for line in ran.stdout.splitlines()[2:]] == cases
    assert list(tmp_path.iterdir()) == [lines]


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        ("exit 0", "After `body`: public/posts/"),
        ('"{wol}" "$@" && echo more >> public/index.html', "After `body` the output is not that of a clean build: index.html"),
        ("echo no; exit 3", "gave 3:\nno"),
    ],
)
def test_wrong_builds_are_noticed(tmp_path: Path, capsys: pytest.CaptureFixture[str], broken: str, said: str) -> None:
    """Builds that do nothing, that differ from clean ones, or that fail end the run."""
    real = Path(sys.executable).with_name("wol")
    tool = tmp_path / "tool"
    tool.write_text(f'#!/bin/sh\nif [ -d .wol ]; then {broken.format(wol=real)}; else "{real}" "$@"; fi\n', encoding="utf-8")
    tool.chmod(0o755)
    given = ["--posts", str(POSTS), "--rounds", "1", "--cases", "body", "--work", str(tmp_path), "--wol", str(tool)]
    assert main(given) == 1
    assert said in capsys.readouterr().err


@pytest.mark.long
def test_baseline_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Two tools take turns, and both are measured."""
    wol = str(Path(sys.executable).with_name("wol"))
    assert main(["--posts", "5", "--rounds", "1", "--cases", "nothing", "--work", str(tmp_path), "--baseline", wol]) == 0
    told = capsys.readouterr().out.splitlines()[2:]
    assert sorted(line.split()[1] for line in told) == ["baseline", "wol"]
    assert sum("of the baseline's seconds" in line for line in told) == 1


def test_baseline() -> None:
    """The first of two tools is told as a share of the second, by the medians of the timed runs."""
    runs = {
        ("body", tool): [Run(wall, wall / 2, None, None) for wall in walls] + [Run(99, 99, None, 50.0, 7)]
        for tool, walls in (("wol", (1, 2, 9)), ("baseline", (4, 4, 1)))
    }
    told = list(table(5, runs, {"wol": "a", "baseline": "b"}))[1:]
    assert [line.split()[1] for line in told] == ["wol", "baseline"]
    assert told[0].endswith("0.50 of the baseline's seconds, 0.50 of its work")
    assert "baseline's" not in told[1]


def test_posts_are_always_the_same() -> None:
    """One seed gives one blog, and no two posts share a file or a page."""
    made = corpus.posts(300)
    assert made == corpus.posts(300)
    assert made != corpus.posts(300, seed=2)
    assert len({post.page for post in made}) == len({post.file for post in made}) == 300
    words = [len(post.body.split()) for post in made]
    assert 500 < sum(words) / len(words) < 700
    assert 50 < sum("```" in post.body for post in made) < 130


def built(site: Path, folder: Path, posts: list[corpus.Post]) -> set[str]:
    """Build posts in a copy of a site, without a warning; give the paths of the output."""
    copy = Site.at(site).copy(folder)
    corpus.write(folder, posts)
    report = copy.build()
    assert [str(found) for found in report.diagnostics] == []
    return set(copy.files())


def test_files_of_the_site(tmp_path: Path) -> None:
    """The site to compare by makes the files that other generators make: one page for each tag, ten posts on each page of the home, one RSS feed a list."""
    posts = corpus.posts(35)
    tags = {tag for post in posts for tag in post.tags}
    assert any(sum(tag in post.tags for post in posts) > 10 for tag in tags)
    lists = {"index.html", "page/2/index.html", "page/3/index.html", "page/4/index.html", "posts/index.html", "tags/index.html"}
    of_tags = {f"tags/{tag}/{name}" for tag in tags for name in ("index.html", "feed.xml")}
    expected = {post.page for post in posts} | lists | of_tags | {"feed.xml", "sitemap.xml", "style.css"}
    made = built(SITE, tmp_path / "site", posts)
    assert {path for path in made if not path.startswith("assets/")} == expected
    page = (tmp_path / "site/public" / posts[3].page).read_text("utf-8")
    for other in (posts[2], posts[4], *posts[-5:]):
        assert f"/posts/{other.slug}/" in page


def test_files_of_the_site_with_everything(tmp_path: Path) -> None:
    """The same posts are at the same URLs under the default theme, and all features add theirs."""
    posts = corpus.posts(25)
    made = built(SITE.with_name("site-default"), tmp_path / "site", posts)
    assert {post.page for post in posts} <= made
    assert {"archive/index.html", "2005/index.html", "feed.json", "atom.xml", "robots.txt", "404.html"} <= made
