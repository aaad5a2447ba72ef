"""Edits of the inputs of a site. An edit is four numbers, so that a failing run can be replayed and shortened; what it does depends on the inputs too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from harness.probes import KEPT
from harness.templates import ASSETS, TEMPLATES
from harness.world import (
    BLOCKS,
    CLOSED,
    FIELDS,
    FILES,
    INPUTS,
    ITEMS,
    LATER_FILES,
    LEDGER,
    LINKS,
    LISTS,
    LONG,
    MENTIONED,
    MENTIONS,
    MISTAKES,
    PUBLISHED,
    REFUSED,
    SETTINGS,
    SPEAKERS,
    TICKING,
    Text,
    World,
    first_text,
    named,
)

Edit = tuple[str, int, int, int]
T = TypeVar("T")


OF_ITEMS = ("kind", "slug", "url", "id", "date")
"""Fields that texts of sections do not have."""


ENCLOSURES = ("audio", "video")


def _one(choices: Sequence[T], number: int) -> T:
    return choices[number % len(choices)]


def _other(choices: Sequence[T], now: object, number: int) -> T:
    """Give one of the choices that is not what is there now, if there is another."""
    return _one([choice for choice in choices if choice != now] or choices, number)


def _field(world: World, a: int, b: int, c: int) -> str:
    path, name = _one(sorted(world.texts), a), _one(sorted(FIELDS), b)
    if "_index" in path and name in OF_ITEMS:
        name = "title"
    return _set(world, path, name, c)


def _set(world: World, path: str, name: str, c: int) -> str:
    text = world.texts[path]
    values = [None if value is None else value.format(n=named(path)) for value in FIELDS[name]]
    value = _other(values, text.fields.get(name), c)
    fields = {key: old for key, old in text.fields.items() if key != name}
    if name in ENCLOSURES:
        fields = {key: old for key, old in fields.items() if key not in ENCLOSURES}  # a post has one of them
    if value is not None:
        fields[name] = value
    world.texts[path] = replace(text, fields=fields)
    return f"{path}: {name} = {value}"


def _rewrite(world: World, a: int, b: int, c: int) -> str:
    """Write the front matter of a text anew, so that much of it is another; it stays as public as it was."""
    paths = sorted(world.texts)
    path = _one([path for path in paths if "_index" in path or c % 4] or paths, a)
    chance = Random(f"{b} {c}")
    for name in sorted(FIELDS):
        if chance.random() < 0.4 and name not in ("draft", "private", "gone") and ("_index" not in path or name not in OF_ITEMS):
            _set(world, path, name, chance.randrange(9999))
    return f"{path}: {world.texts[path].fields}"


def _state(world: World, a: int, b: int, c: int) -> str:
    """Make an item come or go by its state."""
    return _set(world, _one(sorted(world.texts), a), _one(("draft", "unlisted", "expires", "private", "gone", "publish", "date"), b), c)


def _hide(world: World, a: int, b: int, c: int) -> str:
    """Hide or show the post of a bundle that may hold files which a plugin reads."""
    bundles = [(path, state) for path, state in (("posts/trip/index.md", "draft"), ("posts/old/index.md", "gone")) if path in world.texts]
    if not bundles:
        return "there is no bundle"
    path, state = _one(bundles, a)
    fields = dict(world.texts[path].fields)
    if fields.pop(state, None) is None:
        fields[state] = "yes"
    world.texts[path] = replace(world.texts[path], fields=fields)
    return f"{path}: {state} = {fields.get(state)}"


DETAILS = (
    *(
        "id",
        "guid",
        "slug",
        "url",
        "kind",
        "kind",
        "tags",
        "tags",
        "series",
        "part",
        "rows",
        "title",
        "title",
        "date",
        "date",
        "feed",
        "template",
        "aliases",
    ),
    *("canonical", "updated", "draft", "body", "body", "link", *5 * ["section"]),
)


def _detail(world: World, a: int, b: int, c: int) -> str:
    """Change one thing of which other items, lists and feeds are made, and as little else as can be."""
    name = _one(DETAILS, b)
    if name == "body":
        return _body(world, a, b // len(DETAILS), c)
    if name == "link":
        return _link(world, a, b // len(DETAILS), c)
    if name == "section":
        path = _one([path for path in ITEMS if "_index" in path], a)
        if path in world.texts and b // len(DETAILS) % 3:
            return _set(world, path, "title", c)
        if world.texts.pop(path, None) is not None:
            return f"{path} goes"
        text = first_text(path)
        world.texts[path] = replace(text, fields={**text.fields, "unlisted": "yes"})
        return f"{path} comes, unlisted"
    return _set(world, _one([path for path in sorted(world.texts) if name == "title" or "_index" not in path], a), name, c)


def _body(world: World, a: int, b: int, c: int) -> str:
    path = _one(sorted(world.texts), a)
    blocks = list(world.texts[path].blocks)
    at = b % (len(blocks) + 2)
    new = _other(BLOCKS, blocks[at] if at < len(blocks) else "", c)
    blocks[at : at + (b // 7) % 2] = [new]
    if len(blocks) > 6:
        del blocks[0]
    world.texts[path] = replace(world.texts[path], blocks=tuple(blocks))
    return f"{path}: {new!r} at {at}"


def _mention(world: World, a: int, b: int, c: int) -> str:
    """Let a text mention others, or mention them differently; or give a new title to one that is mentioned, if any is."""
    public = [path for path in SPEAKERS if path in world.texts] or sorted(world.texts)
    saying = [path for path in public if any(block in MENTIONS for block in world.texts[path].blocks)]
    named = [path for path, mark in MENTIONED.items() if path in world.texts and _is_named(world, mark, but=path)]
    if named and c % 2:
        return _set(world, _one(named, a), "title", b)
    path = _one(saying or public, a)
    blocks = world.texts[path].blocks
    kept = tuple(block for block in blocks if block not in MENTIONS)
    new = _other(MENTIONS, next((block for block in blocks if block in MENTIONS), ""), b)
    world.texts[path] = replace(world.texts[path], blocks=(*kept, new))
    return f"{path}: {new!r}"


def _is_named(world: World, mark: str, *, but: str) -> bool:
    """Whether a text mentions another."""
    blocks = (block for path, text in world.texts.items() if path != but for block in text.blocks if block in MENTIONS)
    return any(mark in block for block in blocks)


def _delete(world: World, a: int, b: int, c: int) -> str:
    path = _one(sorted(world.texts), a)
    if len(world.texts) > 8:
        del world.texts[path]
    return f"{path} goes"


def _again(world: World, a: int, b: int, c: int) -> str:
    gone = [path for path in ITEMS if path not in world.texts]
    path = _one(gone, a) if gone else _one(ITEMS, a)
    world.texts[path] = first_text(path)
    return f"{path} comes"


def _rename(world: World, a: int, b: int, c: int) -> str:
    old = _one([path for path in sorted(world.texts) if "_index" not in path], a)
    stem = old.removesuffix("/index.md").removesuffix(".md")
    top, _, name = stem.rpartition("/")
    new = _other([f"{stem}.md", f"{stem}/index.md", f"{top}/under/{name}.md".lstrip("/"), f"talks/{name}.md", f"notes/{name}.md"], old, b)
    if new not in world.texts:
        world.texts[new] = world.texts.pop(old)
    return f"{old} -> {new}"


def _link(world: World, a: int, b: int, c: int) -> str:
    """Link to what is absent, or may be one day."""
    may_come = ("/notes/four/", "/2026/09/g/", "/set/about/", "/posts/far.jpg", "/img/logo.png", "/notes/one/", "/about/", "/no/such/")
    absent = [*sorted({"/" + path for path in ITEMS} - {"/" + path for path in world.texts}), *may_come]
    path, to = _one(sorted(world.texts), a), _one(absent, b)
    block = f"Lately: [this]({to}{_one(('', '', '#a-part', '#named'), c)})."
    world.texts[path] = replace(world.texts[path], blocks=(*world.texts[path].blocks[:4], block))
    return f"{path} links to {to}"


def _file(world: World, a: int, b: int, c: int) -> str:
    path = _one(sorted({*FILES, *LATER_FILES, KEPT}), a)
    if path in world.files and b % 2 and path != KEPT:
        del world.files[path]
        return f"{path} goes"
    world.files[path] = _file_text(path, c)
    return f"{path} is written"


def _input(world: World, a: int, b: int, c: int) -> str:
    """Write, remove or rename a file that a plugin reads itself; some edits change no value."""
    hidden = [path for path in INPUTS if "/old/" in path or "/drafts/" in path]
    path = _one((*sorted(INPUTS), *2 * sorted(INPUTS.keys() - hidden)), a)
    if path not in world.files or b % 5 < 3:
        texts = [f"{n}\n7\n" if path.endswith("figures") else f"{n + 1001} x" for n in range(7)]
        texts = [f"{INPUTS[path]}{n * 'a'}" for n in range(7)] if path.endswith("wav") else texts
        before = world.files.get(path)
        world.files[path] = f"{before}\n" if before is not None and c % 9 == 0 else _other(texts, before, c)
        return f"{path}: {world.files[path]!r}"
    text = world.files.pop(path)
    to = _other([other for other in sorted(INPUTS) if other.endswith(path[-5:])], path, c)
    if b % 5 == 3 or to in world.files:
        return f"{path} goes"
    world.files[to] = text
    return f"{path} -> {to}"


def _file_text(path: str, c: int) -> str:
    if path.endswith("_defaults.toml"):
        return _one(('tags = ["red", "blue"]\n', 'lang = "fr"\n', 'authors = ["Eve"]\ntoc = true\n', "draft = true\n", ""), c)
    if path.endswith("de.toml"):
        return _one(('"Hello" = "Guten Tag"\n', '"Hello" = "Servus"\n'), c)
    return f"bytes {c % 5}"


def _defaults(world: World, a: int, b: int, c: int) -> str:
    path = _one(("content/_defaults.toml", "content/posts/_defaults.toml", "content/notes/_defaults.toml"), a)
    if path in world.files and b % 3 == 0:
        del world.files[path]
        return f"{path} goes"
    world.files[path] = _file_text(path, c)
    return f"{path}: {world.files[path]!r}"


def _asset(world: World, a: int, b: int, c: int) -> str:
    path = _one((*ASSETS, KEPT, "themes/mine/translations/de.toml"), a)
    if path in ASSETS:
        world.files[path] = f"{ASSETS[path]}<!-- {c % 4} -->" if path.endswith("svg") else f"{ASSETS[path]} /* {c % 4} */"
    else:
        world.files[path] = _file_text(path, c)
    return f"{path} is written"


def _template(world: World, a: int, b: int, c: int) -> str:
    used = (*8 * ["parts/deep.html"], *5 * ["parts/narrow.html"], *4 * ["parts/macros.html", "parts/side.html"])
    name = _one((*sorted(TEMPLATES), *used), a)
    path = f"themes/mine/templates/{name}"
    if path in world.files and b % 5 == 0 and name not in ("plain.html", "aside.html", "parts/side.html", "parts/inner.html"):
        del world.files[path]
        return f"{path} goes"
    world.files[path] = _other(TEMPLATES[name], world.files.get(path), c)
    return f"{path} is another"


def _override(world: World, a: int, b: int, c: int) -> str:
    """Put a template or an asset over another theme's."""
    path = _one(
        ("templates/post.html", "templates/parts/deep.html", *2 * ["templates/parts/probe.html"], "templates/404.html", "assets/mark.svg"),
        a,
    )
    name = f"themes/{_one(('other', 'mine'), b)}/{path}"
    if name in world.files and path != "templates/post.html" and c % 2:
        world.files[name] += " "
        return f"{name} is longer"
    world.files[name] = "Over. {{ page.title if page }}" if path.endswith(".html") else f"<svg>{c % 3}</svg>"
    return f"{name} is put over"


