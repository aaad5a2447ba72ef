"""`/robots.txt` (RFC 9309): everything may be read, and where the sitemap is.

It names no path: what nobody should find is kept out by states, and a list of it would be read by everybody.
"""

from __future__ import annotations

from wol.model.feature import Feature
from wol.model.step import Step

feature = Feature(
    name="robots",
    description="`/robots.txt`, which says where the sitemap is; it gives way to a `robots.txt` in `static/`.",
    steps=(Step(name="file", make="wol.features.robots.files:plan", needs=frozenset({"sitemap"}), plans=True),),
    kinds={"robots": "wol.features.robots.files:render"},
)
