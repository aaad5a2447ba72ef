"""Scanning: which files the input has, and the digest of each. A file whose stamp is as it was is not read again (`wol.stamps`)."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path

import msgspec

from wol import digest, paths, stamps
from wol.content import look_alikes, overlooked
from wol.content.input_globs import InputGlobs
from wol.content.settings import DEFAULT_KINDS
from wol.content.unread_names import is_of_program
from wol.content.walk import HINTS, Scanner, reason, sort
from wol.errors import Diagnostic, diagnostic
from wol.fixes import Hint, Rename
from wol.model.config import Config
from wol.model.inputs import Input
from wol.model.ledger import PATH as LEDGER
from wol.model.source import MARKDOWN, Source, Tree
from wol.stamps import Clock

TOO_LARGE = 20_000_000
"""Bytes of the largest Markdown source."""

_UNSUPPORTED = (".mdx", ".rmd", ".rst", ".org", ".adoc", ".asciidoc", ".html", ".htm")
_KEPT = frozenset({"_index.md", "_index.markdown", "_defaults.toml", "_posts", "_drafts"})
_TEMPORARY = ("~", ".swp", ".tmp", ".bak", ".orig")
"""How the names of files end that programs leave behind."""


class Scan(msgspec.Struct, frozen=True):
    """What a scan found: the tree, every source by its path, and findings."""

    tree: Tree
    sources: Mapping[str, Source]
    diagnostics: tuple[Diagnostic, ...]
    left_out: Mapping[str, str]
    """Files and folders that are not read, by path from the site's root, with the reason."""
    young: frozenset[str] = frozenset()
    """Paths of sources that may change again without getting another stamp: the next scan reads them again."""


def scan(
    root: Path,
    config: Config,
    themes: Iterable[tuple[str, Path, str]],
    *,
    known: Mapping[str, Source],
    young: Container[str] = (),
    clock: Clock | None = None,
    excluded: Iterable[Path] = (),
    virtual: Mapping[str, str] = {},
    inputs: Mapping[str, Input] = {},
) -> Scan:
    """Find every input of a site.

    `themes` are (name, folder, label for paths); `known` are the sources of the last build, trusted where their stamps are as they were and their paths not in
    `young`; `clock` is the time of a file system when the scan began; `excluded` are folders of ours, such as the output; `virtual` are texts that features
    make, by path from the content folder: a file of that name wins. `inputs` are the tables of features with the files that they read themselves.
    """
    found = Scanner(root, known, young, frozenset(os.path.realpath(p) for p in excluded))
    items, attachments, defaults, claimed = _content(found, root, config, InputGlobs(inputs))
    left_out = _overlooked(found, root, config, items)
    for key, text in sorted(virtual.items()):
        if key not in items:
            data = text.encode("utf-8")
            source = Source(f"<virtual>/{key}", key, len(data), 0, digest.of_bytes(data))
            items[key] = found.sources[source.path] = source
    tree = Tree(
        items=dict(sorted(items.items())),
        attachments=dict(sorted(attachments.items())),
        defaults=dict(sorted(defaults.items())),
        static=_static(found, root, config),
        theme={name: _theme(found, folder, label) for name, folder, label in themes},
        ledger=_ledger(found, root),
        inputs={name: dict(sorted(claimed.get(name, {}).items())) for name in inputs},
    )
    return Scan(tree, found.sources, tuple(found.diagnostics), left_out, stamps.young(found.stamps, clock))


def again(root: Path, source: Source, young: Container[str]) -> Source | None:
    """Look at one Markdown source without a scan: as it is now; None where only a scan can say, as of what is gone or has become a link."""
    place = os.path.join(root, source.path)
    try:
        found = os.lstat(place)
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode) or found.st_size > TOO_LARGE:
        return None
    if os.path.realpath(place) != os.path.join(os.path.realpath(root), source.path):
        return None
    return Scanner(root, {source.path: source}, young, frozenset()).source(place, source.path, source.key, found)


Sources = dict[str, Source]