def _setting(world: World, a: int, b: int, c: int) -> str:
    name = _one(sorted(SETTINGS), a)
    now = world.settings.get(name, 0)
    world.settings[name] = _other(range(len(SETTINGS[name])), now, b) if now == 0 or c % 3 else 0
    return f"{name} = {SETTINGS[name][world.settings[name]]}"


def _fact(world: World, a: int, b: int, c: int) -> str:
    """Change one field that a feature declares, and nothing else."""
    return _set(
        world,
        _one([path for path in sorted(world.texts) if "_index" not in path], a),
        _one(("turn", "turn", "heard", "proof", "track", "audio", "video", "book", "book"), b),
        c,
    )


def _switch(world: World, a: int, b: int, c: int) -> str:
    """Switch the feature that declares fields, or that of taxonomies, off or on, or declare a field otherwise."""
    return _turned(
        world, *_one((("features", "{tale = false}"), ("features", "{taxonomies = false}"), ("extra", '{tale = "in words"}')), a)
    )


def _plugin_theme(world: World, a: int, b: int, c: int) -> str:
    """Let a plugin bring its other theme."""
    return _turned(world, "extra", '{theme = "two"}')


def _book(world: World, a: int, b: int, c: int) -> str:
    """Let a note or page be about a different book, or an edition of it."""
    path = _one([path for path in SPEAKERS if path in world.texts] or sorted(world.texts), a)
    if c % 3 == 0:
        return _set(world, path, "book", b)
    editions = [str(value).format(n=named(path)) for value in FIELDS["book"] if "isbn" in str(value)]
    book = _other(editions, world.texts[path].fields.get("book"), b)
    world.texts[path] = replace(world.texts[path], fields={**world.texts[path].fields, "book": book})
    return f"{path}: {book}"


