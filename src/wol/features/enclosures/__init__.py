"""Enclosures: a sound or film that belongs to a post, in its feeds and with a player on its page."""

from __future__ import annotations

from wol.codes.diagnostic_code import errors, warnings
from wol.model.feature import Feature, Name
from wol.model.field import Field
from wol.model.inputs import Input
from wol.model.step import Step

_PARTS = (
    Field("src", "reference", "The file, or a URL.", also=("url", "file")),
    Field("type", "text", "Its media type, such as `audio/mpeg`; default: that of the file."),
    Field("length", "number", "Its bytes, for a URL.", also=("size", "bytes"), minimum=0),
    Field("duration", "text", "How long it is: seconds, `31:20` or `1:02:30`; default: what the file says."),
)

_ENDINGS = (
    "mp3",
    "m4a",
    "m4b",
    "aac",
    "ogg",
    "oga",
    "opus",
    "flac",
    "wav",
    "aif",
    "aiff",
    "mka",
    "mp4",
    "m4v",
    "mov",
    "ogv",
    "webm",
    "mkv",
)

feature = Feature(
    name="enclosures",
    description="A sound or film for a post: in its feeds, and with a player on its page.",
    fields=(
        Field("audio", "map", "A sound that belongs to the post: a file, a URL, or a map.", fields=_PARTS, shorthand="src"),
        Field("video", "map", "A film that belongs to the post: a file, a URL, or a map.", fields=_PARTS, shorthand="src"),
    ),
    inputs={
        "media": Input(
            tuple("*." + "".join(f"[{char}{char.upper()}]" if char.isalpha() else char for char in ending) for ending in _ENDINGS),
            "wol.features.enclosures.media:parse",
            public=True,
            whole=False,
        ),
    },
    steps=(
        Step(
            name="enclosures",
            make="wol.features.enclosures.collect:make",
            provides=("enclosures",),
            columns=frozenset({"enclosures.audio", "enclosures.video", "lines"}),
            needs=frozenset({"media", "paths", "urls", "static"}),
        ),
        Step(name="podcast", make="wol.features.enclosures.podcast:check", needs=frozenset({"enclosures"})),
    ),
    page={"enclosure": Name("wol.features.enclosures.views:of_page", "The sound or film of its `audio` or `video`, or nothing.")},
    views={"An enclosure": "wol.features.enclosures.views:EnclosureView"},
    slots={"before_content": ("parts/enclosure.html",)},
    codes={
        **errors(
            "front matter",
            {
                "enclosure-twice": (
                    "A post has both `audio` and `video`, and its entry in a feed can have one enclosure.",
                    "keep one of them, and put the other into the text",
                ),
            },
        ),
        **warnings(
            "links and images",
            {
                "enclosure-incomplete": (
                    "A sound or film of a post lacks what feeds need: a media type, a length in bytes, or a duration that can be read.",
                    "write it in the front matter: `audio: {src: https://…, type: audio/mpeg, length: 5650889}`",
                ),
                "podcast-incomplete": (
                    "`[feeds.podcast]` or `[site]` lacks what directories of podcasts require.",
                    "add it to `site.toml`; see the guide to podcasts",
                ),
            },
        ),
    },
    entry="wol.features.enclosures.views:entry",
)
