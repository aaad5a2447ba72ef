"""The files that `wol init` makes: a small site that builds at once."""

from __future__ import annotations

from collections.abc import Mapping

from wol.cli.archetypes import yaml
from wol.config.problems import text

ABOUT = """\
---
title: About
id: {about_id}
---

This is where I think in public. I write down what I am working on while I am working on it: what I want to find out, what I
have tried, what came of it, and what I still do not know.

Some of it is half finished. That is the point. If you know better, or you are on the same way, write to me.
"""

POST = """\
---
title: Hello, and what I am working on
date: {date}
id: {post_id}
tags: [hello]
---

Most work is shown when it is done. This site is for the time before that.

<!--more-->

Working out loud is simple. Say what you are doing, so that others can find you. Show it while it can still change, so that
they can help. Give what you have learned, so that nobody has to learn it twice.

Three questions are enough for a first post:

1. What am I trying to do, and for whom?
2. What have I tried, and what happened?
3. What would I like to know from somebody who has been here before?

Write five minutes, publish, and go on with the work.
"""

ARCHETYPE = """\
---
tags: []
---

<!-- What I am trying to do, and why now. The text above the next line is the excerpt. -->

<!--more-->

<!-- What I tried, what happened, and what I would like to know. -->
"""

CONFIG = """\
# The settings of this site. Only [site] with its first two keys is needed.

[site]
title = {title}
base_url = {base_url}  # where the site is published
language = "en"
timezone = {zone}  # of dates without an offset{taken}
# description = "A sentence about the site."

# [site.author]
# name = "Your name"
# me = ["https://social.example/@you"]  # your profiles elsewhere

[theme]
nav = [
  {{ text = "Archive", to = "/archive/" }},
  {{ text = "Tags", to = "/tags/" }},
  {{ text = "About", to = "about.md" }},
]
"""

IGNORED = """\
# what wol makes
/public/
/.wol/
# what stays at home
*.private.md
"""

MERGED = """\
# two branches may both say what was published
ledger/*.tsv merge=union
"""


def scaffold(title: str, base_url: str, zone: str, date: str, ids: tuple[str, str], *, is_local_zone: bool = False) -> Mapping[str, str]:
    """Return the files of a new site by their paths: `date` is that of the first post as one types it, `ids` are for about and post.

    `is_local_zone` says that the zone is this computer's, so that site.toml says it too.
    """
    taken = "; this is your computer's, and readers can see it" if is_local_zone else ""
    about_id, post_id = map(yaml, ids)
    return {
        "site.toml": CONFIG.format(title=text(title), base_url=text(base_url), zone=text(zone), taken=taken),
        "content/about.md": ABOUT.format(about_id=about_id),
        f"content/posts/{date[:10]}-hello.md": POST.format(date=date, post_id=post_id),
        "archetypes/post.md": ARCHETYPE,
        ".gitignore": IGNORED,
        ".gitattributes": MERGED,
    }