def _series(world: World, a: int, b: int, c: int) -> str:
    """Give a post a different place in its series, perhaps that of another, or its series a different spelling; or move the line of a part that two posts have."""
    parts = [path for path in sorted(world.texts) if "series" in world.texts[path].fields]
    doubled = [path for path in parts if _has_double(world, path)]
    if doubled and c % 2:
        path = _one(doubled, a)
        fields = {name: value for name, value in world.texts[path].fields.items() if name != "part"}
        part = {"part": world.texts[path].fields["part"]}
        is_first = next(iter(world.texts[path].fields)) == "part"
        world.texts[path] = replace(world.texts[path], fields={**fields, **part} if is_first else {**part, **fields})
        return f"{path}: part moves to the {'end' if is_first else 'beginning'}"
    path, other = _one(parts or sorted(world.texts), a), _one(parts or sorted(world.texts), b)
    if c % 3 == 2 and path != other:
        fields = world.texts[other].fields
        same = {"series": fields.get("series", "The long way"), "part": fields.get("part", "1")}
        world.texts[other] = replace(world.texts[other], fields={**fields, **same})
        world.texts[path] = replace(world.texts[path], fields={**world.texts[path].fields, **same})
        return f"{path} and {other}: part {same['part']}"
    return _set(world, path, _one(("part", "series"), c), b)


