"""A finished picture and its plain-text twin, as a notebook shows them."""

from __future__ import annotations

import os
from dataclasses import dataclass

from redislab.views.markup import Element, element, picture_address
from redislab.views.theme import Theme, style


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG (``.svg``) and the same facts as text (``.text``).

    In a notebook it is an ``img`` with the SVG inside its address: JupyterLab strips an
    inline SVG from a notebook it does not trust, and an image it keeps. Where there is no
    picture there is the text: it is the ``alt`` and the ``repr``.
    """

    svg: str
    text: str

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the SVG to a file."""
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            file.write(self.svg)

    def _repr_html_(self) -> str:
        image = element(
            "img",
            src=picture_address(self.svg),
            alt=self.text,
            style="max-width:100%;height:auto",
        )
        return str(image)

    def __repr__(self) -> str:
        return self.text


def sheet(
    width: float, height: float, title: str, text: str, theme: Theme, *drawn: Element
) -> Picture:
    """Put what was drawn on a page of its own, with title, description and style."""
    width, height = round(width), round(height)
    root = element(
        "svg",
        element("title", title),
        element("desc", text),
        element("style", style(theme)),
        element("rect", width=width, height=height, rx=10, class_="f-page"),
        *drawn,
        class_="rl",
        xmlns="http://www.w3.org/2000/svg",
        xml_space="preserve",
        viewBox=f"0 0 {width} {height}",
        width=width,
        height=height,
        role="img",
    )
    return Picture(f"{root}\n", text)
