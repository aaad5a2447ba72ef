"""What may be wrong with the files that a writer writes: settings, texts, templates."""

from __future__ import annotations

from wol.codes.diagnostic_code import DiagnosticCode, errors, warnings
from wol.fixes import Hint, RemoveLine

OF_SITES: dict[str, DiagnosticCode] = {
    **errors(
        "configuration",
        {
            "config-missing": (
                "No `site.toml` was found in this folder or any above it.",
                "run `wol init` to make a site here, or name its folder with `--root`",
            ),
            "config-syntax": ("`site.toml` is not TOML.", "mend the line; texts stand in quotes, lists in brackets"),
            "config-unknown": (
                "`site.toml` has a key that wol does not know.",
                Hint("remove the key, or move it to `[extra]`", RemoveLine()),
            ),
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
    **errors(
        "reading",
        {
            "input-invalid": (
                "A file that a feature reads, such as one of data, is not as the feature needs it.",
                "correct the file, or rename it so that the feature does not read it",
            ),
            "merge-conflict": (
                "A source has the markers of a merge conflict that is not resolved.",
                "keep the lines that you want, and delete the three lines that begin with `<<<<<<<`, `=======` and `>>>>>>>`",
            ),
            "source-changed": ("A file was changed while the site was being read.", "build again"),
            "source-encoding": ("A text file is not UTF-8.", "save the file as UTF-8"),
            "source-outside": (
                "A symbolic link in a folder of the site leads out of that folder.",
                "replace the link with a copy of what it links to",
            ),
            "source-too-large": ("A source is larger than 20 MB.", "split the text, or move it to `static/`"),
            "source-unreadable": (
                "A file or folder cannot be read, is a broken link, or is not a file at all.",
                "check the file's permissions",
            ),
        },
    ),
    **warnings(
        "reading",
        {
            "source-unsupported": (
                "A file is written in a markup that wol does not read; it is treated as an attachment.",
                "convert it to Markdown, or name it in `[content] ignore`",
            ),
            "source-unread": (
                "A file that seems to hold a post, note or page is not read: it is no Markdown source, or outside the content folder.",
                "rename or move it; or name it in `[content] ignore`",
            ),
            "conflict-copy": (
                "Two sources seem to be versions of one, as programs for synchronising leave them: both are published.",
                "keep one of them",
            ),
            "folder-case": (
                "The name of a folder differs in upper and lower case from one that gives its files a kind.",
                "rename the folder",
            ),
            "control-characters": ("A text holds control characters, which XML forbids; they were removed.", "remove them from the source"),
        },
    ),
    **errors(
        "front matter",
        {
            "front-matter-syntax": (
                "The front matter is not YAML, TOML, JSON or `Key: value` lines, or not where front matter must be.",
                "fix the line: a value with `: ` or `#` in it needs quotes, and front matter is between two lines `---` at the top",
            ),
            "front-matter-unclosed": (
                "The front matter has no closing line.",
                "close it with a line `---`; if the first line is a rule, write it as `***` and put two lines `---` above it",
            ),
            "front-matter-not-mapping": (
                "What stands between the first two `---` is not a list of `key: value`.",
                "write `key: value` lines; if the first line is a rule, write it as `***` and put two lines `---` above it",
            ),
            "front-matter-duplicate": ("A key stands twice in one front matter.", "keep one of the two"),
            "front-matter-conflict": ("Two spellings or two places give one field two values.", "keep one of the two"),
            "front-matter-misspelt": (
                "A key is almost the name of a field.",
                'correct it; or move it to `extra`; or set `[content] misspelt = "warning"` while moving a blog',
            ),
            "front-matter-type": ("A field has a value of the wrong kind.", "give a value of the named kind"),
            "status-unknown": (
                "`status` has a value that wol does not know, so it cannot tell whether readers may see the text.",
                "write `draft`, `private`, `unlisted`, `scheduled` or `published`, or set `status` under `[content.fields]` in `site.toml`",
            ),
            "foreign-state": (
                "A key of another generator keeps a text from readers there; wol would publish it.",
                "write `draft: true`, `unlisted: true` or `private: true`, or say under `[content.fields]` in `site.toml` what the key means",
            ),
            "front-matter-cut": (
                "YAML takes what follows ` #` for a comment, so a value would lose its end.",
                "put the value in quotes; a comment has a space after its `#`",
            ),
            "name-misspelt": (
                "The name of a file or folder is almost one that keeps texts from readers, or that wol reads.",
                "rename it; or say in the front matter, or in a `_defaults.toml` above, whether it is a draft or private",
            ),
            "front-matter-by-hand": (
                "A command would have to change a front matter in a place where something else might change with it.",
                "write the line that the message gives into the file by hand",
            ),
            "front-matter-too-large": (
                "The front matter is over 256 kB, nested over 64 levels, or uses aliases.",
                "move data out of the front matter, write aliases out",
            ),
            "terms-too-many": (
                "An item has over 200 tags, categories or other terms of one taxonomy.",
                "keep those that readers would look for",
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
    **warnings(
        "front matter",
        {
            "front-matter-as-text": (
                "A text without front matter begins with lines that name fields.",
                "if it is front matter, put a line `---` above it and one below; if it is text, put two lines `---` at the top",
            ),
            "state-ignored": (
                "`[content.fields]` calls a field foreign that says in this text that it is a draft or hidden; it is published.",
                "write `draft: true`, `unlisted: true` or `private: true` if it is to be held back",
            ),
        },
    ),
    **errors(
        "dates",
        {"date-invalid": ("A date has no accepted spelling, or there is no such day.", "write it as `2026-11-20` or `2026-11-20 14:05`")},
    ),
    **warnings(
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
    **warnings(
        "identity and URLs",
        {
            "list-emptied": (
                "A published list has nothing to list any more: the last post of a tag, year or month is gone, or has a different tag or date.",
                "nothing to do: its page says so, its feeds stay valid and empty, and the next deploy records it",
            ),
        },
    ),
    **errors(
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
            "path-too-long": (
                "A file of the site would have a name or path that is too long for the file system it is written to.",
                "write a shorter `url:`, or rename the file",
            ),
            "url-collision": ("Two things would be written to one place.", "give one of them another `slug` or `url`"),
            "permalink-token": (
                "A pattern of `[content.permalinks]` has an unknown token or a wrong end.",
                "use `:year :month :day :slug :path :category :id`, and end in `/` or `.html`",
            ),
            "term-collision": ("Two names of a taxonomy make one slug.", "give one of them a slug of its own in `[taxonomies.NAME.slugs]`"),
        },
    ),
    **warnings("identity and URLs", {"term-variants": ("A term is written in several ways.", "use one spelling")}),
    **errors(
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
    **warnings(
        "Markdown",
        {
            "html-unbalanced": ("An HTML tag was left open or closed twice; wol closed it at the end of the text.", "close the tag"),
            "anchor-taken": (
                "An id in a text is one of the page around it, so it got another.",
                "give it another name, and use that in links to it",
            ),
            "foreign-syntax": (
                "This looks like another generator's template syntax; in wol it is text.",
                "replace it with Markdown or HTML",
            ),
            "footnote-missing": ("A footnote is used but not written.", "add a line `[^name]: …`"),
            "footnote-unused": ("A footnote is written but not used.", "refer to it, or remove it"),
            "footnote-duplicate": ("Two footnotes have the same name; only the first can be referred to.", "give one of them another name"),
            "list-syntax": (
                "Lines begin with a bullet that Markdown does not know, so that they run together.",
                "begin each line with `-` and a space",
            ),
            "emphasis-syntax": (
                "Asterisks stay visible, since CommonMark reads none as emphasis that has a punctuation mark inside and a letter outside.",
                "put a space beside them, or the punctuation mark outside",
            ),
            "code-language": ("A code block names a language that Pygments does not know.", "correct the name, or leave it out"),
            "callout-unknown": ("There is no such type of callout; it stays a block quote.", "use one of GitHub's or Obsidian's types"),
        },
    ),
    **errors(
        "links and images",
        {
            "link-local": (
                "A link or image leads to a file on the writer's own computer.",
                "copy the file into the content folder and write its name; if it is an example, put it in backticks",
            ),
        },
    ),
    **warnings(
        "links and images",
        {
            "redirect-file": (
                "An alias or a redirect is the address of a file, such as a feed or a picture, and no page can stand in for that.",
                "let your host redirect it",
            ),
            "link-broken": ("A link leads to a file or page that is not there.", "correct the path; upper and lower case count"),
            "link-syntax": (
                "Something looks like a link or an image but is none, so readers see its brackets.",
                "write a link as `[text](address)`, and a `\\` before `[` if it is text",
            ),
            "link-anchor": ("A link leads to a heading that is not there.", "correct the part after `#`"),
            "link-unpublished": (
                "A link leads to an item that this build does not publish; readers see its text alone.",
                "publish the other item, or remove the link",
            ),
            "image-missing": ("An image is not there.", "correct the path; upper and lower case count"),
            "metadata-location": (
                "A published file contains the location where it was made, and wol cannot remove it.",
                "remove it with `exiftool -all= FILE`, or save the file without it; where readers may know it, allow the file",
            ),
            "image-alt": (
                "An image has no text for those who do not see it.",
                'write `![what it shows](file)`, or `{alt=""}` after it if it is decoration',
            ),
        },
    ),
}
