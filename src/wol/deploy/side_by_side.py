"""Targets whose releases lie side by side in a folder on this machine; they differ in what makes one of them live."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from wol.deploy import damage
from wol.deploy.layout import Layout
from wol.deploy.plan import Live
from wol.deploy.target import Job, Kept, Place, Target
from wol.errors import WolError
from wol.write_errors import write_failed


class SideBySideTarget(Target):
    """Fills a folder for each release, then lets it go live; what cannot be written is `write-failed`."""

    def __init__(self, place: Place, folder: Path) -> None:
        super().__init__(place)
        self.layout = Layout(folder)

    def go_live(self, identity: str) -> None:
        """Let readers see a release that is whole; raises WolError or OSError."""
        self.layout.switch(identity)

    def held(self) -> AbstractContextManager[None]:
        return self.layout.held()

    def live(self) -> Live:
        return self.layout.live()

    def publish(self, job: Job) -> None:
        with _written():
            self.layout.tidy(self.place.settings.keep)
            self.layout.make(job)
            self.go_live(job.release.id)
            self.layout.tidy(self.place.settings.keep)

    def tidy(self) -> None:
        with _written():
            self.layout.tidy(self.place.settings.keep)

    def releases(self) -> Sequence[Kept]:
        return self.layout.kept()

    def roll_back(self, identity: str) -> None:
        damaged = self.layout.damaged(identity)
        if damaged:
            raise WolError(damage.of_release(self.place.name, identity, damaged))
        with _written():
            self.go_live(identity)


@contextmanager
def _written() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise WolError(write_failed(error)) from error
