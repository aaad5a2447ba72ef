"""Netlify's HTTP API, as its published specification has it (github.com/netlify/open-api, `swagger.yml` 2.9): sites, deploys and files.

Bounded in tries and time. Files go one after the other: so a deploy stays below the 500 requests a minute that Netlify takes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import quote

import msgspec

import wol
from wol import clock
from wol.deploy.deploy_target import TargetContext
from wol.deploy.retry import TransientError, with_retries
from wol.deploy.secrets import scrubbed, secret
from wol.errors import WolError

if TYPE_CHECKING:
    import httpx2

ADDRESS = "https://api.netlify.com/api/v1"
TOKEN = "NETLIFY_AUTH_TOKEN"  # noqa: S105  # the name of a variable
"""The variable that Netlify's own tool reads."""

PER_PAGE, PAGES = 100, 10
"""Deploys that are asked for at once, and how often at most."""

MANY = 100
"""Files from which on Netlify is asked to compare them while we wait: with more, its answer may come too late."""

COMPLETE = ("uploaded", "processing", "processed", "ready")
COMPARED = ("prepared", "uploading", *COMPLETE)
FAILED = ("error", "rejected")
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 5.0
"""Seconds between two looks at a deploy."""

T = TypeVar("T")


class NetlifyDeploy(msgspec.Struct, frozen=True):
    """A deploy there (definition `deploy`); `required` are the SHA-1 of files that Netlify does not have."""

    id: str
    state: str = ""
    title: str | None = None
    required: tuple[str, ...] | None = None
    error_message: str | None = None
    locked: bool | None = None


class NetlifyFile(msgspec.Struct, frozen=True):
    """A published file (definition `file`): its path, which begins with `/`, and its SHA-1."""

    path: str
    sha: str


class _Site(msgspec.Struct, frozen=True):
    published_deploy: NetlifyDeploy | None = None


class _Error(msgspec.Struct, frozen=True):
    message: str


