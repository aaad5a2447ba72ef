"""Reading list: what one has read, as a table at `/reading/`, from the `book` of notes and of whatever else has one."""

from __future__ import annotations

from wol.model.feature import Feature, Name
from wol.model.field import Field
from wol.model.step import Step

feature = Feature(
    name="reading_list",
    description="Notes on books: a table of them at `/reading/`, with a feed.",
    fields=(
        Field(
            "book",
            "map",
            "The book that it is about: a title, or a map.",
            fields=(
                Field("title", "text", "The title of the book."),
                Field("author", "list", "Who wrote the book: a name, or a list of names.", also=("authors",)),
                Field("isbn", "text", "Its ISBN."),
                Field("url", "reference", "Where to find out more about the book: a URL, or a page of the site."),
                Field("year", "number", "The year in which the book came out."),
                Field("read", "date", "The day on which you finished it."),
                Field("rating", "number", "What you think of it, from 1 to 5; 5 is best.", minimum=1, maximum=5),
            ),
            shorthand="title",
        ),
    ),
    steps=(
        Step(
            name="books",
            make="wol.features.reading_list.collect:make",
            provides=("reading_books", "reading_list"),
            columns=frozenset({"reading_list.book", "date"}),
            needs=frozenset({"state", "listed"}),
        ),
        Step(
            name="channels",
            make="wol.features.reading_list.pages:make_channels",
            provides=("reading_channels",),
            columns=frozenset({"title"}),
            needs=frozenset({"reading_list", "listed", "sections"}),
        ),
        Step(name="page", make="wol.features.reading_list.pages:plan", needs=frozenset({"reading_list", "sections"}), plans=True),
    ),
    fine=frozenset({"reading_books"}),
    channels=("reading_channels",),
    kinds={"reading-list": "wol.features.reading_list.pages:render"},
    page={"book": Name("wol.features.reading_list.views:of_page", "The book of its `book`, or nothing.")},
    site={
        "reading_list": Name("wol.features.reading_list.views:of_site", "All books, those read last first.", empty=()),
        "reading_url": Name(
            "wol.features.reading_list.views:url_of_list", "The URL path of the table of books, ready for HTML; nothing if there are none."
        ),
    },
    views={"A book": "wol.features.reading_list.views:BookView"},
    slots={"after_title": ("reading_list/line.html",)},
)
