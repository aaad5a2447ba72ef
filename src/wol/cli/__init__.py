"""The command line: arguments and presentation only."""

from wol.collector import collect_seldom

collect_seldom()  # before all other imports, in which Python would look for cycles thirty times