def _content(found: Scanner, root: Path, config: Config, globs: InputGlobs) -> tuple[Sources, Sources, Sources, dict[str, Sources]]:
    items: Sources = {}
    attachments: Sources = {}
    defaults: Sources = {}
    inputs: dict[str, Sources] = {}
    folder = config.content.folder
    top = root / folder
    if not found.is_folder(top, folder):
        if not found.diagnostics:
            message = f"There is no folder `{folder}`, where the texts of the site should be"
            found.diagnostics.append(
                diagnostic("config-value", message, "site.toml", hint="make it, or name the right one in `[content] folder`")
            )
        return items, attachments, defaults, inputs
    ignored = _ignored(config.content.ignore)

    def skip(name: str, path: str, is_folder: bool) -> str | None:
        if is_of_program(name):
            return ""
        is_ignored = ignored is not None and ignored(path + "/" if is_folder else path)
        if name[0] == "." or (name[0] == "_" and name not in _KEPT and not (is_folder and name.casefold() in _KEPT)):
            meant = "" if name[0] == "." or is_ignored or _is_temporary(name) else look_alikes.unread(name, is_folder=is_folder)
            if meant:
                message = f"`{folder}/{path}` is not read: its name is almost `{meant}`"
                right = f"{folder}/{paths.join(path.rpartition('/')[0], meant)}"
                hint = Hint(f"rename it to `{meant}`, or name it in `[content] ignore`", Rename(f"{folder}/{path}", right))
                found.diagnostics.append(diagnostic("name-misspelt", message, f"{folder}/{path}", hint=hint))
            return "its name begins with `.` or `_`"
        if _is_temporary(name):
            return "its name is that of a temporary file"
        if is_ignored:
            return "`[content] ignore` names it"
        if not is_folder and not name.casefold().endswith(MARKDOWN) and any(map(look_alikes.has_private, path.split("/"))):
            return "its name, or that of its folder, says that it is private"
        return None

    for place, key, stated in found.walk(str(top), skip):
        path = f"{folder}/{key}"
        suffix = ".md" if key.endswith(".md") else "." + key.rpartition("/")[2].rpartition(".")[2].lower()
        if stated.st_size > TOO_LARGE and suffix in MARKDOWN:
            found.diagnostics.append(
                diagnostic("source-too-large", f"The source has {stated.st_size:,} bytes; 20,000,000 is the limit", path)
            )
            continue
        source = found.source(place, path, key, stated)
        if source is None:
            continue
        if suffix in MARKDOWN:
            items[key] = source
        elif key.rpartition("/")[2] == "_defaults.toml":
            defaults[key] = source
        else:
            tables, is_public = globs.of(key)
            for name in tables:
                inputs.setdefault(name, {})[key] = source
            if is_public:
                attachments[key] = source
            if tables:
                continue
            name = key.rpartition("/")[2]
            if look_alikes.may_be_defaults(name) and look_alikes.holds_fields(overlooked.beginning(place)):
                message = f"`{path}` holds fields, but is no `_defaults.toml`: they are the fields of no file"
                hint = "rename it to `_defaults.toml`, in TOML; or name it in `[content] ignore`"
                found.diagnostics.append(diagnostic("name-misspelt", message, path, hint=hint))
            if suffix in _UNSUPPORTED:
                found.diagnostics.append(diagnostic("source-unsupported", f"`{suffix}` files are not read as text", path))
    return items, attachments, defaults, inputs


def _overlooked(found: Scanner, root: Path, config: Config, items: Sources) -> dict[str, str]:
    """Report what may have been meant for a source; returns all that is not read, by path from the root, with the reason."""
    folder = config.content.folder

    def read(key: str) -> bytes:
        with contextlib.suppress(OSError):
            return (root / folder / key).read_bytes()
        return b""

    kinds = {name.strip("/") for names in config.content.kinds.values() for name in names} | DEFAULT_KINDS.keys()
    found.diagnostics += overlooked.in_another_case({key.partition("/")[0] for key in items if "/" in key}, kinds, folder)
    found.diagnostics += overlooked.conflict_copies(items, found.left_out, folder, read)
    diagnostics, beside = overlooked.beside_content(root, folder)
    found.diagnostics += diagnostics
    return {**{f"{folder}/{path}": why for path, why in found.left_out.items()}, **beside}


def _is_temporary(name: str) -> bool:
    """Whether a program left it behind, or made it for itself."""
    return (
        name.endswith(_TEMPORARY)
        or "sync-conflict" in name
        or (name[0] == "#" and name[-1] == "#" and len(name) > 1)
        or name in ("Thumbs.db", "node_modules")
    )


def _ignored(patterns: tuple[str, ...]) -> Callable[[str], bool] | None:
    if not patterns:
        return None
    from pathspec import GitIgnoreSpec

    spec = GitIgnoreSpec.from_lines(patterns)
    return spec.match_file


def _static(found: Scanner, root: Path, config: Config) -> dict[str, Source]:
    static: dict[str, Source] = {}
    for prefix, folder in sorted(config.content.static.items()):
        top = root / folder
        if not found.is_folder(top, folder):
            continue
        for place, name, stated in found.walk(
            str(top), lambda name, _path, _is_folder: "" if is_of_program(name) or paths.is_git(name) else None
        ):
            key = f"{prefix.strip('/')}/{name}".lstrip("/")
            source = found.source(place, f"{folder}/{name}", key, stated)
            if source is not None:
                static[key] = source
    return dict(sorted(static.items()))


def _ledger(found: Scanner, root: Path) -> Source | None:
    place = os.path.join(root, LEDGER)
    try:
        stated = os.stat(place)
    except (FileNotFoundError, NotADirectoryError) as error:
        if os.path.islink(place):
            found.unreadable(LEDGER, f"`{LEDGER}` cannot be read: {reason(place, error)}", HINTS["link"])
        return None
    except OSError as error:
        found.unreadable(LEDGER, f"`{LEDGER}` cannot be read: {reason(place, error)}")
        return None
    if not stat.S_ISREG(stated.st_mode):
        found.unreadable(LEDGER, f"`{LEDGER}` is {sort(stated.st_mode)}, not a file", HINTS["special"])
        return None
    return found.source(place, LEDGER, LEDGER, stated)


def _theme(found: Scanner, folder: Path, label: str) -> dict[str, Source]:
    theme: dict[str, Source] = {}
    for place, name, stated in found.walk(
        str(folder), lambda name, _path, _is_folder: "" if name.startswith(".") or is_of_program(name) or _is_temporary(name) else None
    ):
        source = found.source(place, f"{label}/{name}", name, stated)
        if source is not None:
            theme[name] = source
    return theme
