"""A folder on this machine (or one that is mounted here) from which a web server serves: `current` in it is the site."""

from __future__ import annotations

import os
from contextlib import AbstractContextManager
from pathlib import Path

from wol.deploy.deploy_plan import LiveState
from wol.deploy.deploy_target import TargetContext
from wol.deploy.layout import CURRENT, RELEASES
from wol.deploy.release import is_id
from wol.deploy.side_by_side import SideBySideTarget
from wol.errors import WolError, diagnostic


class FolderTarget(SideBySideTarget):
    """Releases side by side, switched by a link."""

    def __init__(self, context: TargetContext) -> None:
        super().__init__(context, _folder(context))

    def lock(self) -> AbstractContextManager[None]:
        self._refuse_strange()
        return super().lock()

    def live(self) -> LiveState:
        self._refuse_strange()
        return super().live()

    def _refuse_strange(self) -> None:
        """Raise WolError (deploy-failed) if `current` is there, and not a link to a release in this folder."""
        link, releases = self.layout.folder / CURRENT, self.layout.folder / RELEASES
        if not os.path.lexists(link):
            return
        leads = os.path.realpath(link) if os.path.islink(link) else ""
        if not (is_id(os.path.basename(leads)) and os.path.dirname(leads) == os.path.realpath(releases)):
            message = f"`{link}` is not a link that wol made" + (f": it leads to `{os.readlink(link)}`" if leads else "")
            raise WolError(self.context.failed(message, "move it away, or name another folder in `path`"))


def _folder(context: TargetContext) -> Path:
    """Return the folder; raises WolError (output-dangerous) if it would lie among the site's own files."""
    folder = Path(os.path.realpath(context.root / os.path.expanduser(context.settings.path)))
    root = Path(os.path.realpath(context.root))
    own = [root / name for name in (context.config.content.folder, context.config.build.output, "themes", ".git", ".wol")]
    own += [root / name for name in context.config.content.static.values()]
    if folder == root or folder in root.parents or any(one == folder or one in folder.parents for one in own):
        message = f"`path` of `[deploy.{context.name}]`, `{folder}`, is among the site's own files"
        raise WolError(diagnostic("output-dangerous", message, "site.toml", hint="name a folder of its own, such as `/srv/my-site`"))
    return folder
