"""Sentences that are quoted around a link: where they begin and end, in many languages and scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from wol.content.markdown.reader import Text
from wol.content.markdown.sentences import LONGEST

Read = Callable[..., Text]

CASES: dict[str, tuple[tuple[str, str], ...]] = {
    "en": (
        ("First one. The [link](a.md) is here. Last one.", "The link is here."),
        ("It is here, e.g. in [this](a.md) or i.e. that. End.", "It is here, e.g. in this or i.e. that."),
        ("See cf. Smith and [this](a.md). End.", "See cf. Smith and this."),
        ("Since v1.2 the [link](a.md) at 3.14 works. End.", "Since v1.2 the link at 3.14 works."),
        ("Mr. Brown met Dr. Jones in [town](a.md). End.", "Mr. Brown met Dr. Jones in town."),
        ("J. R. R. Tolkien wrote [it](a.md). End.", "J. R. R. Tolkien wrote it."),
        ("The U.S. Navy has [ships](a.md). End.", "The U.S. Navy has ships."),
        ("It was in 2020. Then [this](a.md) came.", "Then this came."),
        ("See No. 5 of [this](a.md). End.", "See No. 5 of this."),
        ("He said no. Then [this](a.md) came.", "Then this came."),
        ("Apples, pears, etc. Then [this](a.md) came.", "Then this came."),
        ("Apples, etc. and [this](a.md) too. End.", "Apples, etc. and this too."),
        ("Smith et al. (2020) wrote [this](a.md). End.", "Smith et al. (2020) wrote this."),
        ("“Really?” she asked of [this](a.md). End.", "“Really?” she asked of this."),
        ("“It is done.” Then [this](a.md) came! End.", "Then this came!"),
        ("(It is done.) Then [this](a.md) came? Yes.", "Then this came?"),
        ("Wait… what of [this](a.md)? End.", "Wait… what of this?"),
        ("Wait... Then [this](a.md). End.", "Then this."),
        ("Wow!! [This](a.md) is it. End.", "This is it."),
        ("Use `a. B` and [this](a.md) here. End.", "Use a. B and this here."),
        ("Read [One. Two. Three.](a.md) now. End.", "Read One. Two. Three. now."),
        ("Read [this.](a.md) Then more.", "Read this."),
        ("So did I. Then [this](a.md).", "Then this."),
        ("Ask example.org about [this](a.md). End.", "Ask example.org about this."),
        ("Over\ntwo lines\nis [this](a.md). End.", "Over two lines is this."),
        ("A *loud. Voice* says [this](a.md). End.", "Voice says this."),
        ("No stop and [this](a.md)", "No stop and this"),
        ("[This](a.md)", "This"),
        ("At 5 p.m. Eve saw [this](a.md). End.", "At 5 p.m. Eve saw this."),
        ("1. Not a list [this](a.md). End.", "Not a list this."),
        ("A &amp; B &lt;x&gt; [this](a.md). End.", "A & B <x> this."),
        ("Escaped \\*stars\\*. Then [this](a.md).", "Then this."),
    ),
    "de": (
        ("Erstens. Das geht z. B. mit [diesem](a.md) hier. Ende.", "Das geht z. B. mit diesem hier."),
        ("Das geht z.B. Hunden mit [diesem](a.md) gut, d.h. sehr. Ende.", "Das geht z.B. Hunden mit diesem gut, d.h. sehr."),
        ("Am 3. Oktober kam [das](a.md). Ende.", "Am 3. Oktober kam das."),
        ("Es war 1989. Dann kam [das](a.md). Ende.", "Dann kam das."),
        ("Vgl. Nr. 5 und Abb. 3 in [dem](a.md). Ende.", "Vgl. Nr. 5 und Abb. 3 in dem."),
        ("„Ja.“ Dann kam [das](a.md) usw. und so fort. Ende.", "Dann kam das usw. und so fort."),
    ),
    "fr": (
        ("Voilà. M. Dupont a lu [ceci](a.md) ! Fin.", "M. Dupont a lu ceci !"),
        ("« Oui. » Puis [ceci](a.md), p. ex. ici. Fin.", "Puis ceci, p. ex. ici."),
    ),
    "es": (
        ("Hola. ¿Has leído [esto](a.md)? ¡Sí!", "¿Has leído esto?"),
        ("La Sra. Gómez leyó [esto](a.md). Fin.", "La Sra. Gómez leyó esto."),
    ),
    "it": (("Il sig. Rossi legge [questo](a.md). Fine.", "Il sig. Rossi legge questo."),),
    "pl": (("Był to np. Kraków i [to](a.md). Koniec.", "Był to np. Kraków i to."),),
    "cs": (("Dne 5. Května bylo [to](a.md). Konec.", "Dne 5. Května bylo to."),),
    "ru": (
        ("Первое. Это [ссылка](a.md) здесь. Конец.", "Это ссылка здесь."),
        ("А. С. Пушкин писал [это](a.md). Конец.", "А. С. Пушкин писал это."),
    ),
    "el": (("Πρώτα. Αυτό [εδώ](a.md) είναι. Τέλος.", "Αυτό εδώ είναι."),),
    "ja": (
        ("最初の文。これは[リンク](a.md)です。最後の文。", "これはリンクです。"),
        ("「終わり。」と言って[これ](a.md)を見た。次。", "「終わり。」と言ってこれを見た。"),
        ("本当？[これ](a.md)だ！次。", "これだ！"),
    ),
    "zh": (("第一句。这是[链接](a.md)。第三句。", "这是链接。"), ("他说：“好。”[这](a.md)是。完。", "这是。")),
    "hi": (("पहला वाक्य। यह [कड़ी](a.md) है। अंत।", "यह कड़ी है।"),),
    "ar": (("الأولى. هل هذا [رابط](a.md)؟ نعم.", "هل هذا رابط؟"),),
    "ur": (("پہلا۔ یہ [ربط](a.md) ہے۔ آخر۔", "یہ ربط ہے۔"),),
    "hy": (("Առաջին։ Սա [հղում](a.md) է։ Վերջ։", "Սա հղում է։"),),
    "am": (("አንድ። ይህ [አገናኝ](a.md) ነው። መጨረሻ።", "ይህ አገናኝ ነው።"),),
    "th": (("ข้อความ [ลิงก์](a.md) ต่อ", "ข้อความ ลิงก์ ต่อ"),),
}
"""Language to texts with one link, and the sentence that it is in."""


@pytest.mark.parametrize("language", CASES)
def test_the_sentence_around_a_link(read: Read, language: str) -> None:
    """It is the sentence that a reader of the language would quote."""
    wrong = {
        text: found.marks["link"][0].sentence
        for text, expected in CASES[language]
        if (found := read(text, language=language)).marks["link"][0].sentence != expected
    }
    assert not wrong


def test_a_long_sentence_is_cut_around_its_link(read: Read) -> None:
    """Before and behind, between words, with the link inside; where there are no spaces, anywhere but inside a character."""
    words = " ".join(f"word{number}" for number in range(200))
    for text, first, last in (
        (f"{words} [the link](a.md) {words}", "…word", "…"),
        (f"[the link](a.md) {words}", "the link word0 ", "…"),
        (f"{words} [the link](a.md)", "…word", " the link"),
    ):
        found = read(text).marks["link"][0].sentence
        assert "the link" in found
        assert found.startswith(first)
        assert found.endswith(last)
        assert LONGEST - 20 < len(found) <= LONGEST + 2
        assert set(found.strip("…").split()) <= {*words.split(), "the", "link"}
    thai = "ก็" * 400
    found = read(f"{thai}[ลิงก์](a.md){thai}").marks["link"][0].sentence
    assert "ลิงก์" in found
    assert found[1] == "ก"
    assert found[-2:] == "็…"
    assert len(found) <= LONGEST + 2
    long = " ".join(["long"] * 300)
    assert read(f"[{long}](a.md)").marks["link"][0].sentence.startswith("long long")
    assert len(read(f"[{long}](a.md)").marks["link"][0].sentence) <= LONGEST + 2
