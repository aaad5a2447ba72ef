"""Pictures that cost readers more than they may."""

from __future__ import annotations

from collections.abc import Iterator

from wol.check.site_inspection import SiteInspection
from wol.errors import Span
from wol.model.inspection import Finding

_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff", ".ico", ".apng")


def images(inspection: SiteInspection) -> Iterator[Finding]:
    """Report each picture that a page loads and that is larger than `[check] image_bytes`, where it is first used."""
    most = inspection.built.config.check.image_bytes
    for path, (page, typed) in inspection.links.used.items():
        written = inspection.built.outputs.get(path)
        if written is not None and written.size > most and path.lower().endswith(_PICTURES):
            message = f"The picture `{path}` has {written.size:,} bytes, more than {most:,}"
            target = inspection.target(path)
            span = Span(target.source) if target is not None and target.role == "asset" and target.source else None
            yield Finding("check-image-size", message, page, typed, span, names=(path, f"/{path}"))