def _has_double(world: World, path: str) -> bool:
    """Tell whether a text has the same part in its series as another."""
    place = [world.texts[path].fields.get(name) for name in ("series", "part")]
    others = (text.fields for other, text in world.texts.items() if other != path)
    return place[1] is not None and any([fields.get(name) for name in ("series", "part")] == place for fields in others)


def _option(world: World, a: int, b: int, c: int) -> str:
    """Give an option of the theme another value, and nothing else."""
    name = "theme.options"
    world.settings[name] = _other(range(len(SETTINGS[name])), world.settings.get(name, 0), a)
    return f"{name} = {SETTINGS[name][world.settings[name]]}"


def _recording(world: World, a: int, b: int, c: int) -> str:
    """Make the sound that posts have longer or shorter, and let one have it if none has."""
    path = next(path for path in INPUTS if path.endswith("wav"))
    world.files[path] = _other([f"{INPUTS[path]}{n * 'a'}" for n in range(7)], world.files.get(path), a)
    if not any("tone" in str(text.fields.get("audio")) for text in world.texts.values()):
        return f"{path}; {_set(world, _one([p for p in sorted(world.texts) if '_index' not in p], b), 'audio', 0)}"
    return f"{path} is another sound"


def _turned(world: World, name: str, value: str) -> str:
    """Give a setting a value, or its first one again."""
    other = SETTINGS[name].index(value)
    world.settings[name] = 0 if world.settings.get(name, 0) == other else other
    return f"{name} = {SETTINGS[name][world.settings[name]]}"


