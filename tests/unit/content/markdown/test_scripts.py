"""Scripts and languages: line breaks, code, quotes, addresses and emoji as those who write them expect."""

from __future__ import annotations

from collections.abc import Callable

from harness.cases import cases
from wol.content.markdown.parts import as_typed
from wol.content.markdown.reader import Reader, Text
from wol.content.markdown.rules.east_asian import join_lines
from wol.content.markdown.rules.emoji import signs
from wol.model.words import count_words, first_words

Read = Callable[..., Text]

BREAKS = {
    "你好\n世界": "你好世界",
    "カナ\nかな": "カナかな",
    "漢字\nかな": "漢字かな",
    "，他说\n“好”": "，他说\n“好”",
    "你好。\n世界": "你好。世界",
    "**你好**\n世界": "<strong>你好</strong>世界",
    "[你好](https://example.org)\n*世界*": '<a href="https://example.org">你好</a><em>世界</em>',
    "你好  \n世界": "你好<br>\n世界",
    "ｶﾅ\nｶﾅ": "ｶﾅｶﾅ",
    "𠮷野\n家": "𠮷野家",
    "（全角）\n字": "（全角）字",
    "안녕\n하세요": "안녕\n하세요",
    "中文\nEnglish": "中文\nEnglish",
    "English\n中文": "English\n中文",
    "中文\n한국어": "中文\n한국어",
    "`中`\n文": "<code>中</code>\n文",
    "a\nb": "a\nb",
}

QUOTES = {
    "de": "„Hallo ‚Welt‘“",
    "de-AT": "„Hallo ‚Welt‘“",
    "de-CH": "«Hallo ‹Welt›»",
    "fr": "«\u00a0Hallo “Welt”\u00a0»",
    "fr-CH": "«Hallo ‹Welt›»",
    "sv": "”Hallo ’Welt’”",
    "fi": "”Hallo ’Welt’”",
    "he": "”Hallo ’Welt’”",
    "pl": "„Hallo «Welt»”",
    "hu": "„Hallo »Welt«”",
    "ro": "„Hallo «Welt»”",
    "cs": "„Hallo ‚Welt‘“",
    "ru": "«Hallo „Welt“»",
    "es": "«Hallo “Welt”»",
    "pt": "“Hallo ‘Welt’”",
    "pt-PT": "«Hallo “Welt”»",
    "en-GB": "“Hallo ‘Welt’”",
    "zh-Hans-CN": "“Hallo ‘Welt’”",
}

CURLED = {
    "'Tis the season": "’Tis the season",
    "the '90s and '68": "the ’90s and ’68",
    "rock 'n' roll": "rock ’n’ roll",
    "get 'em 'til ten": "get ’em ’til ten",
    "he said 'twas": "he said ’twas",
    "'tis'": "’tis’",
    "'Yes', they said": "‘Yes’, they said",
    "it's Ann's": "it’s Ann’s",
    '他说"你好"吗': "他说“你好”吗",
    '"你好"吗': "“你好”吗",
    '"안녕"이라고': "“안녕”이라고",
    'これは"テスト"です': "これは“テスト”です",
    '"a"：b': "“a”：b",
    "the '90' model": "the ‘90’ model",
}

ADDRESSES = {
    "见https://example.org/a。后": "https://example.org/a",
    "https://example.org/a，b": "https://example.org/a",
    "https://example.org/a、b": "https://example.org/a",
    "https://example.org/a；b": "https://example.org/a",
    "https://example.org/a：b": "https://example.org/a",
    "https://example.org/a！b": "https://example.org/a",
    "https://example.org/a？b": "https://example.org/a",
    "（https://example.org/a）b": "https://example.org/a",
    "【https://example.org/a】": "https://example.org/a",
    "《https://example.org/a》": "https://example.org/a",
    "https://example.org/a…b": "https://example.org/a",
    "https://example.org/a؟ث": "https://example.org/a",
    "https://example.org/a،b": "https://example.org/a",
    "https://example.org/a؛b": "https://example.org/a",
    "https://example.org/a۔b": "https://example.org/a",
    "https://ja.wikipedia.org/wiki/スティーブ・ジョブズ です": "https://ja.wikipedia.org/wiki/スティーブ・ジョブズ",
    "https://fa.wikipedia.org/wiki/ایران است": "https://fa.wikipedia.org/wiki/ایران",
}

