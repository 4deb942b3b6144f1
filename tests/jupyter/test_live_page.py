"""The live view's ES module in a bare page, with a model that is played by the test."""

import base64
from pathlib import Path

import pytest

import redislab.jupyter
from tests.jupyter.browser import chromium

ROOM = Path(redislab.jupyter.__file__).parent
SCRIPT = (ROOM / "live.js").read_text()
STYLE = (ROOM / "live.css").read_text()

_START = """async ([script, scene]) => {
  const listeners = {};
  window.sent = [];
  window.state = { scene };
  window.tell = (name, value) => (listeners[name] ?? []).forEach((hear) => hear(value));
  const model = {
    get: (name) => window.state[name],
    send: (message) => window.sent.push(message),
    on: (name, hear) => (listeners[name] ??= []).push(hear),
    off: (name, hear) => {
      listeners[name] = listeners[name].filter((other) => other !== hear);
    },
  };
  const widget = (await import(`data:text/javascript;base64,${script}`)).default;
  window.end = widget.render({ model, el: document.getElementById("here") });
}"""


def row(said, reply="", result="", failed=False):
    return {"said": said, "reply": reply, "result": result, "failed": failed}


def card(id_, client="alice", kind="packet", rows=(), **more):
    plain = {"title": f"card {id_}", "more": 0, "bracket": False, "ending": None}
    named = {"id": id_, "client": client, "kind": kind, "rows": list(rows)}
    return {**named, **plain, "spoils": False, "note": "", **more}


def scene(*cards, flags=(), lanes=("alice", "bob"), order=None):
    whole = {"lanes": list(lanes), "steps": list(cards), "flags": list(flags)}
    return whole if order is None else {**whole, "order": order}


EMPTY = scene(lanes=())
WATCHING = {"id": 1, "client": "alice", "state": "green", "text": "alice is watching n"}
CHANGED = {**WATCHING, "state": "red", "text": "n was changed by bob (INCR n)"}
CONFLICT = scene(
    card(1, rows=[row("WATCH n", "OK")]),
    card(2, rows=[row("GET n", '"5"')]),
    card(
        3,
        "bob",
        rows=[row("INCR n", "6")],
        spoils=True,
        note="changes n, which alice watches",
    ),
    card(
        4,
        rows=[
            row("MULTI", "OK"),
            row("SET n 6", "QUEUED"),
            row("EXEC", "nil", failed=True),
        ],
        bracket=True,
        ending="aborted",
        note="EXEC ran none of them",
    ),
    card(5, kind="tray", rows=[row("SET n 7")], title="1 command buffered, not sent"),
    flags=[CHANGED],
)


@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture
def open_page(browser):
    """Open a page that shows a scene; nothing may go wrong on it or leave it."""
    wrong = []
    pages = []

    def start(first=EMPTY, **options):
        page = browser.new_page(viewport={"width": 800, "height": 700}, **options)
        pages.append(page)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.on("request", lambda request: wrong.append(request.url))
        page.set_content('<body><div id="here"></div></body>')
        page.add_style_tag(content=STYLE)
        page.evaluate(_START, [base64.b64encode(SCRIPT.encode()).decode(), first])
        return page

    yield start
    for page in pages:
        page.close()
    assert [what for what in wrong if not what.startswith("data:text/javascript")] == []


def tell(page, change):
    page.evaluate("scene => window.tell('msg:custom', { scene })", change)


def ids(page):
    return page.eval_on_selector_all(
        ".rl-title", "found => found.map((e) => e.textContent)"
    )


def test_an_empty_scene_says_so_and_asks_for_what_was_missed(open_page):
    page = open_page()
    assert page.inner_text(".rl-empty").startswith("Nothing yet")
    assert page.evaluate("window.sent") == [{"ask": "scene"}]


def test_a_whole_scene_is_drawn(open_page):
    page = open_page(CONFLICT)
    assert page.locator(".rl-card").count() == 5
    assert page.locator(".rl-name").all_inner_texts() == ["alice", "bob"]
    assert page.locator(".rl-empty").is_hidden()
    assert page.locator(".rl-tray").count() == 1
    assert page.locator(".rl-bracket .rl-row").count() == 3
    assert "✗ → nil" in page.locator(".rl-ended-aborted").inner_text()
    assert "✱ changes n" in page.locator(".rl-spoils").inner_text()


def test_changes_are_drawn_and_what_did_not_change_stays_the_same_element(open_page):
    page = open_page(scene(card(1), card(2)))
    page.evaluate("window.first = document.querySelector('.rl-card')")
    tell(page, scene(card(3), order=[1, 2, 3]))
    assert ids(page) == ["card 1", "card 2", "card 3"]
    tell(page, scene(card(2, title="changed"), order=[1, 3, 2]))
    assert ids(page) == ["card 1", "card 3", "changed"]
    assert page.evaluate("window.first === document.querySelector('.rl-card')")