class Netlify:
    """One site there, for as long as the connection is open (`with`)."""

    def __init__(self, context: TargetContext) -> None:
        self._context = context
        self._site = f"/sites/{quote(context.settings.site, safe='')}"
        self._token = secret(context, "token", TOKEN).strip()
        if not (self._token.isascii() and self._token.isprintable()) or " " in self._token:
            name = context.settings.token or TOKEN
            raise WolError(context.failed(f"what the variable `{name}` holds cannot be a token", "copy the token again, and nothing else"))
        self._client = self._opened()

    def _opened(self) -> httpx2.Client:
        import httpx2

        return httpx2.Client(
            base_url=self._context.settings.api.rstrip("/") or ADDRESS,
            headers={"Authorization": f"Bearer {self._token}", "User-Agent": f"wol/{wol.__version__}"},
            timeout=self._context.settings.timeout,
            follow_redirects=False,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._client.close()

    def published(self) -> NetlifyDeploy | None:
        """Return the deploy that readers see."""
        return self._read(_Site, "GET", self._site).published_deploy

    def files(self) -> tuple[NetlifyFile, ...]:
        """Return the files that readers see: all of them in one answer."""
        return self._read(tuple[NetlifyFile, ...], "GET", f"{self._site}/files")

    def deploys(self) -> Iterator[NetlifyDeploy]:
        """Return the deploys of the site, the newest first."""
        for page in range(1, PAGES + 1):
            deploys = self._read(tuple[NetlifyDeploy, ...], "GET", f"{self._site}/deploys", params={"page": page, "per_page": PER_PAGE})
            yield from deploys
            if len(deploys) < PER_PAGE:
                return

    def create(self, title: str, files: Mapping[str, str]) -> NetlifyDeploy:
        """Begin a deploy with these files (path to SHA-1), and wait until it is known which are `required`."""
        body = {"files": {f"/{path}": name for path, name in files.items()}, "async": len(files) > MANY}
        begun = self._read(NetlifyDeploy, "POST", f"{self._site}/deploys", params={"title": title}, json=body)
        return self.until(begun, COMPARED)

    def upload(self, deploy: NetlifyDeploy, path: str, data: bytes) -> None:
        """Send a file of a deploy. If the answer to the last one is lost, the deploy is complete, and takes it no second time."""
        try:
            self._ask(
                "PUT", f"/deploys/{deploy.id}/files/{quote(path)}", content=data, headers={"Content-Type": "application/octet-stream"}
            )
        except WolError:
            if self._state(deploy).state not in COMPLETE:
                raise

    def restore(self, deploy: NetlifyDeploy) -> None:
        """Let readers see an earlier deploy."""
        self._ask("POST", f"{self._site}/deploys/{deploy.id}/restore")

    def until(self, deploy: NetlifyDeploy, states: Collection[str]) -> NetlifyDeploy:
        """Wait until a deploy has come to one of these states; raises WolError if it fails, or if that takes too long."""
        for pause in self._pauses():
            if deploy.state in states:
                return deploy
            if deploy.state in FAILED:
                notes = [scrubbed(deploy.error_message, self._token)] if deploy.error_message else []
                raise WolError(self._context.failed("Netlify could not complete the deploy", "see the log of the deploy at Netlify", notes))
            clock.wait(pause)
            deploy = self._state(deploy)
        raise self._late(f"the deploy is still `{deploy.state}`")

    def until_live(self, deploy: NetlifyDeploy) -> None:
        """Wait until readers see a deploy that is ready; raises WolError if they are to see another."""
        for pause in self._pauses():
            seen = self.published()
            if seen is not None and seen.id == deploy.id:
                return
            if seen is not None and seen.locked:
                message = "the new deploy is ready, but Netlify is told to stay with the one before"
                raise WolError(self._context.failed(message, "switch on auto publishing at Netlify, then publish the new one there"))
            clock.wait(pause)
        raise self._late("the new deploy is ready, but readers see another")

    def _state(self, deploy: NetlifyDeploy) -> NetlifyDeploy:
        """Return a deploy as it is by now."""
        return self._read(NetlifyDeploy, "GET", f"{self._site}/deploys/{deploy.id}")

    def _pauses(self) -> Iterator[float]:
        """Return pauses that get longer, and together are not longer than a step may take."""
        waited, pause = 0.0, FIRST_PAUSE
        while waited <= self._context.settings.timeout:
            yield pause
            waited += pause
            pause = min(pause * 2, LONGEST_PAUSE)

    def _late(self, what: str) -> WolError:
        hint = "look at the site's page at Netlify; then deploy again"
        return WolError(self._context.failed(f"{what} after {self._context.settings.timeout} s", hint))

    def _read(self, sort: type[T], method: str, path: str, **sent: Any) -> T:
        """Send a request and decode the response."""
        try:
            return msgspec.json.decode(self._ask(method, path, **sent), type=sort)
        except msgspec.DecodeError as error:
            hint = "see whether `api` is right, and whether there is a newer wol"
            raise WolError(self._context.failed("Netlify's answer is not what its specification says", hint, [str(error)])) from error

    def _ask(self, method: str, path: str, **sent: Any) -> bytes:
        """Send a request, with retries, and return the body of the response; raises WolError."""
        return with_retries(lambda: self._once(method, path, **sent))

    def _once(self, method: str, path: str, **sent: Any) -> bytes:
        import httpx2

        try:
            answer = self._client.request(method, path, **sent)
        except httpx2.HTTPError as error:
            words = scrubbed(f"{type(error).__name__}: {error}", self._token)
            raise TransientError(WolError(self._context.failed("Netlify does not answer", notes=[words]))) from error
        if answer.is_success:
            return answer.content
        wrong = self._refused(method, answer.status_code, answer.content)
        if answer.status_code == 429 or answer.status_code >= 500:
            raise TransientError(wrong, asked_wait(answer.headers))
        raise wrong

    def _refused(self, method: str, status: int, body: bytes) -> WolError:
        """Return what a status means, with the host's own words."""
        settings, name = self._context.settings, self._context.settings.token or TOKEN
        hint = "see what Netlify says; then deploy again: what is there already is not sent again"
        if status in (401, 403):
            hint = f"put a personal access token that is valid, of somebody who may publish the site, into the variable `{name}`"
        elif status == 404:
            hint = f"correct `site = \"{settings.site}\"`: it is the project's id, and the token's owner must have a part in it"
        elif status == 429:
            hint = "Netlify takes only so many requests and deploys a minute, and a day: wait, then deploy again"
        try:
            said = msgspec.json.decode(body, type=_Error).message
        except msgspec.DecodeError:
            said = body.decode("utf-8", "replace")
        words = " ".join(scrubbed(said, self._token).split())[:200]
        return WolError(self._context.failed(f"Netlify answers {status} to {method}", hint, [words] if words else []))


def asked_wait(headers: Mapping[str, str]) -> float:
    """Return the seconds after which a host wants to be asked again: `Retry-After`, or `X-RateLimit-Reset`, an instant in seconds since 1970."""
    try:
        if "Retry-After" in headers:
            return max(0.0, float(headers["Retry-After"]))
        return max(0.0, float(headers.get("X-RateLimit-Reset", 0)) - clock.now() / clock.MICROSECONDS)
    except ValueError:
        return 0.0
