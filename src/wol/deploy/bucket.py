"""A bucket of S3 or a look-alike, by obstore: keys below a prefix, bounded in tries and time, and its errors in words that help."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from wol.deploy.deploy_target import TargetContext
from wol.deploy.retry import TRIES
from wol.deploy.secrets import scrubbed, secret
from wol.errors import WolError

if TYPE_CHECKING:
    from obstore.store import S3Store

AT_ONCE = 16
"""Requests that are under way at the same time."""

_XML = re.compile(r"<(Code|Message)>([^<]*)</\1>")
_NO_RIGHT = re.compile(r"40[13] |AccessDenied|InvalidAccessKeyId|SignatureDoesNotMatch|security-credentials|CredentialsProvider")
_NO_CONDITIONS = re.compile(r"501 |NotImplemented")


class ConflictError(Exception):
    """There is such an object already, or it is not any more what it was."""


class Bucket:
    """The objects of a bucket below a prefix."""

    def __init__(self, context: TargetContext) -> None:
        self._context = context
        self._secrets: tuple[str, ...] = ()
        self._store = self._opened()

    def _opened(self) -> S3Store:
        try:
            from obstore.store import S3Store
        except ImportError as error:
            hint = 'install it with `pip install "wol-ssg[s3]"`'
            raise WolError(self._context.failed("the package `obstore`, which speaks with S3, is not installed", hint)) from error
        settings = self._context.settings
        own: dict[str, Any] = {"endpoint": settings.endpoint} if settings.endpoint else {}
        own |= {"region": settings.region} if settings.region else {}
        for key, name in (("access_key", "access_key_id"), ("secret_key", "secret_access_key")):
            if getattr(settings, key):
                own[name] = secret(self._context, key)
        self._secrets = tuple(own[name] for name in ("access_key_id", "secret_access_key") if name in own)
        endpoint = settings.endpoint or os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL") or ""
        limit = timedelta(seconds=settings.timeout)
        with self._translated():
            return S3Store(
                settings.bucket,
                prefix=settings.prefix.strip("/") or None,
                client_options={"allow_http": endpoint.startswith("http://"), "timeout": limit},
                retry_config={
                    "max_retries": TRIES - 1,
                    "retry_timeout": limit,
                    "backoff": {"init_backoff": timedelta(seconds=1), "base": 4},
                },
                virtual_hosted_style_request=False,
                **own,
            )

    def list(self) -> Iterator[tuple[str, str, int]]:
        """Return key, tag and size of all objects."""
        with self._translated():
            for chunk in self._store.list():
                for one in chunk:
                    yield one["path"], one["e_tag"] or "", one["size"]

    def get(self, key: str) -> tuple[bytes, str] | None:
        """Read an object and its tag; None if there is none."""
        try:
            with self._translated():
                response = self._store.get(key)
                return bytes(response.bytes()), response.meta["e_tag"] or ""
        except FileNotFoundError:
            return None

    def put(self, key: str, data: bytes, headers: Mapping[str, str], only: str | None = None) -> str:
        """Write an object and give its tag; `only` writes it if it has that tag now, or (empty) if there is none. Raises TakenError."""
        mode: Any = "overwrite" if only is None else {"e_tag": only} if only else "create"
        with self._translated():
            return self._store.put(key, data, attributes=dict(headers), mode=mode, use_multipart=False)["e_tag"] or ""

    def put_all(
        self, items: Iterable[tuple[str, Mapping[str, str]]], read: Callable[[str], bytes], done: Callable[[], None]
    ) -> dict[str, str]:
        """Write many objects (key and headers), several at once, and give their tags; `done` is called after each."""
        tags = {}

        async def put(item: tuple[str, Mapping[str, str]]) -> None:
            key, headers = item
            result = await self._store.put_async(key, read(key), attributes=dict(headers), use_multipart=False)
            tags[key] = result["e_tag"] or ""
            done()

        with self._translated():
            asyncio.run(_each(put, items))
        return tags

    def delete(self, keys: Iterable[str]) -> None:
        """Remove objects; those that are not there are none to remove."""
        with self._translated():
            self._store.delete(list(keys))

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Raise the errors of the store as WolError, TakenError, or FileNotFoundError for an object that is not there."""
        from obstore.exceptions import AlreadyExistsError, BaseError, PreconditionError

        try:
            yield
        except (AlreadyExistsError, PreconditionError) as error:
            raise ConflictError from error
        except (BaseError, OSError, NotImplementedError) as error:
            if isinstance(error, FileNotFoundError) and "NoSuchBucket" not in str(error):
                raise
            raise self._failed(str(error)) from error

    def _failed(self, words: str) -> WolError:
        answer = dict(_XML.findall(words))
        where = f"the bucket `{self._context.settings.bucket}`"
        hint = "see what the host says; then deploy again: what is there already is not sent again"
        if _NO_CONDITIONS.search(words):
            return NoConditionsError(self._context.failed(f"{where} knows no conditional requests"))
        if answer.get("Code") == "NoSuchBucket":
            hint = "make the bucket, or correct `bucket`, `region` and `endpoint`"
        elif _NO_RIGHT.search(words):
            hint = "set `AWS_ACCESS_KEY_ID` and `AWS_SECRET_ACCESS_KEY` to a key that may list, read, write and delete there"
        notes = [": ".join(answer.values())] if answer else [line for line in words.splitlines() if line.strip()][:2]
        return WolError(
            self._context.failed(f"{where} did not do what was asked", hint, [scrubbed(note, *self._secrets) for note in notes])
        )


class NoConditionsError(WolError):
    """The host knows no conditional requests, so that nothing can be locked there."""


async def _each(step: Callable[[tuple[str, Mapping[str, str]]], Awaitable[None]], items: Iterable[tuple[str, Mapping[str, str]]]) -> None:
    """Do a step for each item, several at once; the first error ends it."""
    left = iter(items)

    async def work() -> None:
        for item in left:
            await step(item)

    await asyncio.gather(*(work() for _ in range(AT_ONCE)))
