"""What follows a deploy: words to others about what has changed. The site is live by then; what fails is tried again by the next deploy."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wol.deploy import hub, sent
from wol.deploy.target import Place
from wol.errors import Diagnostic, WolError, diagnostic
from wol.write_errors import write_failed


def announce(place: Place, files: Mapping[str, str], changed: frozenset[str]) -> None:
    """Write down what is to be told once the site is live; `files` are all of the site, with their digests. Raises WolError (write-failed)."""
    if not place.settings.public:
        return
    try:
        sent.note(place.root, "due", sent.to_note(hub.words(place.config, files, changed), sent.known(place.root)))
    except OSError as error:
        raise WolError(write_failed(error)) from error


def follow(place: Place, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Tell what is due of what is live now, each once; gives a warning for each that nobody took."""
    if not place.settings.public:
        return
    for word in sent.to_send(sent.known(place.root), hub.addresses(place.config, files)):
        try:
            hub.tell(word)
        except hub.NotToldError as error:
            yield diagnostic("deploy-hub", f"The hub `{word.to}` was not told of `{word.about}`: {error}")
            continue
        try:
            sent.note(place.root, "sent", [word])
        except OSError as error:
            yield write_failed(error)
