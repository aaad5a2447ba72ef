"""Recognise files that are hardly meant to be published: by name, private keys, and drawings that name folders of a computer."""

from __future__ import annotations

import re

_ACCIDENT = re.compile(
    r"""
      (?:.*/)?(?:
        \.env(?:\..*)? | \.htpasswd | \.netrc | \.npmrc | \.pypirc | \.pgpass | \.git-credentials | \.gitconfig | \.s3cfg
      | \.(?:bash|zsh|sh|python|psql|mysql|node_repl)_history | \.viminfo
      | id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)? | .*\.(?:ppk|p12|pfx|jks|kdbx|keystore)
      | Thumbs\.db | ehthumbs\.db | desktop\.ini | \.(?:_|apdisk|Trashes|Spotlight-V100|fseventsd|TemporaryItems|DocumentRevisions-V100|directory).*
      | .*~ | \#.*\# | \..*\.sw[a-p] | .*\.(?:bak|orig|rej|tmp|temp|part|crdownload|pyc) | .*\.(?:db|sqlite3?)-(?:wal|shm|journal)
      | .*sync-conflict.* | .*\ \(conflicted\ copy.*
      )
    | (?:.*/)?(?:\.ssh|\.aws|\.gnupg|\.svn|\.hg|\.bzr|\.idea|\.vscode|\.obsidian|node_modules|__pycache__|__MACOSX|\.venv|\.terraform|\.cache|\.git)/.*
    """,
    re.VERBOSE | re.DOTALL,
)
_KEY = re.compile(rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|PuTTY-User-Key-File-")
_FOLDER = re.compile(rb"""(?:docname|export-filename|absref)\s*=\s*["'](?P<path>(?:file:|[A-Za-z]:[\\/]|/home/|/Users/|\\\\)[^"']*)["']""")
"""Attributes in which Inkscape records the location of a drawing and its pictures."""
_LOOKED_AT = 65_536


def is_accident(path: str) -> bool:
    """Return whether a file is one that nobody publishes on purpose, by its name and folders."""
    return _ACCIDENT.fullmatch(path) is not None


def may_expose(path: str) -> bool:
    """Return whether a file is worth a look: drawings, and what keys are called."""
    name = path.rpartition("/")[2].lower()
    return "." not in name or name.endswith((".svg", ".pem", ".key", ".asc", ".txt", ".gpg", ".pgp"))


def exposed(path: str, data: bytes) -> str:
    """Return `key` for a private key, the folder that a drawing names, or nothing."""
    if path.lower().endswith(".svg"):
        match = _FOLDER.search(data)
        return match["path"].decode("utf-8", "replace") if match else ""
    return "key" if _KEY.search(data[:_LOOKED_AT]) else ""
