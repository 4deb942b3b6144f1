"""The one module that makes markup lets nothing through."""

from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redislab.views.markup import element, escaped, picture_address, visible


def test_an_element_with_text_and_attributes():
    made = element("text", "a < b", x=4, y=1.25, class_="label", text_anchor="end", rx=None)
    expected = '<text x="4" y="1.2" class="label" text-anchor="end">a &lt; b</text>'
    assert str(made) == expected


def test_an_empty_element_closes_itself():
    assert (
        str(element("rect", None, xml_space="preserve")) == '<rect xml:space="preserve"/>'
    )


@pytest.mark.parametrize(
    ("number", "text"),
    [(3, "3"), (3.0, "3"), (-0.01, "0"), (2.26, "2.3"), (12345.0, "12345")],
)
def test_numbers_are_short(number, text):
    assert str(element("rect", x=number)) == f'<rect x="{text}"/>'


@pytest.mark.parametrize("name", ["", "a b", "a>", "script", "foreignObject", "use", "<b"])
def test_names_that_are_not_ours_are_refused(name):
    with pytest.raises(ValueError, match="no name"):
        element(name)


@pytest.mark.parametrize("name", ["onclick", "ONLOAD", 'x"', "x y", "x="])
def test_attributes_that_are_not_ours_are_refused(name):
    with pytest.raises(ValueError, match="no name"):
        element("rect", **{name: "1"})


@given(st.text())
def test_any_text_is_one_text_for_an_xml_reader(text):
    node = ET.fromstring(str(element("text", text, fill=text)))
    assert (node.tag, list(node), list(node.attrib)) == ("text", [], ["fill"])
    assert node.text is None or node.text == visible(text, keep="\n")


@given(st.text())
def test_any_text_is_one_text_for_an_html_reader(text):
    tags = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            tags.append((tag, [name for name, _ in attrs]))

    Reader().feed(str(element("td", text, title=text)))
    assert tags == [("td", ["title"])]


@given(st.text())
def test_what_is_escaped_can_be_seen(text):
    shown = visible(text)
    assert visible(shown) == shown
    assert all(character.isprintable() for character in shown)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain caf\u00e9 \u6f22\u5b57", "plain caf\u00e9 \u6f22\u5b57"),
        ("a\x00b\x1b[31m", r"a\x00b\x1b[31m"),
        ("a\u202eb", r"a\u202eb"),
        ("a\u200bb\u2060\ufeff", r"a\u200bb\u2060\ufeff"),
        ("no\u00a0break\u3000", r"no\xa0break\u3000"),
        ("\ud800\ufffe", r"\ud800\ufffe"),
        ("\u3164\u2800", r"\u3164\u2800"),
        ("\u2764\ufe0f", "\u2764\\ufe0f"),
        ("\U000e0041", r"\U000e0041"),
        ("Z\u0351\u0352\u0353", "Z\u0351\u0352\\u0353"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text, shown):
    assert visible(text) == shown


def test_line_ends_stay_where_they_are_wanted():
    assert escaped("a\nb\tc") == "a\nb\\tc"
    assert visible("a\nb") == r"a\nb"


def test_a_picture_address_is_plain_ascii():
    assert picture_address("<svg>\u20ac</svg>") == (
        "data:image/svg+xml;base64,PHN2Zz7igqw8L3N2Zz4="
    )
