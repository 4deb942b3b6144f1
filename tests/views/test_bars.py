"""Bars that hold figures against each other."""

import pytest

from redislab.views import Bar, Group, bars
from redislab.views.lettering import plain_width
from redislab.views.theme import DARK, LIGHT
from tests.views.scenes import ATTRIBUTES, HOSTILE, SHAPES, SVG, parsed, words

FASTER = Group(
    (Bar("ours", 200, "200 a second"), Bar("theirs", 50, "50 a second", "muted")),
    title="pipeline of 1,000",
    note="half of what is possible",
)


def widths(picture):
    """The widths of the bars, first come first."""
    found = parsed(picture.svg).findall(f".//{SVG}rect[@rx='3']")
    return [float(bar.get("width")) for bar in found]


def test_lengths_are_as_the_figures():
    long, short = widths(bars("Who is faster?", [FASTER]))
    assert long == pytest.approx(4 * short, abs=1)


def test_each_group_has_its_own_scale():
    other = Group((Bar("ours", 3, "3"), Bar("theirs", 1, "1")))
    first, _, second, _ = widths(bars("Who is faster?", [FASTER, other]))
    assert first == second


def test_a_bar_may_begin_where_another_ends():
    picture = bars("Then", [Group((Bar("a", 1, "1"), Bar("b", 3, "3", start=1.0)))])
    first, second = parsed(picture.svg).findall(f".//{SVG}rect[@rx='3']")
    end = float(first.get("x")) + float(first.get("width"))
    assert float(second.get("x")) == pytest.approx(end, abs=0.2)


def test_what_is_nothing_can_still_be_seen():
    assert min(widths(bars("None", [Group((Bar("a", 0, "0"),))]))) > 0


def test_its_text_twin():
    assert repr(bars("Who is faster?", [FASTER], note="medians")) == (
        "Who is faster?\n"
        "pipeline of 1,000 (half of what is possible)\n"
        "  ours    200 a second\n"
        "  theirs  50 a second\n"
        "medians"
    )


def test_all_words_are_in_the_picture():
    found = words(parsed(bars("Who is faster?", [FASTER], note="medians").svg))
    assert found == [
        "Who is faster?", "pipeline of 1,000", "half of what is possible",
        "ours", "200 a second", "theirs", "50 a second", "medians",
    ]  # fmt: skip


def test_the_same_figures_give_the_same_bytes():
    assert bars("Again", [FASTER]) == bars("Again", [FASTER])


def test_it_fits_on_its_page():
    group = Group((Bar("label " * 90, 7, "\u202e" * 90),), "title " * 90, "note " * 90)
    root = parsed(bars("Long", [group]).svg)
    bar = root.find(f".//{SVG}rect[@rx='3']")
    *_, after = root.findall(f".//{SVG}text")
    assert float(bar.get("width")) > 2
    assert float(after.get("x")) + plain_width(after.text) <= 1000


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_themes(theme):
    svg = bars("Theme", [FASTER], theme=theme).svg
    assert (DARK["page"] in svg) == (theme == "dark")
    assert (LIGHT["page"] in svg) == (theme == "light")


def test_hostile_words_are_words_and_nothing_else():
    group = Group((Bar(HOSTILE, 1, HOSTILE),), title=HOSTILE, note=HOSTILE)
    root = parsed(bars(HOSTILE, [group], note=HOSTILE).svg)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in SHAPES
        assert ATTRIBUTES.issuperset(element.attrib)
