"""A site with what a host must serve rightly: pages, files of many sorts, names with dots and signs."""

from __future__ import annotations

from pathlib import Path

from harness.site import CONFIG, Site

PNG = bytes(range(256)) * 20

FILES: dict[str, str | bytes] = {
    "content/index.md": "---\ntitle: Home\n---\nAt home",
    "content/about.md": "---\ntitle: About\naliases: [/old/]\n---\nAbout",
    "content/café.md": "---\ntitle: Café\n---\nCoffee",
    "content/posts/a.md": "---\ntitle: A\ndate: 2026-01-01\n---\nText",
    "content/posts/b.md": "---\ntitle: B\ndate: 2026-01-02\ndraft: true\n---\nzqdraft",
    "static/data.bin": PNG,
    "static/empty.txt": "",
    "static/big.mp4": bytes(2_000_000),
    "static/.well-known/security.txt": "Contact: mailto:a@example.org",
    "static/.htaccess": "Deny from all",
    "static/app.webmanifest": "{}",
    "static/m.mjs": "export {}",
    "static/m.wasm": b"\0asm",
    "static/i.avif": b"avif",
    "static/i.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "static/plain.html": "<p>No body",
    "static/with space.txt": "space",
}


def built(root: Path, config: str = CONFIG) -> Path:
    """Write the site into a folder, and build its preview."""
    Site(root, FILES, config).build(preview=True, drafts=True, future=True, base_url="http://127.0.0.1:8000")
    return root
