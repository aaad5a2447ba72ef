"""A bucket on loopback, served by moto: what is in it, and what its readers find."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from obstore.store import S3Store
from selectolax.lexbor import LexborHTMLParser

from harness.failing_writes import Killed

MOTO = Path(__file__).parents[2] / ".venv/moto-env/bin/moto_server"
KEYS = {"AWS_ACCESS_KEY_ID": "AKIAEXAMPLE0", "AWS_SECRET_ACCESS_KEY": "not-a-secret-at-all-0123"}


@contextmanager
def server() -> Iterator[str]:
    """Serve buckets as long as it lasts, and give the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen(
        [MOTO, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/moto-api/", timeout=5).close()
                break
            except OSError:
                time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


class Shop:
    """A bucket, as somebody who looks at it from outside."""

    def __init__(self, address: str, name: str, prefix: str = "") -> None:
        self.address, self.name, self.prefix = address, name, prefix
        urllib.request.urlopen(urllib.request.Request(f"{address}/{name}", method="PUT"), timeout=30).close()
        self.store = S3Store(
            name,
            prefix=prefix or None,
            endpoint=address,
            region="us-east-1",
            virtual_hosted_style_request=False,
            client_options={"allow_http": True},
            access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )

    @property
    def settings(self) -> str:
        """Return the table for `site.toml`."""
        prefix = f'prefix = "{self.prefix}"\n' if self.prefix else ""
        return f'[deploy.live]\ntype = "s3"\nbucket = "{self.name}"\nregion = "us-east-1"\nendpoint = "{self.address}"\n{prefix}public = false\n'

    def keys(self) -> list[str]:
        """Return all keys below the prefix."""
        return sorted(one["path"] for chunk in self.store.list() for one in chunk)

    def files(self) -> dict[str, bytes]:
        """Return all objects except wol's own."""
        return {key: bytes(self.store.get(key).bytes()) for key in self.keys() if not key.startswith(".wol/")}

    def headers(self, key: str) -> Mapping[str, Any]:
        """Return the headers of an object."""
        return {str(name): value for name, value in self.store.get(key).attributes.items()}


class Counted:
    """Stands for a store: counts what would change the bucket, and lets nothing happen any more from the `at`-th change on."""

    def __init__(self, store: S3Store, at: int, error: BaseException | None = None) -> None:
        self._store, self._at, self._error, self.done = store, at, error, 0

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._store, name)
        if name not in ("put", "put_async", "delete"):
            return real

        def changed(*arguments: Any, **options: Any) -> Any:
            self.done += 1
            if self.done >= self._at:
                raise self._error or Killed
            return real(*arguments, **options)

        return changed


def broken(files: Mapping[str, bytes], versions: Collection[Mapping[str, bytes]], base: str = "https://example.org/") -> list[str]:
    """Report what is broken for a reader who starts at the home page: pages that belong to no version, and missing files that a page refers to."""
    found, seen, left = [], set(), ["index.html"]
    while left:
        page = left.pop()
        if page in seen:
            continue
        seen.add(page)
        if all(version.get(page) != files[page] for version in versions):
            found.append(f"{page} is neither old nor new")
        if not page.endswith(".html"):
            continue
        tree = LexborHTMLParser(files[page].decode())
        named = [node.attributes.get(key) for node in tree.css("[href], [src]") for key in ("href", "src")]
        for address in (urlsplit(urljoin(base + page, one)) for one in named if one):
            path = unquote(address.path).lstrip("/")
            path = f"{path}index.html" if path.endswith("/") or not path else path
            if f"{address.scheme}://{address.netloc}/" != base:
                continue
            if path not in files:
                found.append(f"{page} names {path}, which is not there")
            else:
                left.append(path)
    return found
