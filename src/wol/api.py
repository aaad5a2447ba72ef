"""What plugins may use: the only public module. Within an API version names are added, never changed.

A plugin is a module (named in `[build] plugins`) or an entry point of the group `wol.plugins`. It implements the hook

    from wol.api import Feature, hook

    @hook
    def wol_features(config):
        return [Feature(name="my feature", steps=(…), kinds={…})]

A feature's hooks are pure: the same input gives the same output, in any process, at any time. They read what they are
given, and open no file or connection of their own. A plugin that adds a type of deploy target implements the hook `wol_targets`.
"""

from __future__ import annotations

import pluggy

from wol.codes.diagnostic_code import DiagnosticCode
from wol.deploy.deploy_plan import DeployPlan, LiveState
from wol.deploy.deploy_target import DeployTarget, KeptRelease, PublishJob, TargetChangedError, TargetContext
from wol.deploy.release import Release
from wol.deploy.release_files import ReleaseFiles
from wol.errors import Diagnostic, Span, WolError, diagnostic
from wol.model.commands import Command, CommandArgument, CommandContext, CommandOption
from wol.model.config import Config
from wol.model.feature import Feature, Name
from wol.model.feed import Channel, Enclosure, EntryData, Event, Origin
from wol.model.field import Field
from wol.model.inputs import Input
from wol.model.inspection import FeedFacts, Finding, Inspection, PageFacts
from wol.model.item import Author, Body, Dynamic, Heading, Link, Moment, Summary
from wol.model.mark import Mark
from wol.model.markdown_syntax import FilledPart, Syntax, begins_with
from wol.model.plugin_errors import OldNameError
from wol.model.settings_table import SettingProblem, SettingsTable, Table, setting
from wol.model.step import Made, SiteInput, Step
from wol.model.target import File, Target
from wol.model.view_protocol import Views
from wol.render.recorder import View

API_VERSION = 2

hook = pluggy.HookimplMarker("wol")
"""Marks a function of a plugin as the implementation of the hook of that name."""

__all__ = [
    "API_VERSION",
    "Author",
    "Body",
    "Channel",
    "Command",
    "CommandArgument",
    "CommandContext",
    "CommandOption",
    "Config",
    "DeployPlan",
    "DeployTarget",
    "Diagnostic",
    "DiagnosticCode",
    "Dynamic",
    "Enclosure",
    "EntryData",
    "Event",
    "Feature",
    "FeedFacts",
    "Field",
    "File",
    "FilledPart",
    "Finding",
    "Heading",
    "Input",
    "Inspection",
    "KeptRelease",
    "Link",
    "LiveState",
    "Made",
    "Mark",
    "Moment",
    "Name",
    "Origin",
    "PageFacts",
    "PublishJob",
    "Release",
    "ReleaseFiles",
    "SettingProblem",
    "SettingsTable",
    "SiteInput",
    "Span",
    "Step",
    "Summary",
    "Syntax",
    "Table",
    "Target",
    "TargetChangedError",
    "TargetContext",
    "View",
    "Views",
    "WolError",
    "begins_with",
    "diagnostic",
    "hook",
    "setting",
]

_RENAMED = {
    "Contents": "ReleaseFiles",
    "Job": "PublishJob",
    "Kept": "KeptRelease",
    "Live": "LiveState",
    "MovedError": "TargetChangedError",
    "Place": "TargetContext",
    "Plan": "DeployPlan",
}
"""Names of API 1 that have new ones."""


def __getattr__(name: str) -> object:
    """Raise OldNameError, which is an ImportError, that names the new name of an old one, so that a plugin of API 1 fails with what to write."""
    if name in _RENAMED:
        raise OldNameError(f"`{name}` of `wol.api` is called `{_RENAMED[name]}` now")
    raise AttributeError(f"module `wol.api` has no attribute `{name}`")