def _ledger(world: World, a: int, b: int, c: int) -> str:
    """Put on record what was published, mostly on a day that no build reaches, so that it asks for nothing; or lose some of it."""
    rows = world.files.get(LEDGER, "").splitlines()
    here = [path for path in PUBLISHED if path in world.texts]
    day = "2026-11-30" if b % 4 == 0 else "2031-01-01"
    what = _one(("id", "id", "id", "alias", "gone", "vanished", "list", "list", "drop", "turn"), c)
    if what == "drop" and rows:
        del rows[a % len(rows)]
    elif what == "turn":
        rows.reverse()
    elif what == "vanished":
        rows.append(f"{day}T00:00:00Z\tlive\t/no/such/{a % 3}/\t-\t{_one(('item', 'feed', 'list'), a)}")
    elif what == "list":
        url = _one(LISTS, a)
        rows.append(f"2026-09-0{b % 9 + 1}T00:00:00Z\t{'live' if b % 5 else 'gone'}\t{url}\t-\tlist")
        rows += [f"2026-09-0{b % 9 + 1}T00:00:00Z\tlive\t{url}{name}\t-\tfeed" for name in ("feed.xml", "feed.json") if b % 2]
    elif here:
        path = _one(here, a)
        if what == "id":
            fields = {name: value for name, value in world.texts[path].fields.items() if name not in ("id", "guid")}
            world.texts[path] = replace(world.texts[path], fields=fields)
        url = f"/from/{named(path)}/" if what == "alias" else PUBLISHED[path]
        feed_id = "-" if what == "gone" else f"tag:{b % 3}:{named(path)}"
        rows.append(f"{day}T00:00:0{b % 9}Z\t{'gone' if what == 'gone' else 'live'}\t{url}\t{feed_id}\titem")
    world.files[LEDGER] = "".join(f"{row}\n" for row in rows)
    return f"{LEDGER}: {what}"


def _resettle(world: World, a: int, b: int, c: int) -> str:
    """Write the settings anew."""
    chance = Random(f"{b} {c}")
    for name in sorted(SETTINGS):
        if chance.random() < 0.4:
            world.settings[name] = chance.randrange(len(SETTINGS[name]))
    return "; ".join(f"{name} = {SETTINGS[name][number]}" for name, number in sorted(world.settings.items()))


def _twice(world: World, a: int, b: int, c: int) -> str:
    """Write some texts again with as many bytes, and leave them the times that they had."""
    paths = [path for path in (TICKING if c % 3 else (_one(TICKING, a),)) if path in world.texts]
    for path in paths:
        first, *rest = world.texts[path].blocks
        world.texts[path] = replace(world.texts[path], blocks=(first.swapcase(), *rest))
    world.dated |= {f"content/{path}" for path in paths}
    return f"written again with their times: {', '.join(paths) or 'none'}"


def _burst(world: World, a: int, b: int, c: int) -> str:
    """Many edits of one sort at once."""
    kind = _one(("file", "file", "input", "asset", "template", "body", "link", "state", "ledger"), a)
    chance = Random(f"{b} {c}")
    return "; ".join(EDITS[kind][0](world, *(chance.randrange(9999) for _ in "abc")) for _ in range(2 + c % 5))


