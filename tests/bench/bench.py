#!/usr/bin/env python3
"""How long `wol build` takes for a small blog: from nothing, and after edits, each build in a new process.

    bench.py                                         1,000 posts, five rounds
    bench.py --posts 10000 --rounds 3                more of them
    bench.py --baseline ../before/.venv/bin/wol      two versions in turns, and how they compare
    bench.py --cases body,template --json runs.jsonl

What an edit should have changed is looked for in the output, and after the first round of each case the whole output is compared, file by file,
with a build from nothing of the same sources. A difference ends the run: figures of a wrong build are worth nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TextIO

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it can be called from anywhere

from bench import corpus  # only now can it be found
from bench.cases import CASES, Blog
from bench.measure import FailedError, Run, run

HERE, BASELINE = "wol", "baseline"
Runs = dict[tuple[str, str], list[Run]]
"""The runs by case and tool."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what is asked for; 1 if a build was wrong."""
    options = _options().parse_args(arguments)
    commands = {HERE: options.wol, **({BASELINE: options.baseline} if options.baseline else {})}
    found = {name: shutil.which(command) for name, command in commands.items()}
    for name, command in commands.items():
        if found[name] is None:
            print(f"There is no command `{command}`", file=sys.stderr)
            return 1
    tools = {name: os.path.abspath(command) for name, command in found.items() if command is not None}
    with tempfile.TemporaryDirectory(prefix="wol-bench-", dir=options.work) as work, options.json.open("a") as lines:
        for count in options.posts:
            try:
                runs = measure(Path(work) / str(count), tools, count, options.rounds, options.cases, lines)
            except FailedError as error:
                print(error, file=sys.stderr)
                return 1
            print("\n".join(table(count, runs, tools)), flush=True)
    return 0


def measure(folder: Path, tools: Mapping[str, str], count: int, rounds: int, cases: Sequence[str], lines: TextIO) -> Runs:
    """Measure each case with each tool in turns, and once more for the memory; raises FailedError."""
    folder.mkdir()
    posts = corpus.posts(count)
    blogs = {name: Blog(folder / name, posts) for name in tools}
    for name, command in tools.items():
        run([command, "build", "-q"], blogs[name].folder)
    runs: Runs = {}
    for case in cases:
        for number in range(rounds + 1):
            order = list(tools) if number % 2 else list(tools)[::-1]
            for name in order:
                found = _once(case, number, blogs[name], tools[name], memory=number == rounds)
                runs.setdefault((case, name), []).append(found)
                line = {"posts": count, "case": case, "tool": name, **asdict(found)}
                print(json.dumps(line), file=lines, flush=True)
            if number == 0:
                compare(blogs[HERE], tools[HERE], folder / "again", case)
    return runs


def _once(case: str, number: int, blog: Blog, command: str, *, memory: bool) -> Run:
    proofs = CASES[case](blog, f"x{case.replace(' ', '')}{number}x")
    os.sync()
    report = ["--format", "json"] if memory else []
    found = run([command, "build", "-q", *report], blog.folder, memory=memory)
    missing = list(blog.missing(proofs))
    if missing:
        raise FailedError(f"After `{case}`: " + "\n".join(missing))
    said = blog.folder.with_suffix(".log").read_text("utf-8")
    return replace(found, rendered=json.loads(said)["rendered"]) if memory else found


def compare(blog: Blog, command: str, folder: Path, case: str) -> None:
    """Build a copy of the sources from nothing; raises FailedError if its output is another one."""
    shutil.copytree(blog.folder, folder, ignore=lambda at, _: {"public", ".wol"} if Path(at) == blog.folder else set())
    run([command, "build", "-q"], folder)
    ours, theirs = _files(blog.output), _files(folder / "public")
    wrong = sorted(path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path))
    shutil.rmtree(folder)
    if wrong:
        raise FailedError(f"After `{case}` the output is not that of a clean build: {', '.join(wrong[:10])}")


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def table(count: int, runs: Runs, tools: Mapping[str, str]) -> Iterator[str]:
    """Give the figures as lines: medians of each case, and of the second tool how many times as long it takes."""
    yield f"\n{count:,} posts{'':<14} {'wall s':>8} {'(least–most)':>16} {'CPU s':>8} {'MiB':>7} {'made':>7} {'others':>7}"
    for (case, tool), found in runs.items():
        timed = found[:-1] or found
        walls = [one.wall for one in timed]
        wall, cpu = statistics.median(walls), statistics.median(one.cpu for one in timed)
        last, others = found[-1], [one.others for one in timed if one.others is not None]
        cells = [
            f"{case:<12}{tool if len(tools) > 1 else '':<10}",
            f"{wall:>8.3f}",
            f"{f'({min(walls):.3f}–{max(walls):.3f})':>16}",
            f"{cpu:>8.3f}",
            f"{last.memory:>7.0f}" if last.memory is not None else f"{'–':>7}",
            f"{last.rendered:>7,}" if last.rendered is not None else f"{'–':>7}",
            f"{statistics.median(others):>7.2f}" if others else f"{'–':>7}",
        ]
        if tool == HERE and BASELINE in tools:
            before = runs[case, BASELINE][:-1] or runs[case, BASELINE]
            share_wall = wall / statistics.median(one.wall for one in before)
            share_cpu = cpu / statistics.median(one.cpu for one in before)
            cells.append(f"  {share_wall:.2f} of the baseline's seconds, {share_cpu:.2f} of its work")
        yield " ".join(cells)


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--posts", type=_numbers, default=[1000], metavar="N,…", help="how many posts (1000)")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="timed builds of each case; one more looks at the memory (5)")
    parser.add_argument("--cases", type=_cases, default=list(CASES), metavar="NAME,…", help=f"which of: {', '.join(CASES)} (all)")
    parser.add_argument("--wol", default=str(Path(sys.executable).with_name("wol")), metavar="COMMAND", help="what is measured")
    parser.add_argument("--baseline", metavar="COMMAND", help="what it is compared with, in turns")
    parser.add_argument("--json", type=Path, default=Path(os.devnull), metavar="FILE", help="where each run is added as a line of JSON")
    parser.add_argument(
        "--work", type=Path, metavar="DIR", help="where the sites are made, and removed again (the system's temporary folder)"
    )
    return parser


def _numbers(typed: str) -> list[int]:
    return [int(one) for one in typed.split(",")]


def _cases(typed: str) -> list[str]:
    wanted = typed.split(",")
    unknown = [name for name in wanted if name not in CASES]
    if unknown:
        raise argparse.ArgumentTypeError(f"there is no case {', '.join(unknown)}; there are {', '.join(CASES)}")
    return wanted


if __name__ == "__main__":
    sys.exit(main())
