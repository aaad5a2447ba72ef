"""`wol check`: whether the site that was built is fit to be published.

The facts of each file are taken in one parse (`looking`), addresses are followed (`following`), `rules` tell what is wrong, and `places` find the line of
the text, template or setting where it can be mended. Nothing is built, and nothing is fetched but by `external`, on demand.

For other commands: `findings(root, load_features)`.
"""

from wol.check.run import Checked, check, findings

__all__ = ["Checked", "check", "findings"]