def test_a_tray_turns_into_its_packet_in_place(open_page):
    page = open_page(scene(card(7, kind="tray", rows=[row("SET n 1")])))
    page.evaluate("window.tray = document.querySelector('.rl-tray')")
    tell(page, scene(card(7, rows=[row("SET n 1", "OK")]), order=[7]))
    assert page.evaluate("window.tray === document.querySelector('.rl-packet')")


def test_old_cards_go_and_unknown_ones_are_waited_for(open_page):
    """A front end that opened late may hear of a card that it never got."""
    page = open_page(scene(card(1), card(2)))
    tell(page, scene(order=[2, 99]))
    assert ids(page) == ["card 2"]
    page.evaluate(
        "scene => { window.state.scene = scene; window.tell('change:scene'); }",
        scene(card(2), card(99)),
    )
    assert ids(page) == ["card 2", "card 99"]


def test_a_flag_turns_red_with_a_word_and_is_spoken(open_page):
    page = open_page(scene(flags=[WATCHING]))
    assert page.inner_text(".rl-flag") == "⚑watching alice is watching n"
    tell(page, scene(flags=[CHANGED], order=[]))
    assert page.locator(".rl-flag-red").inner_text().startswith("⚑ ✗changed")
    assert page.locator('[role="status"]').text_content() == CHANGED["text"]


def test_what_people_said_is_text_and_never_markup(open_page):
    attack = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    hostile = card(1, attack, rows=[row(attack, attack, attack)], note=attack, title=attack)
    flag = {"id": 1, "client": attack, "state": "red", "text": attack}
    page = open_page(scene(hostile, flags=[flag], lanes=[attack]))
    assert page.locator("#here img, #here script").count() == 0
    assert page.locator(".rl-said").text_content() == attack


def test_the_cards_are_walked_with_the_keyboard(open_page):
    page = open_page(scene(*(card(number) for number in range(4))))
    page.keyboard.press("Tab")

    def focused():
        return page.evaluate(
            "document.activeElement.querySelector('.rl-title').textContent"
        )

    walked = [focused()]
    for key in ("ArrowDown", "End", "ArrowDown", "ArrowUp", "Home"):
        page.keyboard.press(key)
        walked.append(focused())
    assert walked == ["card 0", "card 1", "card 3", "card 3", "card 2", "card 0"]
    assert page.locator('.rl-card[tabindex="0"]').count() == 1


def test_a_screen_reader_gets_each_card_in_words(open_page):
    page = open_page(CONFLICT)
    labels = [card.get_attribute("aria-label") for card in page.locator(".rl-card").all()]
    assert labels[3] == (
        "alice, card 4. MULTI gives OK. SET n 6 gives QUEUED. EXEC gives nil. "
        "EXEC ran none of them"
    )
    assert page.get_by_role("list", name="steps").get_by_role("listitem").count() > 0


def test_motion_is_left_out_for_those_who_asked(open_page):
    def motion(page):
        return page.eval_on_selector(".rl-card", "e => getComputedStyle(e).animationName")

    assert motion(open_page(CONFLICT)) == "rl-appear"
    assert motion(open_page(CONFLICT, reduced_motion="reduce")) == "none"


@pytest.mark.parametrize(
    ("system", "attribute", "paper"),
    [
        ("light", None, "rgb(255, 255, 255)"),
        ("dark", None, "rgb(15, 19, 24)"),
        ("light", "data-jp-theme-light=false", "rgb(15, 19, 24)"),
        ("dark", "data-jp-theme-light=true", "rgb(255, 255, 255)"),
        ("dark", "data-vscode-theme-kind=vscode-light", "rgb(255, 255, 255)"),
    ],
)
def test_the_page_chooses_the_colours_before_the_system(
    open_page, system, attribute, paper
):
    page = open_page(CONFLICT, color_scheme=system)
    if attribute:
        name, _, value = attribute.partition("=")
        page.evaluate("([n, v]) => document.body.setAttribute(n, v)", [name, value])
    found = page.eval_on_selector(".rl-live", "e => getComputedStyle(e).backgroundColor")
    assert found == paper


def test_every_text_has_the_contrast_that_readers_need(open_page):
    """4.5 to 1 (WCAG AA), in both themes."""
    for system in ("light", "dark"):
        page = open_page(CONFLICT, color_scheme=system, reduced_motion="reduce")
        assert page.evaluate(_WORST_CONTRAST) >= 4.5


_WORST_CONTRAST = """() => {
  const parse = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((c) => c / 255)
    .map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parse(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] > 0) return colour;
    }
  };
  const contrasts = [...document.querySelectorAll("#here *")]
    .filter((e) => [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()))
    .map((e) => {
      const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
      return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    });
  return Math.min(...contrasts);
}"""


def test_a_closed_view_hears_no_more(open_page):
    page = open_page(scene(card(1)))
    page.evaluate("window.end()")
    tell(page, scene(card(2), order=[1, 2]))
    assert ids(page) == ["card 1"]
