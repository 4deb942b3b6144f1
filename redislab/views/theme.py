"""Colours and letters of every picture, for a light and a dark page.

The four role colours were searched for, not picked: for readers with any common colour
vision they stay apart (CIEDE2000 of 12 and more between any two) and readable (4.5:1 on
lane and wash). Even so, meaning never rests on colour alone: a flag, a star, a cross, a
hatch, a dash or a word always says the same.

How a picture finds its theme: an ``img`` follows the system's; inline in a page it
follows JupyterLab, VS Code or Colab first. Each rule gives the light colour as a literal
before the variable, because programs that only draw SVG know no variables.
"""

from __future__ import annotations

from typing import Literal

Theme = Literal["auto", "light", "dark"]

LIGHT = {
    "page": "#ffffff",
    "lane": "#f5f7f9",
    "line": "#d5dbe1",
    "ink": "#1a1f25",
    "muted": "#5a6570",
    "first": "#0c4eae",
    "first-wash": "#e4edfa",
    "second": "#6f4706",
    "second-wash": "#faefd6",
    "ok": "#037a57",
    "ok-wash": "#d8f1e7",
    "conflict": "#cf1444",
    "conflict-wash": "#fde4ea",
    "hatch": "#f0a0b3",
    "paper": "#ffffff",
}
DARK = {
    "page": "#0f1318",
    "lane": "#171c23",
    "line": "#313a45",
    "ink": "#e8edf2",
    "muted": "#9aa6b2",
    "first": "#5f9fec",
    "first-wash": "#14283f",
    "second": "#f7dc6a",
    "second-wash": "#332c10",
    "ok": "#6fe9cd",
    "ok-wash": "#10352e",
    "conflict": "#ff6076",
    "conflict-wash": "#451a25",
    "hatch": "#8f3446",
    "paper": "#0f1318",
}

_LIGHT_PAGES = (
    "[data-jp-theme-light=true]",
    "[data-vscode-theme-kind=vscode-light]",
    "[data-vscode-theme-kind=vscode-high-contrast-light]",
    "html[theme=light]",
)
_DARK_PAGES = (
    "[data-jp-theme-light=false]",
    "[data-vscode-theme-kind=vscode-dark]",
    "[data-vscode-theme-kind=vscode-high-contrast]",
    "html[theme=dark]",
)

SANS = (
    "Inter,system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,"
    "'Liberation Sans',sans-serif"
)
MONO = (
    "'JetBrains Mono',ui-monospace,SFMono-Regular,Menlo,'Cascadia Mono',Consolas,"
    "'DejaVu Sans Mono','Liberation Mono',monospace"
)

_LETTERS = f"""\
.rl text{{font-family:{SANS};font-size:15px}}
.rl .head{{font-size:21px;font-weight:700}}
.rl .name{{font-size:17px;font-weight:700}}
.rl .small{{font-size:13px}}
.rl .code{{font-family:{MONO};font-size:15px}}
.rl .small.code{{font-size:13.5px}}
.rl .tight{{font-size:16.8px}}
.rl .tiny{{font-size:13px}}
.rl .head .code{{font-size:.95em;font-weight:600}}
.rl .strong{{font-weight:700}}
.rl .mark{{font-size:21px;font-weight:800}}
"""


def style(theme: Theme = "auto") -> str:
    """The style sheet of a picture; every rule is confined to ``.rl``."""
    fallback = DARK if theme == "dark" else LIGHT
    rules = [_LETTERS]
    for role, colour in fallback.items():
        both = f"{colour};%s:var(--rl-{role},{colour})"
        rules.append(f".rl .f-{role}{{fill:{both % 'fill'}}}\n")
        rules.append(f".rl .s-{role}{{stroke:{both % 'stroke'}}}\n")
    if theme == "auto":
        rules += _switches()
    return "".join(rules)


def _switches() -> list[str]:
    light, dark = _variables(LIGHT), _variables(DARK)
    return [
        f"@media (prefers-color-scheme:dark){{.rl{{{dark}}}}}\n",
        f"{','.join(f'{page} .rl' for page in _LIGHT_PAGES)}{{{light}}}\n",
        f"{','.join(f'{page} .rl' for page in _DARK_PAGES)}{{{dark}}}\n",
    ]


def _variables(palette: dict[str, str]) -> str:
    return ";".join(f"--rl-{role}:{colour}" for role, colour in palette.items())
