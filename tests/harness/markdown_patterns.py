"""What Markdown and HTML look like to one who has no parser: the patterns by which `harness.words` sets aside what is no word of a text."""

from __future__ import annotations

import re

INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Tags that may stand inside a word without ending it."""

WORD = re.compile(r"[^\W_]+")

# Lines of their own.
ITEM = r"(?:[-*+]|[0-9]{1,9}[.)])"
FENCE = re.compile(rf"^(?P<indent>(?:[ ]{{0,3}}>[ ]?)*[ ]*(?:{ITEM}[ ]+)*)(?P<sign>`{{3,}}|~{{3,}})[ ]*(?P<info>[^\n]*?)[ ]*$")
FENCE_END = re.compile(r"^[ >]*(`{3,}|~{3,})[ ]*$")
LIST = re.compile(rf"^[ >]*{ITEM}[ ]")
NUMBER = re.compile(r"^(?P<before>[ >]*(?:[-*+][ ]+)*)(?P<number>[0-9]{1,9})(?=[.)](?:[ ]|$))")
NOTE = re.compile(r"^[ ]{0,7}\[\^(?P<label>[^\]\s]+)\]:[ ]*(?P<text>.*)$")
LABEL = r"\[(?P<label>(?:[^\[\]\\]|\\.)+)\]"
DEFINITION = re.compile(rf"^[ ]{{0,3}}{LABEL}:[ ]*(?:<[^<>\n]*>|[^\s<]\S*)(?:[ ]+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?[ ]*$")
ATTRIBUTE = r"(?:[.#][\w-]+|(?:class|id|alt|width|height|lang|dir|title|loading|data-[\w-]+)=(?:\"[^\"]*\"|[\w.-]+))"
ATTRIBUTES = re.compile(rf"^[ ]{{0,3}}(?:>[ ]?)*\{{:?[ ]*{ATTRIBUTE}(?:[ ]+{ATTRIBUTE})*[ ]*\}}[ ]*$")

# HTML. The strict tag is what Markdown takes for one inside a paragraph, the loose one is what a browser makes of raw HTML.
TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>")
LOOSE_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9-]*)(?:=\s*\"[^\"]*\"|=\s*'[^']*'|[^>])*?>")
ALT = re.compile(r"\balt\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
BLOCKS = (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset "
    "h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th "
    "thead title tr track ul"
)
HTML = re.compile(rf"^[ ]{{0,3}}(?:</?(?:{'|'.join(BLOCKS.split())})(?:[ >]|/>|$))", re.IGNORECASE)
ASKS_FOR_MARKDOWN = re.compile(r"""<[^>]*\smarkdown=["']?(?:1|block|span)\b""")
HTML_ALONE = re.compile(rf"^[ ]{{0,3}}{TAG.pattern}[ ]*$")
HTML_RAW = re.compile(r"^[ ]{0,3}<(script|style|pre|textarea)(?:[ >]|$)", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
HIDDEN = re.compile(r"<(script|style)\b[^>]*>.*?</\1\s*>", re.DOTALL | re.IGNORECASE)

# Inside a paragraph.
CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.+-]+@[\w.-]+)>")
ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
NESTED = r"\((?:[^\s()\\]|\\.|\([^\s()]*\))*\)"
DESTINATION = rf"(?:<[^<>\n]*>|(?:[^\s()<\\]|\\.|{NESTED})(?:[^\s()\\]|\\.|{NESTED})*)?"
TITLE = r"(?P<title>\s+(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?"
TARGET = re.compile(rf"\]\(\s*{DESTINATION}{TITLE}\s*\)")
REFERENCE = re.compile(r"\]\[(?P<label>(?:[^\[\]\\]|\\.)*)\]")
FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")
TASK = re.compile(rf"^([ >]*{ITEM}[ ]+)\[[xX]\](?=[ ])", re.MULTILINE)
ATTRIBUTES_AFTER = re.compile(rf"(?<=[ )\]])\{{:?[ ]*{ATTRIBUTE}(?:[ ]+{ATTRIBUTE})*[ ]*\}}")
TEMPLATE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
CAPTION = re.compile(
    r"\s*\[?!\[[^\n]*\]\(\s*\S+\s+(?:\"(?P<one>(?:[^\"\\]|\\.)*)\"|'(?P<two>[^']*)')\s*\)(?:\]\([^()]*\))?\s*(?:\{[^{}]*\}\s*)?"
)
"""A picture alone in its paragraph (with a link around it perhaps): its title is shown as a caption."""
STARS = re.compile(r"(?<!\s)\*+|\*+(?!\s)")
STARS_INSIDE = re.compile(r"(?<=[^\W_])\*+(?=[^\W_])")

KEPT = re.compile("\ue000([0-9]+)\ue001")
DEFINED = "\ue002"