def _aimed(world: World, a: int, b: int, c: int) -> str:
    """Make a link within the content or static and let all links lead elsewhere, or remove one."""
    path = _one(sorted(LINKS), a)
    if path in world.files and c % 4 == 0:
        del world.files[path]
        return f"{path} goes"
    for link in sorted({path, *(LINKS.keys() & world.files.keys())}):
        world.files[link] = _other([f"-> {to}" for to in LINKS[link]], world.files.get(link), b)
    return f"{path} {world.files[path]}, and all other links lead elsewhere"


def _refused(world: World, a: int, b: int, c: int) -> str:
    """Put something into the input that a scan refuses, or close what was open."""
    if c % 8 == 0:
        world.closed |= {_one(CLOSED, a)}
        return f"{_one(CLOSED, a)} is closed"
    path = _one(sorted(REFUSED), a)
    world.files[path] = REFUSED[path]
    return f"{path!r} comes"


def _long(world: World, a: int, b: int, c: int) -> str:
    """Ask for a page whose name is too long."""
    world.files["content/notes/long.md"] = f"---\n{_one(LONG, a)}\n---\nText.\n"
    return f"content/notes/long.md: {_one(LONG, a)[:9]}"


def _mistake(world: World, a: int, b: int, c: int) -> str:
    path = _one(sorted(world.texts), a)
    if c % 4 == 0:
        world.files[f"themes/mine/templates/{_one(sorted(TEMPLATES), b)}"] = "{{ page.titel }}{% if %}"
        return "a template is broken"
    if c % 9 == 2:
        world.files[LEDGER] = world.files.get(LEDGER, "") + "no line\n"
        return f"{LEDGER} is broken"
    if c % 9 == 5:
        world.files[_one(sorted(path for path in INPUTS if path.endswith("figures")), a)] = "1\nno number\n"
        return "a file of figures is broken"
    if c % 4 == 1:
        world.liar = True
        return "a plugin declares false columns"
    world.texts[path] = Text({}, (_one(MISTAKES, b),))
    return f"{path} is broken"


EDITS: dict[str, tuple[Callable[[World, int, int, int], str], int]] = {
    "field": (_field, 40),
    "rewrite": (_rewrite, 18),
    "detail": (_detail, 4),
    "state": (_state, 6),
    "hide": (_hide, 6),
    "body": (_body, 12),
    "delete": (_delete, 4),
    "again": (_again, 5),
    "rename": (_rename, 4),
    "link": (_link, 4),
    "file": (_file, 8),
    "input": (_input, 10),
    "asset": (_asset, 6),
    "defaults": (_defaults, 2),
    "template": (_template, 6),
    "override": (_override, 2),
    "setting": (_setting, 12),
    "fact": (_fact, 8),
    "switch": (_switch, 4),
    "plugin theme": (_plugin_theme, 5),
    "mention": (_mention, 5),
    "option": (_option, 2),
    "book": (_book, 4),
    "series": (_series, 4),
    "recording": (_recording, 3),
    "ledger": (_ledger, 9),
    "resettle": (_resettle, 8),
    "twice": (_twice, 6),
    "burst": (_burst, 12),
    "aimed": (_aimed, 8),
    "mistake": (_mistake, 1),
    "refused": (_refused, 1),
    "long": (_long, 2),
}
"""Sorts of edits, each with how often it is chosen."""

_NUMBERS = st.integers(0, 9999)


def of(*kinds: str) -> st.SearchStrategy[Edit]:
    """Give random edits of some sorts."""
    return st.tuples(st.sampled_from(kinds), _NUMBERS, _NUMBERS, _NUMBERS)


ANY = of(*(kind for kind, (_, weight) in EDITS.items() for _ in range(weight)))
"""Random edits of all sorts."""


def carry_out(world: World, change: Edit) -> str:
    """Carry out an edit on the inputs, and say what it did."""
    kind, a, b, c = change
    before = world.texts
    world.texts = dict(before)
    done = EDITS[kind][0](world, a, b, c)
    if kind != "twice":
        world.dated = frozenset(
            p for p in world.dated if before.get(p.removeprefix("content/")) == world.texts.get(p.removeprefix("content/"))
        )
    return done
