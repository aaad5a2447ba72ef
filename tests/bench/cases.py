"""What is edited before a build, and what its output must show."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from bench import corpus
from bench.corpus import Post

SITE = Path(__file__).parent / "site"
TEMPLATE = "themes/bench/templates/post.html"
FEED = "feed.xml"
FRONT = "index.html"
ALL = "posts/index.html"


@dataclass(frozen=True)
class Proof:
    """That a file of the output has a text, or that it has it not."""

    path: str
    text: str
    there: bool = True


class Blog:
    """A site folder that is edited and built; `posts` are as they stand in it, the oldest first."""

    def __init__(self, folder: Path, posts: Sequence[Post]) -> None:
        self.folder = folder
        self.posts = list(posts)
        shutil.copytree(SITE, folder)
        corpus.write(folder, self.posts)

    @property
    def output(self) -> Path:
        """Where it is built to."""
        return self.folder / "public"

    def forget(self) -> None:
        """Take away the output and the caches."""
        for name in ("public", ".wol"):
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def change(self, place: int, **fields: object) -> Post:
        """Write a post anew with other fields."""
        self.posts[place] = replace(self.posts[place], **fields)  # type: ignore[arg-type]  # each field has its own type
        corpus.write(self.folder, [self.posts[place]])
        return self.posts[place]

    def missing(self, proofs: Sequence[Proof]) -> Iterator[str]:
        """Say which proofs the output does not give."""
        for proof in proofs:
            file = self.output / proof.path
            text = file.read_text("utf-8") if file.is_file() else ""
            if (proof.text in text) != proof.there:
                yield f"public/{proof.path} {'lacks' if proof.there else 'still has'} `{proof.text}`"


Edit = Callable[[Blog, str], list[Proof]]
"""Edits a blog for the sake of a word that nothing else has, and says what will show it."""


def clean(blog: Blog, word: str) -> list[Proof]:
    """Nothing is there but the sources."""
    blog.forget()
    return [Proof(post.page, "<h1>") for post in (blog.posts[0], blog.posts[-1])]


def nothing(blog: Blog, word: str) -> list[Proof]:
    """Nothing was edited since the last build."""
    return [Proof(blog.posts[0].page, "<h1>")]


def body(blog: Blog, word: str) -> list[Proof]:
    """A sentence more in a post in the middle."""
    place = len(blog.posts) // 2
    post = blog.change(place, body=f"{blog.posts[place].body}\nOne sentence {word} more.\n")
    return [Proof(post.page, f"One sentence {word} more.")]


def old_title(blog: Blog, word: str) -> list[Proof]:
    """Another title for an old post: its page, its neighbours, the lists that have it."""
    place = len(blog.posts) // 5
    post = blog.change(place, title=f"Old {word}")
    return [Proof(path, post.title) for path in (post.page, blog.posts[place + 1].page, ALL, *(_list(tag) for tag in post.tags))]


def new_title(blog: Blog, word: str) -> list[Proof]:
    """Another title for the newest post, which every page has in its sidebar."""
    post = blog.change(-1, title=f"New {word}")
    return [Proof(path, post.title) for path in (post.page, blog.posts[0].page, FRONT, ALL, FEED, _list(post.tags[0]))]


def new_post(blog: Blog, word: str) -> list[Proof]:
    """One post more, the newest, with two tags that others have too."""
    newest = blog.posts[-1]
    tags = blog.posts[0].tags[:2]
    post = replace(newest, slug=f"post-{word}", title=f"Post {word}", date=newest.date + timedelta(hours=1), tags=tags)
    blog.posts.append(post)
    corpus.write(blog.folder, [post])
    lists = [path for tag in tags for path in (_list(tag), f"tags/{tag}/{FEED}")]
    pages = [Proof(path, post.title) for path in (post.page, newest.page, FRONT, ALL, FEED, *lists)]
    return [*pages, Proof("sitemap.xml", f"/posts/{post.slug}/")]


def tag(blog: Blog, word: str) -> list[Proof]:
    """Another first tag for a post in the middle, of those that others have."""
    place = len(blog.posts) // 2
    post = blog.posts[place]
    old, rest = post.tags[0], post.tags[1:]
    new = next(tag for tag in corpus.TAGS if tag not in (*post.tags, *blog.posts[0].tags))
    blog.change(place, tags=(new, *rest))
    there, gone = Proof(_list(new), f"/posts/{post.slug}/"), Proof(_list(old), f"/posts/{post.slug}/", there=False)
    return [Proof(post.page, f"/tags/{new}/"), Proof(post.page, f"/tags/{old}/", there=False), there, gone]


def template(blog: Blog, word: str) -> list[Proof]:
    """The template of all posts."""
    file = blog.folder / TEMPLATE
    text = (SITE / TEMPLATE).read_text("utf-8")
    file.write_text(text.replace("</article>", f'<p class="after">{word}</p>\n</article>'), encoding="utf-8")
    return [Proof(blog.posts[place].page, f">{word}<") for place in (0, len(blog.posts) // 2, -1)]


CASES: Mapping[str, Edit] = {
    "clean": clean,
    "nothing": nothing,
    "body": body,
    "old title": old_title,
    "new title": new_title,
    "new post": new_post,
    "tag": tag,
    "template": template,
}
"""All cases by name, in the order in which they are measured."""


def _list(tag: str) -> str:
    return f"tags/{tag}/{FRONT}"
