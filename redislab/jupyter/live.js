/* Draws the scene that scene.py works out. State comes from Python; nothing is decided here.
 *
 * Rules: what a scene says came from people and servers, so it is only ever put in place
 * as text (textContent); a card is rebuilt when it changed and left alone when it did not,
 * so focus and motion survive; every meaning is also a word or a sign, never colour alone.
 */

/** An element with a class, text or children. */
function make(name, className, ...inside) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...inside.filter((part) => part !== null && part !== ""));
  return made;
}

const SIGNS = { green: "⚑", red: "⚑ ✗", kept: "✓", lifted: "⚐" };
const WORDS = {
  green: "watching",
  red: "changed",
  kept: "kept",
  lifted: "lifted",
};

function flagFor(flag) {
  const sign = make("span", "rl-sign", SIGNS[flag.state]);
  sign.setAttribute("aria-hidden", "true");
  const word = make("b", "rl-word", WORDS[flag.state]);
  return make("li", `rl-flag rl-flag-${flag.state}`, sign, word, ` ${flag.text}`);
}

function replyFor(row) {
  if (!row.reply) return make("span", "rl-reply rl-waiting", "");
  const reply = make("span", row.failed ? "rl-reply rl-failed" : "rl-reply");
  reply.append("→ ", row.reply);
  if (row.result) reply.append(make("b", "rl-result", ` → ${row.result}`));
  if (row.failed) reply.prepend(make("span", "rl-sign", "✗ "));
  return reply;
}

function rowFor(row) {
  return make("li", "rl-row", make("code", "rl-said", row.said), replyFor(row));
}

function fill(card, step, lane) {
  const classes = ["rl-card", `rl-${step.kind}`, `rl-lane-${lane % 2}`];
  if (step.bracket) classes.push("rl-bracket");
  if (step.ending) classes.push(`rl-ended-${step.ending}`);
  if (step.spoils) classes.push("rl-spoils");
  card.className = classes.join(" ");
  card.style.gridColumn = String(lane + 1);
  const rows = step.rows.map(rowFor);
  if (step.more > 0) {
    const more = make("li", "rl-row rl-more", `… and ${step.more} more`);
    rows.splice(step.rows.length - (step.kind === "packet" ? 1 : 0), 0, more);
  }
  card.replaceChildren(
    make("div", "rl-title", step.title),
    make("ul", "rl-rows", ...rows),
    ...(step.note ? [make("div", "rl-note", step.spoils ? "✱ " : "", step.note)] : []),
  );
  const said = step.rows.map((row) =>
    [row.said, row.reply, row.result].filter(Boolean).join(" gives "),
  );
  const label = [`${step.client}, ${step.title}`, ...said, step.note].filter(Boolean);
  card.setAttribute("aria-label", label.join(". "));
}

/** The arrow keys, Home and End go from card to card. */
function moveFocus(event, list) {
  const cards = [...list.children];
  const here = cards.indexOf(event.target);
  const there = {
    ArrowDown: here + 1,
    ArrowRight: here + 1,
    ArrowUp: here - 1,
    ArrowLeft: here - 1,
    Home: 0,
    End: cards.length - 1,
  }[event.key];
  if (here < 0 || there === undefined || !cards[there]) return;
  event.preventDefault();
  for (const card of cards) card.tabIndex = -1;
  cards[there].tabIndex = 0;
  cards[there].focus();
}

function render({ model, el }) {
  const flags = make("ul", "rl-flags");
  const lanes = make("div", "rl-lanes");
  const list = make("div", "rl-steps");
  const spoken = make("div", "rl-spoken");
  const empty = make("p", "rl-empty", "Nothing yet: what the clients do will show here.");
  list.setAttribute("role", "list");
  list.setAttribute("aria-label", "steps, the latest last");
  spoken.setAttribute("role", "status");
  list.addEventListener("keydown", (event) => moveFocus(event, list));
  const view = make("section", "rl-live", flags, lanes, list, empty, spoken);
  view.setAttribute("aria-label", "Redis commands, live");
  el.replaceChildren(view);

  const steps = new Map(); // id -> what the scene says of it
  const cards = new Map(); // id -> its element
  const drawn = new Map(); // id -> what the element shows, to leave it alone if unchanged

  function apply(scene) {
    for (const step of scene.steps) steps.set(step.id, step);
    const order = (scene.order ?? scene.steps.map((step) => step.id)).filter((id) =>
      steps.has(id),
    );
    for (const id of [...steps.keys()]) {
      if (order.includes(id)) continue;
      cards.get(id)?.remove();
      for (const map of [steps, cards, drawn]) map.delete(id);
    }
    view.style.setProperty("--rl-columns", String(Math.max(1, scene.lanes.length)));
    lanes.replaceChildren(
      ...scene.lanes.map((name, lane) => make("div", `rl-name rl-lane-${lane % 2}`, name)),
    );
    const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
    order.forEach((id, place) => draw(id, place, scene.lanes));
    if (atEnd) list.scrollTop = list.scrollHeight; // follow, unless somebody scrolled up
    if (order.length && !list.querySelector('[tabindex="0"]')) list.firstChild.tabIndex = 0;
    empty.hidden = order.length > 0;
    flags.replaceChildren(...scene.flags.map(flagFor));
    const latest = scene.flags.at(-1)?.text ?? "";
    if (spoken.textContent !== latest) spoken.textContent = latest;
  }

  function draw(id, place, names) {
    const step = steps.get(id);
    if (!cards.has(id)) {
      const card = make("div", "rl-card");
      card.setAttribute("role", "listitem");
      card.tabIndex = -1;
      cards.set(id, card);
    }
    const card = cards.get(id);
    const lane = Math.max(0, names.indexOf(step.client));
    const shows = JSON.stringify([lane, step]);
    if (drawn.get(id) !== shows) fill(card, step, lane);
    drawn.set(id, shows);
    card.style.gridRow = String(place + 1);
    if (list.children[place] !== card) list.insertBefore(card, list.children[place] ?? null);
  }

  const whole = () => apply(model.get("scene"));
  const part = (message) => message.scene && apply(message.scene);
  model.on("change:scene", whole);
  model.on("msg:custom", part);
  whole();
  model.send({ ask: "scene" });
  return () => {
    model.off("change:scene", whole);
    model.off("msg:custom", part);
  };
}

export default { render };
