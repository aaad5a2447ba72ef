"""Keys and words that keep a text from readers: wol's own states, and those of other generators.

The table of foreign keys is closed: exact names, in any case and with or without `-` and `_`, as they occur in the front matter of real
sites. Keys about menus, navigation, sitemap, robots, search or a part of the page are not in it. Source: the authoring format, section 2.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from wol.model.field_table import normal

Sense = Literal["yes", "no", "words"]
"""Which values hide: yes, no, or a word such as `draft`."""


class Meaning(NamedTuple):
    """What a key says about visibility: which of its values hide, and the field of wol that does the same."""

    sense: Sense
    field: str = ""


_NAMES: dict[tuple[Sense, str], str] = {
    ("yes", "draft"): """
        is_draft in_draft draft_post unpublished is_unpublished not_published do_not_publish dont_publish no_publish unfinished
        wip is_wip work_in_progress under_construction dg_draft
    """,
    ("yes", "unlisted"): """
        hidden is_hidden hide hide_post hide_page hidden_post hidden_page invisible is_unlisted no_list no_listing not_listed
        hide_from_list hide_from_lists hidden_from_list hide_in_list hidden_in_list exclude_from_list exclude_from_lists
        hide_from_listing exclude_from_listing exclude_from_collections eleventy_exclude_from_collections hide_from_blog
    """,
    ("yes", "private"): """
        secret is_secret is_private private_post private_page confidential is_confidential internal internal_only is_internal
        restricted is_restricted members_only member_only subscribers_only encrypted is_encrypted is_protected password_protected
        trashed is_trashed deleted is_deleted disabled is_disabled ignore ignored skip skipped no_render skip_render
    """,
    ("no", "draft"): """
        is_published is_publish dg_publish publishable publish_post publish_page publish_online publish_to_web
        released is_released enabled is_enabled live is_live ready_to_publish publish_ready blog_publish
    """,
    ("no", "unlisted"): """
        visible is_visible listed is_listed list show shown is_shown display displayed show_post show_page show_in_list show_in_lists
        display_in_list in_list listable discoverable is_discoverable
    """,
    ("no", "private"): "public is_public render rendered output permalink routable is_routable",
    ("words", ""): """
        state post_status post_state page_status page_state article_status content_status content_state publish_status publish_state
        published_status published_state publication_status publication_state publishing_status publishing_state draft_status
        workflow_state workflow_status editorial_status status_publish visibility post_visibility page_visibility
        access access_level privacy privacy_level audience
    """,
}

TABLE: dict[Meaning, tuple[str, ...]] = {Meaning(*sense): tuple(names.split()) for sense, names in _NAMES.items()}
"""Foreign keys of visibility, as the reference names them."""

FOREIGN: dict[str, Meaning] = {normal(name): meaning for meaning, names in TABLE.items() for name in names}
"""Foreign keys of visibility, levelled by `normal`."""

_OWN: dict[str, Meaning] = {
    "draft": Meaning("yes", "draft"),
    "unlisted": Meaning("yes", "unlisted"),
    "private": Meaning("yes", "private"),
    "headless": Meaning("yes", "private"),
    "gone": Meaning("yes", "gone"),
    "publish": Meaning("no", "draft"),
    "published": Meaning("no", "draft"),
    "status": Meaning("words"),
}

STATUSES: dict[str, str] = {
    **dict.fromkeys(("published", "publish", "public", "featured", "live"), "published"),
    **dict.fromkeys(("draft", "autodraft", "unpublished", "pending", "pendingreview", "wip"), "draft"),
    **dict.fromkeys(("future", "scheduled"), "scheduled"),
    **dict.fromkeys(("hidden", "unlisted"), "unlisted"),
    **dict.fromkeys(("private", "skip", "trash", "trashed", "inherit", "sent"), "private"),
}
"""The words of `status`, levelled by `word`, each with the state that it gives.

WordPress has publish, future, draft, pending, private, trash, auto-draft and inherit (a revision); Pelican published, draft, hidden and
skip; Nikola published, featured, draft and private; Ghost published, draft, scheduled and sent (by e-mail only).
"""

_HIDING: dict[str, str] = {
    **{name: "draft" if state == "scheduled" else state for name, state in STATUSES.items() if state != "published"},
    **dict.fromkeys(("no", "false", "off", "n", "0", "never", "none", "notpublished", "notready", "drafting", "drafts", "held"), "draft"),
    **dict.fromkeys(("invisible", "notlisted"), "unlisted"),
    **dict.fromkeys(("secret", "internal", "confidential", "restricted", "members", "membersonly", "paid", "tiers"), "private"),
    **dict.fromkeys(("subscribers", "friends", "followers", "onlyme", "password", "protected", "passwordprotected"), "private"),
    **dict.fromkeys(("deleted", "disabled", "softtrashed"), "private"),
}
"""Words that hide, in any key of words."""

_YES = frozenset(("yes", "true", "on", "y", "1", "always"))
_NO = frozenset(("no", "false", "off", "n", "0", "never"))
_QUOTES = " \t\r\n,;\"'`\u2018\u2019\u201a\u201b\u201c\u201d\u201e\u201f\u2039\u203a\u00ab\u00bb"
_NEVER = re.compile(r"\{.*\b(?P<part>list|render)[\"']?\s*[:=]\s*[\"']?(?:never|false|local|link)\b.*\}", re.IGNORECASE)


def word(value: str) -> str:
    """Give the form in which words of states are compared: without case, blanks, `-` and `_`."""
    return normal("".join(value.split()))


def trimmed(value: str) -> str:
    """Take blanks and quotation marks, straight or curly, from both ends of a value, and a comma or semicolon."""
    return value.strip(_QUOTES)


def sense(name: str) -> Sense:
    """Give the sense of a key, levelled by `normal`; of one that the tables do not have, yes hides."""
    meaning = _OWN.get(name) or FOREIGN.get(name)
    return "yes" if meaning is None else meaning.sense


def answer(value: str) -> bool | None:
    """Read a value of a foreign key as yes or no, in more words than wol's own fields know; None: it is neither."""
    said = word(trimmed(value))
    return True if said in _YES else False if said in _NO else None


def hides(key: str, value: str) -> bool:
    """Tell whether a key is a state or a foreign key of visibility, and its whole value, as typed, keeps a text from readers."""
    return bool(hidden_by(key, value))


def hidden_by(key: str, value: str) -> str:
    """Give the field of wol that does what a key with this value does: `draft`, `unlisted`, `private`, `gone`; empty if it hides nothing."""
    name = word(key)
    typed = trimmed(value)
    if name == "build":
        found = _NEVER.fullmatch(typed)
        return "" if found is None else {"list": "unlisted", "render": "private"}[found["part"].lower()]
    meaning = _OWN.get(name) or FOREIGN.get(name)
    if meaning is None:
        return ""
    said = word(typed)
    if meaning.sense == "words":
        return _HIDING.get(said, "")
    return meaning.field if said in (_YES if meaning.sense == "yes" else _NO) else ""
