"""What wol and its own theme write into every site, whoever writes it: found out by building a small site that has one of everything.

Its own words have two letters, so they excuse nothing. It has no plugins, and none of the site's texts: what is in its output came from wol.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from wol import fsio
from wol.engine.ownership import files_below
from wol.engine.pipeline import build
from wol.engine.request import BuildRequest
from wol.features.registry import load
from wol.model.config import Config
from wol.render.dates import DAYS, MONTHS

_CALLOUTS = ("note", "tip", "info", "warning", "danger", "important", "caution", "example", "question", "quote", "abstract", "zq")

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


def texts(config: Config) -> Iterator[str]:
    """Give the text of every file that wol itself writes for a site in the language of these settings, and the names in dates."""
    yield " ".join((*MONTHS, *DAYS))
    yield from _output(config.site.language)


@lru_cache(maxsize=4)
def _output(language: str) -> tuple[str, ...]:
    with tempfile.TemporaryDirectory(prefix="wol-", ignore_cleanup_errors=True) as name:
        root = Path(name) / "zq"
        for path, data in _sources(language).items():
            fsio.write_new(root / path, data)
        build(BuildRequest(root, jobs=1), load)
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
