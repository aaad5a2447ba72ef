"""Pictures inside a text, as `data:` addresses, lose what published files lose."""

from __future__ import annotations

import base64
from collections.abc import Callable
from urllib.parse import quote_from_bytes

import pytest

from harness import pictures as p
from harness.site import CONFIG, Site
from wol.images.embedded import decoded, parts

PICTURE = p.jpeg(p.JFIF, p.TELLING)
BASE64 = base64.b64encode(PICTURE).decode()

TEXTS = {
    "Markdown": f"![a](data:image/jpeg;base64,{BASE64})",
    "a reference": f"![a][b]\n\n[b]: data:image/jpeg;base64,{BASE64}",
    "HTML": f'<img alt="a" src="data:image/jpeg;base64,{BASE64}">',
    "a name in capitals": f"<img alt='a' src='DATA:image/JPEG;BASE64,{BASE64}'>",
    "a wrong type": f'<img alt="a" src="data:image/png;base64,{BASE64}">',
    "lines": f'<img alt="a" src="data:image/jpeg;base64,{BASE64[:60]}\n{BASE64[60:]}">',
    "without base64": f'<img alt="a" src="data:image/jpeg,{quote_from_bytes(PICTURE)}">',
    "a link": f'<a href="data:image/jpeg;base64,{BASE64}">a</a>',
    "a poster": f'<video poster="data:image/jpeg;base64,{BASE64}"></video>',
    "a set": f'<img alt="a" src="/a.png" srcset="data:image/jpeg;base64,{BASE64} 2x">',
}


def pictures(made: Site) -> list[bytes]:
    """Give the pictures inside the published post."""
    html = (made.output / "2026/01/a/index.html").read_text()
    found = [part for quote in html.split('"') if (part := parts(quote.removesuffix(" 2x"))) is not None]
    return [picture for _, picture, _ in found]


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_inside_a_text(text: str, site: Callable[..., Site]) -> None:
    """In whatever way it stands there: the picture is the same, and nothing else is left; `keep` keeps all."""
    made = site({"content/posts/2026-01-01-a.md": text, "static/a.png": p.png()})
    made.build()
    (left,) = pictures(made)
    assert p.CANARY not in left
    assert p.PIXELS in left
    assert left == p.jpeg(p.JFIF, p.app1(left[left.index(b"Exif\0\0") + 6 : left.index(p.PIXELS)]))
    made.write("site.toml", CONFIG + '[images]\nmetadata = "keep"\n')
    made.build()
    assert pictures(made) == [PICTURE]


def test_what_stays(site: Callable[..., Site]) -> None:
    """Pictures that have nothing to leave out, and addresses that are no pictures, stay as they are typed; one that wol cannot change is named."""
    plain = base64.b64encode(p.jpeg(p.JFIF)).decode()
    located = base64.b64encode(p.exif()).decode()
    typed = [f"data:image/jpeg;base64,{plain}", "data:text/plain,hello", "data:image/png;base64,%%%", "data:image/svg+xml,%3Csvg/%3E"]
    text = "".join(f'<a href="{address}">a</a>\n' for address in typed)
    made = site({"content/posts/2026-01-01-a.md": f'{text}\n<img alt="a" src="data:image/tiff;base64,{located}">\n'})
    told = made.build().diagnostics
    html = (made.output / "2026/01/a/index.html").read_text()
    assert all(address in html for address in typed)
    assert [(d.code, d.span.line) for d in told if d.span] == [("metadata-location", 6)]


def test_damaged_base64() -> None:
    """Padding may be absent and white space anywhere, as browsers have it; other signs are no base64."""
    assert decoded(b"aGVs bG8") == b"hello"
    assert decoded(b"aGVsbG8=") == b"hello"
    assert decoded(b"a") is None
    assert decoded(b"!!") is None
