"""Report a file that is published with its location in it."""

from __future__ import annotations

import shlex

from wol.errors import Diagnostic, diagnostic
from wol.images.published_image import PublishedImage

_FILMS = (".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2", ".m4a", ".mkv", ".webm", ".avi")
_DOCUMENTS = (".pdf", ".docx", ".pptx", ".xlsx", ".odt", ".odp", ".ods", ".epub", ".svg")


def located(path: str, published: PublishedImage) -> Diagnostic:
    """Report that a file contains a location, with the way to remove it from that kind of file."""
    name = path.rpartition("/")[2]
    ending = name[name.rfind(".") :].lower()
    if published.damaged:
        message = f"The picture `{path}` is damaged; any location in it could not be removed"
        return diagnostic("metadata-location", message, path, hint="open it in a picture editor and save it again")
    message = f"`{path}` contains the location where it was made, and readers can see it"
    quoted, clean = shlex.quote(name), shlex.quote(f"clean-{name}")
    if ending in _FILMS:
        hint = f"publish a copy without it: `ffmpeg -i {quoted} -map '0:v?' -map '0:a?' -map_metadata -1 -c copy {clean}`"
    elif ending in _DOCUMENTS:
        hint = "remove the location from the pictures in the document, and export it again"
    else:
        hint = f"run `exiftool -gps:all= -xmp:all= {quoted}`, or save it as JPEG: wol removes the location from that"
    return diagnostic("metadata-location", message, path, hint=hint)
