"""wol: a static site generator for people who think in public."""

__version__ = "0.1.0"
