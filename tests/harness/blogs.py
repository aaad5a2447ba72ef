"""The real blogs of `../shared/corpora`: copied, built, and what their pages and feeds are to be, read by own means."""

from __future__ import annotations

import fcntl
import json
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from harness.site import Ran, Site
from harness.sources import Text, texts

SETTINGS = Path(__file__).parents[1] / "fixtures" / "corpora"


@dataclass(frozen=True, slots=True)
class Blog:
    """A real blog, copied and built, and an own reading of its sources."""

    name: str
    site: Site
    ran: Ran
    texts: tuple[Text, ...]
    base: str
    zone: ZoneInfo

    def url(self, text: Text) -> str:
        """Return the URL path of a source, by the rules of the blog that this test knows."""
        if given := text.fields.get("permalink"):
            return str(given)
        folder, _, file = text.key.rpartition("/")
        if file == "_index.md":
            return f"/{folder}/".replace("//", "/").lower()
        if not text.key.startswith(("posts/", "_posts/")) or file == "README.md":
            own = folder.rpartition("/")[0] if file == "index.md" else folder
            return f"/{own}/{text.slug()}/".replace("//", "/").lower()
        if self.name == "scientific-python-blog":
            return f"/{folder}/".lower()
        day = text.day()
        assert day is not None
        return "/" + "/".join([*(day if self.name == "18f" else day[:2]), text.slug()]) + "/"


def copied(corpora: Path, name: str, root: Path) -> Site:
    """Copy a blog into a folder of its own, with its settings."""
    site = Site.of(corpora / name, root, without=("SOURCE.md",), config="")
    for place in [root, *root.rglob("*")]:
        place.chmod(0o755 if place.is_dir() else 0o644)
    site.write("site.toml", (SETTINGS / f"{name}.toml").read_bytes())
    return site


def built(corpora: Path, name: str, root: Path) -> Blog:
    """Return a blog that is copied to a folder and built there by `wol build`; the first of several test processes does it."""
    root.parent.mkdir(exist_ok=True)
    done = root.with_suffix(".json")
    with open(root.with_suffix(".lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            made = copied(corpora, name, root).run("build", "--at", "2026-12-01", "--jobs", "2")
            done.write_text(json.dumps([made.code, made.stdout, made.stderr]), "utf-8")
    settings = (root / "site.toml").read_text("utf-8")
    base = settings.partition('base_url = "')[2].partition('"')[0]
    zone = settings.partition('timezone = "')[2].partition('"')[0] or "UTC"
    content = root / ("src" if name == "mehdix" else "content")
    return Blog(name, Site.at(root), Ran(*json.loads(done.read_text("utf-8"))), tuple(texts(content)), base, ZoneInfo(zone))
