"""Tokens to HTML with placeholders. What a token shows is in the token: rendering it twice gives the same."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from wol.content.markdown.links import END
from wol.content.markdown.rules.headings import image_text


class HtmlRenderer(RendererHTML):
    """Renders what wol adds to markdown-it, and what it shows otherwise."""

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


def _pre(token: Token) -> str:
    """Open a block of code; it can be scrolled by keys."""
    classes = " ".join(filter(None, ("hl", str(token.attrs.get("class", "")))))
    return f'<pre class="{escapeHtml(classes)}"{attributes(token, without="class")} tabindex="0">'


def _box(checked: bool, label: str) -> str:
    return f'<input type="checkbox" disabled{" checked" if checked else ""}{label}>'
