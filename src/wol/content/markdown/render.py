"""Tokens to HTML with placeholders. What a token shows is in the token: rendering it twice gives the same."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from wol.content.markdown.links import END
from wol.content.markdown.rules.headings import image_text

_INLINE = {"em": "em", "strong": "strong", "s": "s", "mark": "mark"}
_TAGS = {f"{name}_{end}": f"<{slash}{tag}>" for name, tag in _INLINE.items() for end, slash in (("open", ""), ("close", "/"))}
"""Inline tokens whose HTML is always the same, where they have no attributes."""


class HtmlRenderer(RendererHTML):
    """Renders what wol adds to markdown-it, and what it shows otherwise."""

    def __init__(self, parser: object = None) -> None:
        super().__init__(parser)
        self._tags = {kind: html for kind, html in _TAGS.items() if kind not in self.rules}

    def render(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:
        """Render blocks."""
        rules = self.rules
        out: list[str] = []
        for place, token in enumerate(tokens):
            kind = token.type
            if kind == "inline":
                if token.children:
                    self._inline(token.children, options, env, out)
            elif kind in rules:
                out.append(rules[kind](tokens, place, options, env))
            elif not token.hidden:
                out.append(_tag(tokens, place, token))
        return "".join(out)

    def renderInline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType) -> str:  # noqa: N802  # a name of markdown-it
        """Render inline tokens."""
        out: list[str] = []
        self._inline(tokens, options, env, out)
        return "".join(out)

    def renderToken(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:  # noqa: N802  # a name of markdown-it
        """Render a tag."""
        token = tokens[idx]
        return "" if token.hidden else _tag(tokens, idx, token)

    def _inline(self, tokens: Sequence[Token], options: OptionsDict, env: EnvType, out: list[str]) -> None:
        rules, tags = self.rules, self._tags
        for place, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                text = token.content
                if "&" in text:
                    text = text.replace("&", "&amp;")
                if "<" in text:
                    text = text.replace("<", "&lt;")
                if ">" in text:
                    text = text.replace(">", "&gt;")
                if '"' in text:
                    text = text.replace('"', "&quot;")
                out.append(text)
            elif kind in tags and not token.attrs and not token.hidden:
                out.append(tags[kind])
            elif kind in rules:
                out.append(rules[kind](tokens, place, options, env))
            elif not token.hidden:
                out.append(_tag(tokens, place, token))

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        href = token.meta.get("place") or escapeHtml(str(token.attrs["href"]))
        return f'<a href="{href}"{attributes(token, without="href")}>'

    def link_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"{END}</a>" if tokens[idx].meta.get("opens") else "</a>"

    def image(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        src = token.meta.get("place") or escapeHtml(str(token.attrs["src"]))
        rest = {name: value for name, value in token.attrs.items() if name not in ("src", "alt")}
        return f'<img src="{src}" alt="{escapeHtml(image_text(token))}"{attributes(Token("", "", 0, attrs=rest))}>'

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        language = token.meta.get("language", "")
        name = f' class="language-{escapeHtml(language)}"' if language else ""
        return f"{_pre(token)}<code{name}>{token.meta['html']}</code></pre>\n"

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"{_pre(tokens[idx])}<code>{escapeHtml(tokens[idx].content)}</code></pre>\n"

    def comment(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return ""

    def foreign(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return escapeHtml(tokens[idx].content)

    comment_unclosed = percent = percent_unclosed = footnote_missing = foreign

    def figure_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"\n<figcaption>{escapeHtml(tokens[idx].content)}</figcaption>\n</figure>\n"

    def list_item_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        html = self.renderToken(tokens, idx, options, env)
        if (checked := token.meta.get("box")) is not None:
            html += _box(checked, f' aria-label="[{"x" if checked else " "}]"')
        return html

    def task_box(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return _box(tokens[idx].meta["checked"], "") + " "

    def callout_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        token = tokens[idx]
        meta = token.meta
        classes = " ".join(filter(None, ("callout", f"callout-{meta['name']}", str(token.attrs.get("class", "")))))
        rest = attributes(token, without="class")
        if not meta["fold"]:
            return f'<aside class="{escapeHtml(classes)}" role="note"{rest}>\n'
        return f'<details class="{escapeHtml(classes)}"{rest}{" open" if meta["fold"] == "+" else ""}>\n'

    def callout_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</details>\n" if tokens[idx].meta["fold"] else "</aside>\n"

    def callout_title_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<{"summary" if tokens[idx - 1].meta["fold"] else "p"} class="callout-title">'

    def callout_title_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</summary>\n" if tokens[idx - 3].meta["fold"] else "</p>\n"

    def footnote_ref(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        number, use = tokens[idx].meta["number"], tokens[idx].meta["use"]
        anchor = reference_anchor(number, use)
        return f'<sup class="footnote-ref" id="{anchor}"><a href="#{note_anchor(number)}" role="doc-noteref">{number}</a></sup>'

    def footnotes_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<div class="footnotes" role="doc-endnotes">\n<ol>\n'

    def footnotes_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</ol>\n</div>\n"

    def footnote_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f'<li id="{note_anchor(tokens[idx].meta["number"])}">\n'

    def footnote_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</li>\n"

    def footnote_back(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        number, uses = tokens[idx].meta["number"], tokens[idx].meta["uses"]
        out = []
        for use in range(1, uses + 1):
            nth = f"<sup>{use}</sup>" if uses > 1 else ""
            label = f"↩ {number}" if uses == 1 else f"↩ {number}.{use}"
            out.append(
                f' <a href="#{reference_anchor(number, use)}" class="footnote-back" role="doc-backlink" aria-label="{label}">↩\ufe0e{nth}</a>'
            )
        return "".join(out)


def note_anchor(number: int) -> str:
    """Give the anchor of a footnote."""
    return f"fn-{number}"


def reference_anchor(number: int, use: int) -> str:
    """Give the anchor of one of the references to a footnote."""
    return f"fnref-{number}" if use == 1 else f"fnref-{number}-{use}"


def attributes(token: Token, without: str = "") -> str:
    """Render the attributes of a token with a leading space, but for one."""
    out = [f' {escapeHtml(name)}="{escapeHtml(str(value))}"' for name, value in token.attrs.items() if name != without]
    return "".join(out)


def _tag(tokens: Sequence[Token], place: int, token: Token) -> str:
    """Render a tag, with the line breaks that markdown-it puts around blocks."""
    shown = token.tag + attributes(token) if token.attrs else token.tag
    nesting = token.nesting
    if not token.block:
        return f"</{shown}>" if nesting < 0 else f"<{shown}>"
    if nesting < 0:
        return f"</{shown}>\n"
    start = "\n<" if place and tokens[place - 1].hidden else "<"
    if nesting > 0 and place + 1 < len(tokens):
        after = tokens[place + 1]
        if after.type == "inline" or after.hidden or (after.nesting < 0 and after.tag == token.tag):
            return f"{start}{shown}>"
    return f"{start}{shown}>\n"


def _pre(token: Token) -> str:
    """Open a block of code; it can be scrolled by keys."""
    classes = " ".join(filter(None, ("hl", str(token.attrs.get("class", "")))))
    return f'<pre class="{escapeHtml(classes)}"{attributes(token, without="class")} tabindex="0">'


def _box(checked: bool, label: str) -> str:
    return f'<input type="checkbox" disabled{" checked" if checked else ""}{label}>'
