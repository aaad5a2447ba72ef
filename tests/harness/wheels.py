"""Packages that tests build into a wheel and install, as their authors and users do."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path


def install(source: Path, folder: Path) -> Path:
    """Build the wheel of a package and unpack it, as an installer does; return the folder that belongs on `sys.path`. Nothing is downloaded."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    built = subprocess.run(command, cwd=source, capture_output=True, text=True, timeout=120)
    assert built.returncode == 0, built.stderr
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    return folder / "installed"
