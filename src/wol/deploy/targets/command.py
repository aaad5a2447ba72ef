"""A command of the user's own, which gets a folder and publishes it: the tools of hosts, or anything else.

The folder is a release that wol keeps in `.wol/deploy/NAME/`, so that it can go back: the command is run again with the earlier folder.
Where `.wol/` is not kept from one run to the next, there is nothing to go back to, and all files count as new.
"""

from __future__ import annotations

import os

from wol.deploy import programs
from wol.deploy.deploy_target import TargetContext
from wol.deploy.side_by_side import SideBySideTarget
from wol.errors import WolError


class CommandTarget(SideBySideTarget):
    """Runs a program with the folder of a release; its exit code says whether the release is live."""

    def __init__(self, context: TargetContext) -> None:
        super().__init__(context, context.records)

    def go_live(self, identity: str) -> None:
        """Run the command for a release; only then it is the present one."""
        folder = os.path.realpath(self.layout.site(identity))
        words = [word.replace("{folder}", folder).replace("{release}", identity) for word in self.context.settings.command]
        timeout = self.context.settings.timeout
        try:
            ran = programs.run(words, timeout=timeout, folder=self.context.root)
        except programs.AbsentError:
            hint = "install it, or correct `command`; a program is named without a shell, so `~` and variables are not replaced"
            raise WolError(self.context.failed(f"there is no program `{words[0]}`", hint)) from None
        if ran.code != 0:
            how = f"took longer than {timeout} s" if ran.code is None else f"ended with exit code {ran.code}"
            raise WolError(self.context.failed(f"`{words[0]}` {how}", "see what it says; the release before is still live", ran.notes))
        super().go_live(identity)