EMOJI = {
    ":heart::star:": "❤️⭐",
    ":+1::rocket:": "👍🚀",
    "a:smile:b": "a😄b",
    "天气:sunny:好": "天气☀️好",
    ":warning: x": "⚠️ x",
    ":tada:!": "🎉!",
    ":de: :fr:": "🇩🇪 🇫🇷",
    "at 10:30:45": "at 10:30:45",
    "at 1:100:2": "at 1:100:2",
    "urn:de:x": "urn:de:x",
    ":no_such_name:": ":no_such_name:",
    "a :b: c": "a 🅱️ c",
    "`:smile:`": "<code>:smile:</code>",
    ":::smile:": "::😄",
}

WORDS = {
    "ประเทศไทยเป็นประเทศที่มีวัฒนธรรมเก่าแก่": 8,
    "ภาษาไทย ง่าย": 3,
    "ພາສາລາວ": 2,
    "ភាសាខ្មែរ": 2,
    "မြန်မာဘာသာ": 2,
    "ﾊﾟﾋﾟﾌﾟ": 3,
    "ｶﾅ kana": 3,
    "hello ไทย world": 3,
    "日本語 text": 4,
    "한국어 단어": 2,
    "Größe und Maß": 3,
    "มาก " * 100: 100,
    "": 0,
}


def html(text: Text) -> str:
    return as_typed(text.body.parts, text.links).strip().removeprefix("<p>").removesuffix("</p>")


def test_line_breaks(read: Read) -> None:
    """Between Han and kana a break is none; it stays beside other scripts, and in Korean."""
    with cases() as case:
        for text, expected in BREAKS.items():
            with case(text):
                assert html(read(text)) == expected
    assert read("你好\n世界。").excerpt_text == "你好世界。"
    assert read("你好\n世界", hard_breaks=True).body.parts[0] == "<p>你好<br>\n世界</p>\n"
    assert read("![你好\n世界](a.png)").body.parts[-1] == '" alt="你好世界"></p>\n'
    assert join_lines("一\n二\nthree\n四") == "一二\nthree\n四"


def test_quotes(reader: Callable[..., Reader]) -> None:
    """An item has the quotes of its own language, whatever the site's is."""
    english = reader(smart_quotes=True)
    with cases() as case:
        for language, expected in QUOTES.items():
            with case(language):
                assert html(english.read("\"Hallo 'Welt'\"", key="a.md", title="", language=language)) == expected
                assert english.inline("\"Hallo 'Welt'\"", language).text == expected
        for text, expected in CURLED.items():
            with case(text):
                assert html(english.read(text, key="a.md", title="")) == expected
    assert html(english.read('"a"', key="a.md", title="")) == "“a”"


def test_addresses(read: Read) -> None:
    """They end before the punctuation of Chinese, Japanese and Arabic, and hold letters of any script."""
    with cases() as case:
        for text, shown in ADDRESSES.items():
            with case(text):
                assert f">{shown}</a>" in html(read(text))


def test_emoji(read: Read) -> None:
    with cases() as case:
        for text, expected in EMOJI.items():
            with case(text):
                assert html(read(text, emoji=True)) == expected
    assert len(signs()) > 1900
    assert signs()["heart"] == "❤️"


def test_words() -> None:
    with cases() as case:
        for text, number in WORDS.items():
            with case(text):
                assert count_words(text) == number
                assert first_words(text, number) is None
                assert number == 0 or first_words(text, number - 1) is not None


def test_code_runs_from_left_to_right(reader: Callable[..., Reader]) -> None:
    """Where a text may run from right to left, code is told not to; elsewhere nothing is said."""
    text = 'עברית `a(b)`.\n\n    code\n\n```python\nx\n```\n\n<kbd>Ctrl</kbd> <samp dir="auto">x</samp>\n\n<pre>y</pre>\n'
    shown = html(reader().read(text, key="a.md", title=""))
    for tag in (
        '<code dir="ltr">a(b)',
        '<pre class="hl" dir="ltr" tabindex="0"><code>code',
        '<kbd dir="ltr">',
        '<samp dir="auto">',
        '<pre dir="ltr">y',
    ):
        assert tag in shown, shown
    assert 'dir="ltr"' in html(reader().read("`a`", key="a.md", title="", language="fa"))
    assert "dir=" not in html(reader().read("Größe `a`\n\n    b", key="a.md", title=""))
