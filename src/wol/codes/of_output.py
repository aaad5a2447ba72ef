"""What may be wrong with what is made of them: the output, its preview, its publication, and what `wol check` finds in it."""

from __future__ import annotations

from wol.codes.diagnostic_code import DiagnosticCode, errors, warnings

OF_OUTPUT: dict[str, DiagnosticCode] = {
    **errors(
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
            "system-refused": (
                "The operating system does not let wol use a file, folder or program.",
                "check that it exists and that you may use it",
            ),
            "out-of-memory": (
                "The computer has not enough free memory for this site.",
                "close other programs, or use fewer processes at a time: `--jobs 1`",
            ),
            "write-failed": ("A file could not be written.", "free some space, or check the folder's permissions"),
        },
    ),
    **warnings(
        "output",
        {
            "output-leftover": (
                "A file of the output is not part of the site: `wol deploy` leaves it out, but whoever copies the folder publishes it.",
                "put what is to be published into `static/`, and run `wol clean --foreign`, which removes what wol did not write",
            ),
        },
    ),
    **errors(
        "preview",
        {
            "serve-running": ("This site is being served already.", "use that one, or end it first"),
            "serve-address": ("Nothing can listen at the host and port that were asked for.", "name others with `--host` and `--port`"),
        },
    ),
    **errors(
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
            "deploy-damaged": (
                "A kept release is not as it was published.",
                "go back to a different one: `wol releases` lists them, `wol rollback --to RELEASE` takes one",
            ),
            "deploy-release": ("There is no such release to go back to.", "see `wol releases`"),
            "deploy-no-rollback": (
                "This type of target keeps nothing of earlier releases.",
                "build the earlier state of your sources, and deploy it",
            ),
        },
    ),
    **warnings(
        "deploying",
        {
            "deploy-sample": ("`base_url` is a name for examples, which nobody can own.", "write the address that readers use"),
            "deploy-record": (
                "The target's record of what is live is missing or damaged.",
                "look at what the plan shows before you publish",
            ),
            "deploy-hub": (
                "A hub was not told of a feed; the site is published all the same.",
                "nothing: the next `wol deploy` tries again",
            ),
        },
    ),
    **errors(
        "check",
        {
            "check-no-build": ("There is no build to look at.", "run `wol build`, then check again"),
            "check-outdated": ("Sources, settings or wol itself are newer than the build.", "run `wol build`, then check again"),
            "check-output": (
                "A file of the output was changed or removed by something other than wol.",
                "run `wol build`, which makes it again",
            ),
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
                "A generated file contains the title, address, words or files of an item that is not published.",
                "change the template or plugin that writes them; if readers may see them, allow the file in `[check] allow`",
            ),
        },
    ),
    **warnings(
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
            "check-path": (
                "A file has a name or path that macOS, Windows, exFAT, an encrypted home folder or a host cannot hold.",
                "write another `url:` or rename the file, or allow it",
            ),
            "check-image-size": ("A picture on a page is larger than `image_bytes` of `[check]`.", "make it smaller"),
            "check-private-file": (
                "A file is published that was hardly meant to be: a secret, or what an editor, a system or a tool left behind.",
                "remove it from the folder, or allow it",
            ),
            "check-unsafe-title": (
                "A template writes a title with `|safe`, so what stands in it is read as HTML.",
                "leave `|safe` out; `title_html` has the title's markup",
            ),
            "check-allowance": ("An entry of `allow` in `[check]` allows nothing any more.", "remove it"),
            "check-external": ("A link to another site seems to be broken.", "correct it, or remove it"),
        },
    ),
}
