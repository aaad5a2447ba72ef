"""The stable codes of all diagnostics, each with its severity, meaning and way out.

This table is the reference: the documentation pages are made of it, and a test asks for a fixture of each.
Source: the authoring format, section 9.
"""

from __future__ import annotations

from typing import Literal, NamedTuple


class Code(NamedTuple):
    """What a code means, and what a writer does about it."""

    group: str
    severity: Literal["error", "warning"]
    meaning: str
    way_out: str


def _errors(group: str, rows: dict[str, tuple[str, str]]) -> dict[str, Code]:
    return {code: Code(group, "error", meaning, way_out) for code, (meaning, way_out) in rows.items()}


def _warnings(group: str, rows: dict[str, tuple[str, str]]) -> dict[str, Code]:
    return {code: Code(group, "warning", meaning, way_out) for code, (meaning, way_out) in rows.items()}


CODES: dict[str, Code] = {
    **_errors(
        "configuration",
        {
            "config-missing": (
                "No `site.toml` was found in this folder or any above it.",
                "run `wol init` to make a site here, or name its folder with `--root`",
            ),
            "config-syntax": ("`site.toml` is not TOML.", "mend the line; texts stand in quotes, lists in brackets"),
            "config-unknown": ("`site.toml` has a key that wol does not know.", "remove the key, or move it to `[extra]`"),
            "config-required": (
                "`site.toml` lacks a setting that every site needs.",
                'add it to `[site]`, for example `base_url = "https://example.org"`',
            ),
            "config-value": ("A setting has a value of the wrong type or one that cannot be.", "give a value of the named kind"),
            "output-dangerous": (
                "The output folder is the content, the site's root, the home folder, `/`, inside `.git`, or leads out by a link.",
                "name another folder in `[build] output` or with `--output`",
            ),
            "output-foreign": (
                "The output folder is not empty, and wol has no list of what it wrote there.",
                "name another folder with `--output`, or run once with `--adopt`, which takes over only the paths that are planned now",
            ),
            "theme-missing": (
                "A theme named in `[theme] use` is not there.",
                "make `themes/NAME/templates/`, or take the name out of `use`",
            ),
            "theme-api": (
                "A theme was written for another number of the theme API.",
                "update the theme, or use the wol that it was made for",
            ),
            "theme-option": (
                "An option of `[theme] options` is unknown to the theme or has a wrong value.",
                "see the theme's `theme.toml` for its options",
            ),
            "plugin-failed": (
                "A plugin could not be loaded or one of its hooks failed.",
                "update the plugin, or take it out of `[build] plugins`",
            ),
            "redirect-loop": ("Redirects lead round in a circle.", "let one of them lead to a page"),
        },
    ),
    **_errors(
        "reading",
        {
            "source-changed": ("A file was changed while the site was being read.", "build again"),
            "source-encoding": ("A text file is not UTF-8.", "save the file as UTF-8"),
            "source-outside": ("A link in the content folder leads out of it.", "copy the file into the content folder"),
            "source-too-large": ("A source is larger than 20 MB.", "split the text, or move it to `static/`"),
            "source-unreadable": ("A file cannot be read.", "check the file's permissions"),
        },
    ),
    **_warnings(
        "reading",
        {
            "source-unsupported": (
                "A file is written in a markup that wol does not read; it is treated as an attachment.",
                "convert it to Markdown, or name it in `[content] ignore`",
            ),
            "control-characters": ("A text holds control characters, which XML forbids; they were removed.", "remove them from the source"),
        },
    ),
    **_errors(
        "front matter",
        {
            "front-matter-syntax": (
                "The front matter is not YAML, TOML or `Key: value` lines.",
                "mend the line; a text with `: ` or `#` in it stands in quotes",
            ),
            "front-matter-unclosed": (
                "The front matter has no closing line.",
                "close it with a line `---`; if the first line is a rule, put an empty line after it",
            ),
            "front-matter-not-mapping": (
                "What stands between the first two `---` is not a list of `key: value`.",
                "write `key: value` lines; if the first line is a rule, put an empty line after it",
            ),
            "front-matter-duplicate": ("A key stands twice in one front matter.", "keep one of the two"),
            "front-matter-conflict": ("Two spellings or two places give one field two values.", "keep one of the two"),
            "front-matter-misspelt": (
                "A key is almost the name of a field.",
                'correct it; or move it to `extra`; or set `[content] misspelt = "warning"` while moving a blog',
            ),
            "front-matter-type": ("A field has a value of the wrong kind.", "give a value of the named kind"),
            "front-matter-by-hand": (
                "A command would have to change a front matter in a place where something else might change with it.",
                "write the line that the message gives into the file by hand",
            ),
            "front-matter-too-large": (
                "The front matter is over 256 kB, nested over 64 levels, or uses aliases.",
                "move data out of the front matter, write aliases out",
            ),
            "defaults-field": ("`_defaults.toml` holds a field that only a single file can have.", "move it into the file"),
            "name-reserved": (
                "The name is reserved: to ignore it could publish what was meant for few.",
                "remove it, or keep the text out with `private: true`",
            ),
            "kind-unknown": ("There is no such kind of item.", "write `post`, `note` or `page`"),
            "secrecy-unsupported": (
                "A field promises secrecy that a public file cannot keep.",
                "write `private: true` to keep the text out of every build",
            ),
        },
    ),
    **_warnings(
        "front matter",
        {"status-unknown": ("`status` has a value that wol does not know.", "write `draft`, `hidden`, `private`, `skip` or `published`")},
    ),
    **_errors(
        "dates",
        {"date-invalid": ("A date has no accepted spelling, or there is no such day.", "write it as `2026-11-20` or `2026-11-20 14:05`")},
    ),
    **_warnings(
        "dates",
        {
            "date-in-gap": (
                "The time was skipped when the clocks went forward; it was moved forward by the gap.",
                "write another time, or one with an offset",
            ),
            "post-undated": (
                "A post has no date: it comes last in lists and stays out of feeds.",
                "add `date:`, or begin the file name with a date",
            ),
        },
    ),
    **_errors(
        "identity and URLs",
        {
            "id-invalid": ("An id is not of the form `[a-z0-9][a-z0-9_-]{0,63}`.", "use small letters, digits, `-` and `_`"),
            "id-duplicate": ("Two items have one id.", "give one of them another id; a copied file keeps its old one"),
            "guid-duplicate": ("Two items would have the same id in feeds.", "give one of them another `guid`"),
            "feed-id-changed": (
                "An item would have another id in feeds than it was published with, so that readers see it as new.",
                "add the `guid` that it had to its front matter",
            ),
            "url-vanished": (
                "A URL was published, and nothing will be there any more: no item, alias, redirect or tombstone. For the page of a list it is a warning.",
                "record the new place with `wol mv`, or withdraw it with `wol gone`",
            ),
            "ledger-line": (
                "A line of `ledger/published.tsv` cannot be read.",
                "mend or remove the line; cells are parted by tabs",
            ),
            "ledger-outdated": (
                "The output is not what a build would make now, or not as wol left it: it cannot be told what was published.",
                "run `wol build`, publish that, and record it then",
            ),
            "url-unknown": (
                "A command was told to move or withdraw what this site does not have.",
                "`wol list` shows every item with its file and URL",
            ),
            "slug-invalid": (
                "A slug is empty, too long, holds a slash, or is a name that systems keep.",
                "write `slug:` in the front matter",
            ),
            "url-invalid": (
                "A path has `..`, `\\`, control characters, a scheme or an empty segment.",
                "write a path from the root, such as `/a/b/` or `/a/b.html`",
            ),
            "url-collision": ("Two things would be written to one place.", "give one of them another `slug` or `url`"),
            "permalink-token": (
                "A pattern of `[content.permalinks]` has an unknown token or a wrong end.",
                "use `:year :month :day :slug :path :category :id`, and end in `/` or `.html`",
            ),
            "term-collision": ("Two names of a taxonomy make one slug.", "give one of them a slug of its own in `[taxonomies.NAME.slugs]`"),
        },
    ),
    **_warnings("identity and URLs", {"term-variants": ("A term is written in several ways.", "use one spelling")}),
    **_errors(
        "Markdown",
        {
            "markdown-nesting": ("The text is nested over 200 levels deep.", "flatten the list or the quotes"),
            "markdown-too-large": ("A text has over 100,000 table cells, or its HTML is over 50 times its source.", "split the table"),
            "comment-unclosed": (
                "A comment `<!--` is never closed, so the rest of the text would be lost.",
                "close it with `-->`, or write `&lt;!--` for text",
            ),
            "comment-ambiguous": (
                "A pair of `%%` is a comment in Obsidian and text elsewhere.",
                "write `<!-- … -->` for a comment, `\\%%` for text, or set `obsidian_comments = true`",
            ),
            "anchor-duplicate": ("Two places of one text have the same `{#id}`.", "rename one of them"),
        },
    ),
    **_warnings(
        "Markdown",
        {
            "html-unbalanced": ("An HTML tag was left open or closed twice; wol closed it at the end of the text.", "close the tag"),
            "foreign-syntax": (
                "This looks like another generator's template syntax; in wol it is text.",
                "replace it with Markdown or HTML",
            ),
            "footnote-missing": ("A footnote is used but not written.", "add a line `[^name]: …`"),
            "code-language": ("A code block names a language that Pygments does not know.", "correct the name, or leave it out"),
            "callout-unknown": ("There is no such type of callout; it stays a block quote.", "use one of GitHub's or Obsidian's types"),
        },
    ),
    **_warnings(
        "links and images",
        {
            "link-broken": ("A link leads to a file or page that is not there.", "correct the path; upper and lower case count"),
            "link-anchor": ("A link leads to a heading that is not there.", "correct the part after `#`"),
            "link-unpublished": (
                "A link leads to an item that this build does not publish; readers see its text alone.",
                "publish the other item, or remove the link",
            ),
            "image-missing": ("An image is not there.", "correct the path; upper and lower case count"),
            "image-alt": (
                "An image has no text for those who do not see it.",
                'write `![what it shows](file)`, or `{alt=""}` after it if it is decoration',
            ),
        },
    ),
    **_errors(
        "output",
        {
            "template-missing": ("No theme has the template.", "make the file, or correct the name"),
            "template-syntax": ("A template is not valid Jinja.", "mend the line"),
            "template-name": ("A template uses a name that does not exist.", "see the reference of template names"),
            "template-failed": ("A template failed while a page was rendered, or does not come to an end.", "mend the line"),
            "asset-missing": (
                "A template asks for an asset that no theme has.",
                "add the file to the theme's `assets/`, or correct the name",
            ),
            "build-locked": ("Another build of this site is running.", "wait until it has ended"),
            "write-failed": ("A file could not be written.", "free some space, or check the folder's permissions"),
        },
    ),
    **_errors(
        "preview",
        {
            "serve-running": ("This site is being served already.", "use that one, or end it first"),
            "serve-address": ("Nothing can listen at the host and port that were asked for.", "name others with `--host` and `--port`"),
        },
    ),
    **_errors(
        "deploying",
        {
            "deploy-target": ("It is not clear where to publish.", 'add a table to `site.toml`: `[deploy.live]` with `type = "folder"`'),
            "deploy-unbuilt": ("There is no build to publish.", "run `wol build`"),
            "deploy-outdated": (
                "Sources, settings or wol itself are newer than the build.",
                "run `wol build`, look at it, and deploy again",
            ),
            "deploy-tampered": ("Files of the output are not what wol wrote.", "run `wol build`, which makes them anew"),
            "deploy-changed": ("A file of the output changed during a deploy.", "let nothing build or write there meanwhile; deploy again"),
            "deploy-preview": ("The output holds a build that shows drafts.", "build the public site: `wol build --clean`"),
            "deploy-localhost": ("`base_url` is an address of this machine alone.", "write the address that readers use"),
            "deploy-empty": ("The site has no home page, or no page with anything in it.", "look at what `wol build` and `wol list` say"),
            "deploy-check": ("`wol check` found errors.", "mend or allow them"),
            "deploy-removals": (
                "More of what is published would go than is usual.",
                "build the whole site, or allow the number: `--yes-delete N`",
            ),
            "deploy-foreign": (
                "Files that wol did not put at the target stand where the site has its own.",
                "move them away, or allow that many to be replaced: `--yes-delete N`",
            ),
            "deploy-locked": ("Another deploy to the same target is under way.", "wait until it has ended"),
            "deploy-secret": ("A variable that is to hold a secret is not set.", "set it in your shell, or among the secrets of your CI"),
            "deploy-failed": (
                "The target, or a program that is needed for it, did not do what it must.",
                "see what it says; then deploy again",
            ),
            "deploy-release": ("There is no such release to go back to.", "see `wol releases`"),
            "deploy-no-rollback": (
                "This type of target keeps nothing of earlier releases.",
                "build the earlier state of your sources, and deploy it",
            ),
        },
    ),
    **_warnings(
        "deploying",
        {
            "deploy-sample": ("`base_url` is a name for examples, which nobody can own.", "write the address that readers use"),
            "deploy-hub": (
                "A hub was not told of a feed; the site is published all the same.",
                "nothing: the next `wol deploy` tries again",
            ),
        },
    ),
    **_errors(
        "check",
        {
            "check-no-build": ("There is no build to look at.", "run `wol build`, then check again"),
            "check-outdated": ("Sources, settings or wol itself are newer than the build.", "run `wol build`, then check again"),
            "check-output": ("A file of the output was changed or removed by another hand.", "run `wol build`, which makes it anew"),
            "check-link": ("A link of a page or feed leads nowhere.", "correct the link, or add a redirect"),
            "check-file": (
                "A page needs a picture, style sheet, script or other file that is not there.",
                "add the file, or correct the path; upper and lower case count",
            ),
            "check-local": (
                "A page refers to something that only its writer's computer has: `localhost`, `127.0.0.1`, `file:`.",
                "write the public address; as an example, put it in backticks",
            ),
            "check-feed": (
                "A feed is not well-formed, or has relative addresses, or entries without an id of their own.",
                "correct the text or plugin that it comes from",
            ),
            "check-sitemap": ("The sitemap is not well-formed, or names what is not there.", "correct what makes it, or remove it"),
            "leak-found": (
                "The output holds the title, address, words or files of an item that is not published.",
                "remove them, or publish the item",
            ),
        },
    ),
    **_warnings(
        "check",
        {
            "check-anchor": ("A link leads to a place of a page that is not there.", "correct the part after `#`"),
            "check-id": ("A page has two elements of one id.", "rename one of them"),
            "check-title": ("A page has no title, or more than one.", "give it one `<title>`"),
            "check-main-heading": (
                "A page has no heading of the first level, or more than one.",
                "keep `#` for the title; begin the parts of a text with `##`",
            ),
            "check-headings": ("A heading is more than one level below the one before.", "leave no level out"),
            "check-lang": ("A page does not say in which language it is.", 'write `<html lang="…">` in the template'),
            "check-alt": ("A picture has no `alt`.", 'say what it shows, or write `alt=""` if it is decoration'),
            "check-sitemap-lacks": ("A published page is not in the sitemap.", "correct what makes the sitemap"),
            "check-tags": ("Two tags are almost the same.", "use one of the two"),
            "check-description": ("A page has no description, or one that is too long.", "write `description:`, in one or two sentences"),
            "check-date": ("A published text has a date in the future.", "correct the date"),
            "check-orphan": ("No page links to a page.", "link to it, write `unlisted: true`, or allow it"),
            "check-third-party": (
                "Pages load something from another host, which so learns who reads them.",
                "keep the file in your site, link to it instead, or allow the host",
            ),
            "check-image-size": ("A picture on a page is larger than `image_bytes` of `[check]`.", "make it smaller"),
            "check-unsafe-title": (
                "A template writes a title with `|safe`, so what stands in it is read as HTML.",
                "leave `|safe` out; `title_html` has the title's markup",
            ),
            "check-allowance": ("An entry of `allow` in `[check]` allows nothing any more.", "remove it"),
            "check-external": ("A link to another site seems to be broken.", "correct it, or remove it"),
        },
    ),
}
