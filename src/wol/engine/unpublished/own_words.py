"""What wol and its own theme write into every site, whoever writes it: found out by building a small site that has one of everything.

Its own words have two letters, so they excuse nothing. It has no plugins, and none of the site's texts: what is in its output came from wol.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from wol import fsio
from wol.engine.output.ownership import files_below
from wol.engine.prepare import LoadFeatures
from wol.engine.request import BuildRequest
from wol.model.field_table import FIELDS, STATE_FIELDS
from wol.render.date_view import DAYS, MONTHS

_CALLOUTS = ("note", "tip", "info", "warning", "danger", "important", "caution", "example", "question", "quote", "abstract", "zq")

_KIND = re.compile(r"\b(?:Comment|Error|Escape|Generic|Keyword|Literal|Name|Number|Operator|Other|Punctuation|String|Text)(?:\.[A-Z]\w+)+")

_SETTINGS = """\
[site]
title = "Zq"
base_url = "https://zq.invalid"
language = "{language}"
description = "Zq"
image = "zq.png"

[site.author]
name = "Zq"
url = "https://zq.invalid"
email = "zq@zq.invalid"
photo = "zq.png"
me = ["https://zq.invalid/zq"]

[theme]
nav = [{{text = "Zq", to = "zq.md"}}]

[feeds]
hub = "https://zq.invalid/"

[taxonomies.tags]
[taxonomies.categories]

[redirects]
"/zq/qz/" = "/"
"""

_POST = """\
---
title: Zq {number}
date: 2026-{month:02}-0{number}T10:00
updated: 2026-12-0{number}
id: zq{number}
description: Zq
tags: [zq, qz]
categories: [zq]
authors: [zq]
aliases: [/zq/{number}/]
image: zq.png
image_alt: zq
canonical: https://zq.invalid/{number}/
link: https://zq.invalid/zq
syndication: [https://zq.invalid/zq]
toc: true
licence: https://zq.invalid/zq
---
Zq *zq* **zq** ~~zq~~ `zq` ==zq== [zq](zq.md) <https://zq.invalid> ![zq](zq.png "zq") [^zq] H~2~O x^2^

<!--more-->

## Zq

> zq

{callouts}

| zq | qz |
|:---|---:|
| zq | qz |

- [ ] zq
- [x] zq

1. zq

```python
# zq
def zq(): return "zq", 1 + 1.0
```

```html
<p class="zq">zq &amp; zq</p>
```

zq
: qz

---

[^zq]: zq
"""


def texts(language: str, load_features: LoadFeatures) -> Iterator[str]:
    """Return the text of every file that wol itself writes for a site in a language, the names in dates, and the keys of front matter."""
    yield " ".join((*MONTHS, *DAYS))
    yield " ".join(name for field in (*FIELDS, *STATE_FIELDS) for name in (field.name, *field.also))
    yield " ".join(sorted(_classes_of_code()))
    yield from _output(language, load_features)


@lru_cache(maxsize=1)
def _classes_of_code() -> frozenset[str]:
    """Return the words in class names that Pygments gives to kinds of code for which it has no short name, such as `p-Indicator` in YAML."""
    import pygments.lexers
    from pygments.token import STANDARD_TYPES

    short = {str(kind).removeprefix("Token.") for kind in STANDARD_TYPES} | {str(kind).rpartition(".")[2] for kind in STANDARD_TYPES}
    found: set[str] = set()
    for file in Path(pygments.lexers.__file__).parent.glob("*.py"):
        found.update(_KIND.findall(file.read_text("utf-8", "replace")))
    return frozenset(name for kind in found if kind not in short for name in kind.split(".")[1:])


@lru_cache(maxsize=4)
def _output(language: str, load_features: LoadFeatures) -> tuple[str, ...]:
    from wol.engine.pipeline import build

    with tempfile.TemporaryDirectory(prefix="wol-", ignore_cleanup_errors=True) as name:
        root = Path(name) / "zq"
        for path, data in _sources(language).items():
            fsio.write_new(root / path, data)
        build(BuildRequest(root, jobs=1), load_features)
        output = root / "public"
        shown = (path for path in files_below(output) if not path.endswith((".png", ".svg")) and not path.startswith("assets/style."))
        return tuple((output / path).read_bytes().decode("utf-8", "replace") for path in shown)


def _sources(language: str) -> Mapping[str, bytes]:
    callouts = "\n\n".join(f"> [!{kind}]\n> zq" for kind in _CALLOUTS)
    posts = {f"content/posts/zq{n}.md": _POST.format(number=n, month=n, callouts=callouts) for n in range(1, 4)}
    found = {
        "site.toml": _SETTINGS.format(language=language),
        "content/zq.md": "# Zq\n",
        "content/_index.md": "Zq",
        "content/posts/_index.md": "Zq",
        "content/notes/zq.md": "Zq",
        "content/notes/qz.md": "---\nid: qz\n---\nZq [[zq]]",
        "content/gone.md": "---\ntitle: Zq\ngone: true\n---\n",
        **posts,
    }
    return {**{path: text.encode() for path, text in found.items()}, "content/zq.png": b"zq", "content/posts/zq.png": b"zq"}
