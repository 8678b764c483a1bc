// The page of the playground: a small chat client for the local Discord.
//
// It knows nothing about the bot: everything it shows comes from /page/api and is
// built from DOM nodes and text nodes, so that no content can become markup.
//
// Reading order: helpers, state, Markdown, messages, panes, composer, dialogs,
// sidebar, clock, start.

"use strict";

// ---------------------------------------------------------------- helpers

/** Builds an element. `props`: class, text, on, style, data, or any attribute. */
function h(tag, props, ...children) {
  const el = document.createElement(tag);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null) continue;
    if (key.startsWith("aria-")) el.setAttribute(key, String(value));
    else if (value === false) continue;
    else if (key === "class") el.className = value;
    else if (key === "text") el.textContent = value;
    else if (key === "on") for (const [name, fn] of Object.entries(value)) el.addEventListener(name, fn);
    else if (key === "style") for (const [name, v] of Object.entries(value)) el.style.setProperty(name, v);
    else if (key === "data") Object.assign(el.dataset, value);
    else if (key === "value") el.value = value;
    else el.setAttribute(key, value === true ? "" : String(value));
  }
  append(el, children);
  return el;
}

function append(el, children) {
  for (const child of children.flat(Infinity)) {
    if (child === undefined || child === null || child === false) continue;
    el.append(child);
  }
}

function fill(el, ...children) {
  el.replaceChildren();
  append(el, children);
  return el;
}

const SVG = "http://www.w3.org/2000/svg";

/** Builds an SVG from a list of [tag, attributes]. */
function svg(box, shapes, props = {}) {
  const el = document.createElementNS(SVG, "svg");
  el.setAttribute("viewBox", box);
  for (const [key, value] of Object.entries(props)) el.setAttribute(key, value);
  if (!props["aria-label"]) el.setAttribute("aria-hidden", "true");
  for (const [tag, attrs] of shapes) {
    const shape = document.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attrs)) shape.setAttribute(key, value);
    el.append(shape);
  }
  return el;
}

const ICONS = {
  menu: "M3 6h18M3 12h18M3 18h18",
  plus: "M12 5v14M5 12h14",
  close: "M6 6l12 12M18 6L6 18",
  thread: "M5 5h14v10h-8l-4 4v-4H5zM9 9h6M9 12h3",
  clock: "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 7.5v5l3 2",
  send: "M4 12l16-7-5 15-3.5-6.5zM11.5 13.5L20 5",
  eye: "M2.5 12s3.5-6 9.5-6 9.5 6 9.5 6-3.5 6-9.5 6-9.5-6-9.5-6zM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5z",
  down: "M6 9l6 6 6-6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  reply: "M9 6L4 11l5 5M4 11h9a6 6 0 0 1 6 6v1",
  check: "M5 12.5l4.5 4.5L19 7.5",
  external: "M14 4h6v6M20 4l-9 9M10 5H5v14h14v-5",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  bell: "M5.5 17h13l-1.6-2.4V10a4.9 4.9 0 0 0-9.8 0v4.6zM10.2 20h3.6",
  mute: "M5.5 17h13l-1.6-2.4V10a4.9 4.9 0 0 0-9.8 0v4.6zM10.2 20h3.6M4 4l16 16",
  warn: "M12 4l9 16H3zM12 10v4M12 17h.01",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  slash: "M5 4h14v16H5zM14 8l-4 8",
  file: "M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 20h14",
};

function icon(name, cls = "icon") {
  return svg("0 0 24 24", [["path", { d: ICONS[name] || ICONS.more }]], { class: `${cls} i-${name}` });
}

const square = (fill) => [["rect", { x: 2.5, y: 2.5, width: 19, height: 19, rx: 4.5, fill }]];

// The emoji that one taps first, and those of which a streak is made, are drawn: a
// machine without an emoji font would show empty boxes in their place.
const DRAWN = {
  "💡": [
    ["path", { d: "M12 2a7 7 0 0 0-4.3 12.5c.9.8 1.3 1.5 1.3 2.5h6c0-1 .4-1.7 1.3-2.5A7 7 0 0 0 12 2z", fill: "#ffcf4a" }],
    ["path", { d: "M9.5 10.5l2 1.5v5h1v-5l2-1.5-.6-.8-1.9 1.4-1.9-1.4z", fill: "#d98a1f" }],
    ["path", { d: "M9 18h6v1.5H9zM9.5 20.2h5l-1 1.8h-3z", fill: "#8d96a8" }],
  ],
  "👍": [
    ["path", { d: "M2.5 11h4v10h-4z", fill: "#4d7fd6" }],
    ["path", { d: "M7.5 11l4-8.5c1.9 0 2.9 1.3 2.6 3.2L13.6 9h5.7c1.5 0 2.5 1.3 2.1 2.8l-1.9 7c-.3 1.3-1.3 2.2-2.7 2.2H10.5c-1.2 0-2.1-.4-3-1z", fill: "#ffcf4a" }],
  ],
  "🎉": [
    ["path", { d: "M2.5 21.5l5-13 8 8z", fill: "#ffcf4a" }],
    ["path", { d: "M4.5 16.3l3.7 3.3-2.2.8-2.3-2.1zM6.5 11l7.6 6.9-2.2.8-6.2-5.7z", fill: "#e0613f" }],
    ["path", { d: "M10 7c1.5-1.2 1.6-3 .6-4.8l1.5-.8c1.4 2.6 1 5.3-1 7zM16.5 13.8c1.9-1.2 3.6-1.2 5.2-.1l-.9 1.5c-1.1-.7-2.2-.7-3.4.1z", fill: "#4d7fd6" }],
    ["path", { d: "M13 11c1-3.5 3.5-5.4 7-5.7l.2 1.7c-2.8.3-4.7 1.8-5.6 4.5z", fill: "#c25bd0" }],
    ["path", { d: "M16 3.2h1.8V5H16zM20 9.3h1.8v1.8H20zM5.5 3.5h1.8v1.8H5.5z", fill: "#49b06f" }],
  ],
  "🔥": [
    ["path", { d: "M12.5 1.5c.6 4-4 5.5-5.6 9.2C4.7 15.8 7.5 22.5 12.3 22.5s8-3.6 7.6-8.2c-.2-2.6-1.6-4.3-2.7-5.8-.3 1.4-.9 2.3-2 2.9.5-3.9-.3-7.5-2.7-9.9z", fill: "#f0652f" }],
    ["path", { d: "M12.3 12c.4 2-3.3 3.4-3.3 6.4 0 2.3 1.5 3.6 3.3 3.6s3.5-1.3 3.5-3.7c0-1.2-.5-2-1.1-2.8-.2.7-.6 1.1-1.1 1.3.1-1.9-.3-3.6-1.3-4.8z", fill: "#ffcf4a" }],
  ],
  "⏳": [
    ["path", { d: "M7 4h10v3.5c0 2-3.5 3.3-3.5 4.5s3.5 2.5 3.5 4.5V20H7v-3.5c0-2 3.5-3.3 3.5-4.5S7 9.5 7 7.5z", fill: "#9dbcff" }],
    ["path", { d: "M8.7 7.5h6.6c-.5 1.2-2.3 2-3.3 3-1-1-2.8-1.8-3.3-3zM8.5 19c.3-1.8 2.3-2.6 3.5-2.6s3.2.8 3.5 2.6z", fill: "#e0a33f" }],
    ["path", { d: "M5.5 2.5h13v2h-13zM5.5 19.5h13v2h-13z", fill: "#a5703a" }],
  ],
  "⌛": [
    ["path", { d: "M7 4h10v3.5c0 2-3.5 3.3-3.5 4.5s3.5 2.5 3.5 4.5V20H7v-3.5c0-2 3.5-3.3 3.5-4.5S7 9.5 7 7.5z", fill: "#9dbcff" }],
    ["path", { d: "M7.2 19.2c.4-3.4 3.2-5.4 4.8-6.2 1.6.8 4.4 2.8 4.8 6.2z", fill: "#e0a33f" }],
    ["path", { d: "M5.5 2.5h13v2h-13zM5.5 19.5h13v2h-13z", fill: "#a5703a" }],
  ],
  "✅": [
    ...square("#3fae62"),
    ["path", { d: "M10.2 17.4l-4.6-4.6 1.9-1.9 2.7 2.7 6.3-6.4 1.9 1.9z", fill: "#fff" }],
  ],
  "🧊": [
    ...square("#7cc4f2"),
    ["path", { d: "M2.5 9.5h12.5v12H7a4.5 4.5 0 0 1-4.5-4.5z", fill: "#a9dcfb" }],
    ["path", { d: "M5.5 12.5h2v6h-2z", fill: "#fff" }],
  ],
  "🟩": square("#3fae62"),
  "🟥": square("#dc4a4a"),
  "🟦": square("#4a80e8"),
  "🟨": square("#efc53f"),
  "⬜": [...square("#aab3c4"), ["rect", { x: 4.5, y: 4.5, width: 15, height: 15, rx: 3, fill: "#e9edf4" }]],
  "⬛": square("#4a5263"),
};

const MORE_EMOJI = ["💡", "👍", "🎉", "👎", "👏", "❤️", "🔥", "👀", "🤔", "😀", "😅", "🙏", "💯", "✅", "❌", "⭐", "🚀", "🐛", "📚", "🧠", "⏰", "☕", "1️⃣", "2️⃣"];

function emojiNode(emoji, cls = "emoji") {
  const shapes = DRAWN[emoji];
  if (shapes) return svg("0 0 24 24", shapes, { class: cls, role: "img", "aria-label": emoji });
  return h("span", { class: cls, text: emoji });
}

// Not where the emoji is but the beginning of a longer one (skin tone, joiner).
const EMOJI_SPLIT = new RegExp(`(${Object.keys(DRAWN).join("|")})(?![\\u{1F3FB}-\\u{1F3FF}\\u200D])\\uFE0F?`, "u");

/** Text as nodes, with the drawn emoji in place. */
function textNodes(text) {
  return text.split(EMOJI_SPLIT).filter(Boolean).map((part) => (DRAWN[part] ? emojiNode(part) : document.createTextNode(part)));
}

const BIRD = [
  ["path", { d: "M5 25c3.2-.6 5.4-2 7-4.2-1.6-5.6 1-11 6.4-12.4 1.9-.5 3.8-.1 5.2 1l4 1.1-3.1 2.1c.9 6.6-3.3 11.6-9.7 12.1-3.2.25-6.4.35-9.8.3z", fill: "#fff" }],
  ["path", { d: "M13.5 19.5c1.2-2.7 3.3-4.3 6.2-4.7-.3 3.3-2.2 5.2-6.2 4.7z", fill: "#9dbcff" }],
  ["circle", { cx: 21.3, cy: 11.6, r: 1.2, fill: "#17305f" }],
];

function avatar(member, cls = "avatar") {
  if (!member) return h("span", { class: cls, "aria-hidden": "true", text: "?" });
  const el = h("span", { class: member.bot ? `${cls} bird` : cls, "aria-hidden": "true" });
  if (member.bot) el.append(svg("0 0 32 32", BIRD));
  else el.textContent = (member.nick || member.name || "?").slice(0, 1).toUpperCase();
  if (!member.bot) el.style.setProperty("background-color", hexColor(member.color) || "#5b6b8c");
  return el;
}

function hexColor(color) {
  if (typeof color === "number") return `#${color.toString(16).padStart(6, "0")}`;
  return typeof color === "string" && /^#[0-9a-f]{6}$/i.test(color) ? color : null;
}

/** Snowflakes are numbers too long for JavaScript: longer is later, then text order. */
function laterThan(a, b) {
  if (!a) return false;
  if (!b) return true;
  return a.length === b.length ? a > b : a.length > b.length;
}

class Refused extends Error {
  constructor(message, kind) {
    super(message);
    this.kind = kind;
  }
}

async function call(path, body) {
  let reply;
  try {
    reply = await fetch(`/page/api/${path}`, body === undefined
      ? { cache: "no-store" }
      : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Refused("The playground is not reachable. Is it still running?", "offline");
  }
  const value = await reply.json().catch(() => ({}));
  if (!reply.ok) throw new Refused(value.error || `The playground answered ${reply.status}.`, value.kind);
  return value;
}

const get = (path, query) => call(`${path}?${new URLSearchParams(query)}`);
const post = (path, body) => call(path, { as: state.as, ...body });

const debounce = (ms, fn) => {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => fn(...args), ms);
  };
};

const remember = {
  read: (key) => { try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; } },
  write: (key, value) => { try { sessionStorage.setItem(key, JSON.stringify(value)); } catch { /* private windows */ } },
};

const el = (id) => document.getElementById(id);
const narrow = () => matchMedia("(max-width: 699px)").matches;

function toast(text, tone = "") {
  const node = h("div", { class: `toast ${tone}`, text });
  el("toasts").append(node);
  setTimeout(() => node.remove(), tone === "bad" ? 8000 : 3500);
}

// ---------------------------------------------------------------- state

const state = {
  as: null, // the name of the member who sits here
  view: null, // the last answer of /view
  known: new Map(), // member id -> member
  local: new Map(), // channel -> entries that exist on this page only (sending, failed)
  failures: new Map(), // message id -> why pressing something on it failed
  hidden: new Set(remember.read("hidden") || []), // dismissed private messages
  seen: {}, // channel -> last message read
  tried: new Set(remember.read("tried") || []), // steps of the greeting that were taken
};

const memberById = (id) => state.known.get(id);
const channelById = (id) => state.view?.channels.find((c) => c.id === id);
const displayName = (m) => m?.nick || m?.name || "somebody";
const zone = () => state.view?.zone || "UTC";
const botName = () => displayName(state.view?.members.find((m) => m.bot)) || "the bot";

function commandNamed(name) {
  return state.view?.commands.find((c) => c.name === name);
}

function tried(step) {
  if (state.tried.has(step)) return;
  state.tried.add(step);
  remember.write("tried", [...state.tried]);
  panes.channel?.render();
}

function localEntries(channel) {
  if (!state.local.has(channel)) state.local.set(channel, []);
  return state.local.get(channel);
}

function dropLocal(channel, entry) {
  state.local.set(channel, localEntries(channel).filter((e) => e !== entry));
  renderPanes();
}

// ---------------------------------------------------------------- time

const formats = new Map();
function format(date, options) {
  const key = JSON.stringify([zone(), options]);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat("en-GB", { timeZone: zone(), ...options }));
  return formats.get(key).format(date);
}

const clockText = (d) => format(d, { hour: "2-digit", minute: "2-digit" });
const dayKey = (d) => format(d, { year: "numeric", month: "2-digit", day: "2-digit" });
const longDay = (d) => format(d, { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const now = () => new Date(state.view?.now || 0);

function stamp(date) {
  if (dayKey(date) === dayKey(now())) return clockText(date);
  return `${format(date, { weekday: "short", day: "numeric", month: "short" })} ${clockText(date)}`;
}

function relative(date) {
  const seconds = (date - now()) / 1000;
  const steps = [["year", 31557600], ["month", 2629800], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];
  const [unit, size] = steps.find(([, s]) => Math.abs(seconds) >= s) || ["second", 1];
  return new Intl.RelativeTimeFormat("en", { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

function discordTime(seconds, style) {
  const date = new Date(seconds * 1000);
  const day = { day: "numeric", month: "long", year: "numeric" };
  switch (style) {
    case "t": return clockText(date);
    case "T": return format(date, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
    case "d": return dayKey(date);
    case "D": return format(date, day);
    case "F": return `${longDay(date)} ${clockText(date)}`;
    case "R": return relative(date);
    default: return `${format(date, day)} ${clockText(date)}`;
  }
}

/** The instant at which the world's zone shows this date (days from today) and hour. */
function wall(daysAhead, hour) {
  const [day, month, year] = dayKey(now()).split("/").map(Number);
  const wanted = Date.UTC(year, month - 1, day + daysAhead, hour);
  let guess = wanted;
  for (let round = 0; round < 2; round += 1) {
    const date = new Date(guess);
    const [d, m, y] = dayKey(date).split("/").map(Number);
    const [hh, mm] = clockText(date).split(":").map(Number);
    guess += wanted - Date.UTC(y, m - 1, d, hh, mm);
  }
  return new Date(guess);
}

// ---------------------------------------------------------------- Markdown, as Discord reads it

function markdown(source) {
  const out = [];
  let paragraph = "";
  const flush = () => {
    const text = paragraph.replace(/\n$/, "").replace(out.length ? /^\n/ : /^$/, "");
    if (text.trim()) out.push(h("div", { class: "p" }, inline(text)));
    paragraph = "";
  };
  let rest = String(source || "");
  let lineStart = true;
  while (rest) {
    let m;
    if (lineStart) {
      if ((m = /^>>> ?([\s\S]*)$/.exec(rest))) {
        flush();
        out.push(h("blockquote", {}, markdown(m[1])));
        break;
      }
      if ((m = /^(?:>(?: [^\n]*)?(?:\n|$))+/.exec(rest))) {
        flush();
        out.push(h("blockquote", {}, markdown(m[0].replace(/^> ?/gm, "").replace(/\n$/, ""))));
        rest = rest.slice(m[0].length);
        continue;
      }
      if ((m = /^(#{1,3}) +([^\n]+)(?:\n|$)/.exec(rest))) {
        flush();
        out.push(h("div", { class: `h${m[1].length}`, role: "heading", "aria-level": m[1].length + 3 }, inline(m[2])));
        rest = rest.slice(m[0].length);
        continue;
      }
      if ((m = /^-# +([^\n]+)(?:\n|$)/.exec(rest))) {
        flush();
        out.push(h("div", { class: "subtext" }, inline(m[1])));
        rest = rest.slice(m[0].length);
        continue;
      }
      if ((m = /^(?: *(?:[-*]|\d{1,9}\.) +[^\n]+(?:\n {2,}[^\n]+)*(?:\n|$))+/.exec(rest))) {
        flush();
        out.push(list(m[0].replace(/\n$/, "").split("\n")));
        rest = rest.slice(m[0].length);
        continue;
      }
    }
    if ((m = /^```(?:([\w+#.-]*)\n)?([\s\S]*?)```\n?/.exec(rest)) && m[2].trim()) {
      flush();
      out.push(codeBlock(m[2].replace(/\n$/, ""), m[1] || ""));
      rest = rest.slice(m[0].length);
      lineStart = true;
      continue;
    }
    // Up to the end of the line, or to a fence inside it.
    const line = /^[^\n]*(?:\n|$)/.exec(rest)[0];
    const fence = line.indexOf("```", rest.startsWith("```") ? 3 : 0);
    const take = fence > 0 && rest.indexOf("```", fence + 3) > 0 ? fence : line.length;
    paragraph += rest.slice(0, take);
    rest = rest.slice(take);
    lineStart = take === line.length;
  }
  flush();
  return out;
}

/** Nested lists by indentation; a line without a marker continues the item above. */
function list(lines) {
  const root = { items: [], indent: -1 };
  const stack = [root];
  for (const line of lines) {
    const m = /^( *)([-*]|\d{1,9}\.) +(.*)$/.exec(line);
    if (!m) {
      const items = stack[stack.length - 1].items;
      items[items.length - 1].text += `\n${line.trim()}`;
      continue;
    }
    const indent = m[1].length;
    while (stack.length > 1 && indent < stack[stack.length - 1].indent) stack.pop();
    let top = stack[stack.length - 1];
    if (indent > top.indent) {
      const items = top.items;
      const child = { items: [], indent, start: parseInt(m[2], 10) };
      if (items.length) items[items.length - 1].children.push(child);
      else root.first = child;
      if (!items.length && top !== root) top.items.push({ text: "", children: [child] });
      stack.push(child);
      top = child;
    }
    top.items.push({ text: m[3], children: [] });
  }
  const draw = (node) => {
    const ordered = !Number.isNaN(node.start);
    return h(ordered ? "ol" : "ul", ordered ? { start: node.start } : {},
      node.items.map((item) => h("li", {}, inline(item.text), item.children.map(draw))));
  };
  return draw(root.first);
}

const INLINE = [
  [/\\([^A-Za-z0-9\s])/y, (m) => document.createTextNode(m[1])],
  [/<t:(-?\d{1,12})(?::([tTdDfFR]))?>/y, (m) => h("time", { class: "when", title: discordTime(Number(m[1]), "F"), text: discordTime(Number(m[1]), m[2]) })],
  [/<@!?(\d+)>/y, (m) => h("span", { class: m[1] === state.view?.me.id ? "mention me" : "mention", text: `@${displayName(memberById(m[1]))}` })],
  [/<@&(\d+)>/y, () => h("span", { class: "mention", text: "@role" })],
  [/<#(\d+)>/y, (m) => channelLink(m[1])],
  [/<\/([^:>]+):\d+>/y, (m) => h("span", { class: "mention", text: `/${m[1]}` })],
  [/<a?:(\w+):\d+>/y, (m) => h("span", { class: "dim", text: `:${m[1]}:` })],
  [/<(https?:\/\/[^\s>]+)>/y, (m) => link(m[1], [m[1]])],
  [/\[((?:\\.|[^[\]\\])+)\]\(<?(https?:\/\/(?:\([^\s()]*\)|[^\s()>])+)>?(?: +"[^"]*")?\)/y, (m, depth) => link(m[2], inline(m[1], depth))],
  [/https?:\/\/[^\s<]*[^\s<.,:;"'\])!?*_~|]/y, (m) => link(m[0], [m[0]])],
];

// What stands between two equal marks. Searched by hand: as regular expressions with
// their escapes and code spans these can take for ever on a hostile text.
const PAIRS = [
  ["***", (c) => h("strong", {}, h("em", {}, c))],
  ["**", (c) => h("strong", {}, c)],
  ["__", (c) => h("u", {}, c)],
  ["~~", (c) => h("s", {}, c)],
  ["||", (c) => spoiler(c)],
  ["*", (c) => h("em", {}, c)],
  ["_", (c) => h("em", {}, c)],
];

/** The length of the run of backticks at `at`, and where an equal run closes it (or -1). */
function codeSpan(source, at) {
  let run = 1;
  while (source[at + run] === "`") run += 1;
  const mark = "`".repeat(run);
  for (let end = source.indexOf(mark, at + run); end >= 0; end = source.indexOf(mark, end)) {
    let length = run;
    while (source[end + length] === "`") length += 1;
    if (length === run) return { run, end };
    end += length;
  }
  return { run, end: -1 };
}

/** Where `mark` closes, past escapes, code and doubled marks; -1 if it never does. */
function closing(source, from, mark) {
  for (let i = from; i < source.length;) {
    if (source[i] === "\\") i += 2;
    else if (source[i] === "`") {
      const { run, end } = codeSpan(source, i);
      i = end < 0 ? i + run : end + run;
    } else if (!source.startsWith(mark, i)) i += 1;
    else if (mark.length === 1 && source[i + 1] === mark) i += 2;
    else if (mark !== "||" && source[i + mark.length] === mark[0] && i === from) i += 1;
    else {
      while (mark.length === 2 && mark !== "||" && source[i + 2] === mark[0]) i += 1;
      return i > from ? i : -1;
    }
  }
  return -1;
}

/** The longest marked stretch that begins at `at`: its node and its length. */
function pair(source, at, depth) {
  const before = source[at - 1] || " ";
  for (const [mark, build] of PAIRS) {
    if (!source.startsWith(mark, at)) continue;
    const from = at + mark.length;
    const single = mark.length === 1;
    if ((single || mark === "***") && /\s/.test(source[from] || " ")) continue;
    if (mark === "_" && /\w/.test(before)) continue;
    const end = closing(source, from, mark);
    if (end < 0 || (single && /\s/.test(source[end - 1])) || (mark === "_" && /\w/.test(source[end + 1] || " "))) continue;
    return { node: build(inline(source.slice(from, end), depth)), length: end + mark.length - at };
  }
  return null;
}

function inline(source, depth = 0) {
  const out = [];
  let text = "";
  const add = (node, length) => {
    if (text) out.push(...textNodes(text));
    text = "";
    out.push(node);
    at += length;
  };
  let at = 0;
  while (at < source.length) {
    const c = source[at];
    if (c === "`") {
      const { run, end } = codeSpan(source, at);
      if (end >= 0) {
        const code = source.slice(at + run, end);
        add(h("code", { text: code.trim() || code }), end + run - at);
        continue;
      }
      text += source.slice(at, at + run);
      at += run;
      continue;
    }
    if (depth < 12 && "*_~|".includes(c)) {
      const found = pair(source, at, depth + 1);
      if (found) {
        add(found.node, found.length);
        continue;
      }
    } else if (depth < 12 && ("\\<[".includes(c) || (c === "h" && !/\w/.test(source[at - 1] || " ")))) {
      let found = null;
      for (const [pattern, build] of INLINE) {
        pattern.lastIndex = at;
        const m = pattern.exec(source);
        if (m) {
          found = [build(m, depth + 1), m[0].length];
          break;
        }
      }
      if (found) {
        add(...found);
        continue;
      }
    }
    text += c;
    at += 1;
  }
  if (text) out.push(...textNodes(text));
  return out;
}

function link(href, children) {
  return h("a", { href, target: "_blank", rel: "noopener noreferrer nofollow" }, children);
}

function channelLink(id) {
  const channel = channelById(id);
  if (!channel) return h("span", { class: "mention", text: "#unknown" });
  return h("button", { class: "mention", type: "button", text: `#${channel.name}`, on: { click: () => open(id) } });
}

function spoiler(children) {
  const node = h("span", { class: "spoiler", role: "button", tabindex: 0, "aria-label": "Spoiler, press to show" }, h("span", {}, children));
  const show = () => {
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (e) => {
    if (e.key === "Enter" || e.key === " ") { e.preventDefault(); show(); }
  });
  return node;
}

// ---------------------------------------------------------------- code highlighting

const WORDS = {
  c: "auto break case char class const continue default delete do double else enum extern false float for if include inline int long namespace new nullptr private protected public return short signed sizeof static struct switch template this true typedef union unsigned using virtual void volatile while",
  go: "break case chan const continue default defer else fallthrough false for func go goto if import interface map nil package range return select struct switch true type var",
  java: "abstract boolean break byte case catch char class const continue default do double else enum extends false final finally float for fun if implements import in instanceof int interface long new null object override package private protected public record return short static super switch synchronized this throw throws true try val var void volatile when while",
  js: "as async await break case catch class const continue default delete do else enum export extends false finally for from function if implements import in instanceof interface let new null of return static super switch this throw true try type typeof undefined var void while yield",
  python: "and as assert async await break class continue def del elif else except False finally for from global if import in is lambda None nonlocal not or pass raise return True try while with yield",
  rust: "as async await break const continue crate dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return self Self static struct super trait true type unsafe use where while",
  sql: "add all alter and any as asc between by cascade case check column commit constraint create cross database default delete desc distinct drop else end exists explain analyze foreign from full group having if in index inner insert into is isolation join key left level like limit lock not null offset on or order outer over partition primary read references returning right rollback row rows select serializable set share skip table then transaction union unique update using values view when where with begin committed repeatable",
  sh: "case do done echo elif else esac exit export fi for function if in local read return set shift then unset while curl docker git grep kubectl sudo",
  yaml: "true false null yes no on off",
  http: "GET POST PUT PATCH DELETE HEAD OPTIONS HTTP",
};
const ALIAS = { "c++": "c", cpp: "c", "c#": "java", cs: "java", csharp: "java", h: "c", golang: "go", kotlin: "java", kt: "java", scala: "java", swift: "java", javascript: "js", jsx: "js", ts: "js", typescript: "js", tsx: "js", json: "js", py: "python", rs: "rust", postgresql: "sql", postgres: "sql", mysql: "sql", bash: "sh", shell: "sh", zsh: "sh", console: "sh", dockerfile: "sh", yml: "yaml", toml: "yaml", ini: "yaml" };
const HASH = new Set(["python", "sh", "yaml"]);

function highlight(code, label) {
  const language = ALIAS[label] || label;
  if (language === "diff") {
    return code.split(/(?<=\n)/).map((line) => h("span", { class: line[0] === "+" ? "hl-s" : line[0] === "-" ? "hl-d" : "", text: line }));
  }
  const words = WORDS[language];
  if (!words) return [code];
  const keywords = new Set(words.split(" "));
  const comment = HASH.has(language) ? "#[^\\n]*" : language === "sql" ? "--[^\\n]*|\\/\\*[\\s\\S]*?\\*\\/" : language === "http" ? "\\0" : "\\/\\/[^\\n]*|\\/\\*[\\s\\S]*?\\*\\/";
  const quotes = language === "rust" ? '"(?:\\\\.|[^"\\\\])*"|\'(?:\\\\.|[^\'\\\\])\'' : '"(?:\\\\.|[^"\\\\\\n])*"|\'(?:\\\\.|[^\'\\\\\\n])*\'|`(?:\\\\.|[^`\\\\])*`';
  const token = new RegExp(`(${comment})|(${quotes})|(\\b\\d[\\w.]*)|([A-Za-z_$][\\w$-]*(?=\\s*:)|[A-Za-z_$][\\w$]*!?)`, "g");
  const out = [];
  let last = 0;
  for (const m of code.matchAll(token)) {
    const word = language === "sql" ? m[4]?.toLowerCase() : m[4];
    const after = code.slice(m.index + m[0].length).match(/^\s*(.)/)?.[1];
    const cls = m[1] ? "hl-c" : m[2] ? "hl-s" : m[3] ? "hl-n"
      : keywords.has(word) ? "hl-k"
        : after === "(" ? "hl-f"
          : after === ":" && (language === "yaml" || language === "http") ? "hl-f"
            : /^[A-Z][a-z]/.test(m[0]) ? "hl-t" : "";
    if (!cls) continue;
    out.push(code.slice(last, m.index), h("span", { class: cls, text: m[0] }));
    last = m.index + m[0].length;
  }
  out.push(code.slice(last));
  return out;
}

function codeBlock(code, label) {
  const copy = h("button", { class: "code-copy", type: "button", "aria-label": "Copy the code", title: "Copy" }, icon("copy"));
  copy.addEventListener("click", () => navigator.clipboard?.writeText(code).then(() => toast("Copied")));
  return h("figure", { class: "code" },
    label && h("figcaption", { text: label }), copy,
    h("pre", { tabindex: 0, "aria-label": label ? `Code, ${label}` : "Code" }, h("code", {}, highlight(code, label.toLowerCase()))));
}

// ---------------------------------------------------------------- floating things

let openPopover = null;

function closePopover(refocus = true) {
  if (!openPopover) return;
  const { node, anchor, onClose } = openPopover;
  openPopover = null;
  node.remove();
  anchor.setAttribute("aria-expanded", "false");
  if (refocus && anchor.isConnected) anchor.focus();
  onClose?.();
}

/** Shows `content` beside `anchor`, inside the window; Esc and a press elsewhere close it. */
function popover(anchor, content, { label, onClose, role = "menu" } = {}) {
  const again = openPopover?.anchor === anchor;
  closePopover(false);
  if (again) return null;
  const node = h("div", { class: "popover", role, "aria-label": label }, content);
  document.body.append(node);
  const place = anchor.getBoundingClientRect();
  node.style.setProperty("--anchor", `${place.width}px`);
  const { offsetWidth: width, offsetHeight: height } = node;
  const left = Math.max(8, Math.min(place.left, innerWidth - width - 8));
  const below = place.bottom + 6 + height < innerHeight || place.top < height + 14;
  node.style.left = `${left}px`;
  node.style.top = `${Math.max(8, below ? place.bottom + 6 : place.top - height - 6)}px`;
  anchor.setAttribute("aria-expanded", "true");
  openPopover = { node, anchor, onClose };
  node.querySelector("[aria-checked=true], button, input, a")?.focus();
  node.addEventListener("keydown", (e) => {
    const stops = [...node.querySelectorAll("button:not([disabled]), a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key];
    if (e.key === "Escape" || e.key === "Tab") {
      e.preventDefault();
      e.stopPropagation();
      closePopover();
    } else if (step && stops.length) {
      e.preventDefault();
      stops[(at + step + stops.length) % stops.length].focus();
    }
  });
  return node;
}

document.addEventListener("pointerdown", (e) => {
  if (openPopover && !openPopover.node.contains(e.target) && !openPopover.anchor.contains(e.target)) closePopover(false);
});
addEventListener("resize", () => closePopover(false));

function menuItem(label, detail, run, props = {}) {
  return h("button", { type: "button", role: "menuitem", class: "menu-item", ...props, on: { click: () => { closePopover(); run(); } } },
    h("span", { class: "menu-label" }, label), detail && h("span", { class: "menu-detail" }, detail));
}

// ---------------------------------------------------------------- what one does to messages

async function acting(run) {
  try {
    return await run();
  } catch (refused) {
    toast(refused.message, "bad");
    return null;
  } finally {
    refresh();
  }
}

const react = (message, emoji, on) => {
  if (on) tried("react");
  return acting(() => post("react", { message: message.id, emoji, on }));
};

const didNotRespond = (refused) => (refused.kind === "not_answered" ? "The application did not respond" : "That did not work");

async function press(message, component, button, values) {
  state.failures.delete(message.id);
  button?.classList.add("busy");
  try {
    handleAnswer(await post("press", { message: message.id, custom_id: component.custom_id, values }));
  } catch (refused) {
    state.failures.set(message.id, { title: didNotRespond(refused), reason: refused.message });
  } finally {
    button?.classList.remove("busy");
    renderPanes();
    refresh();
  }
}

/** The commands that take a step of the greeting. */
const STEPS = { quiz: "quiz", "mock start": "mock", review: "review", me: "me" };

async function runCommand(channel, command, options) {
  const shown = `/${command}${Object.entries(options).map(([k, v]) => ` ${k}:${v}`).join("")}`;
  const entry = { key: `local-${Math.random()}`, at: state.view.now, as: state.as, shown, slow: false };
  localEntries(channel).push(entry);
  const slow = setTimeout(() => { entry.slow = true; renderPanes(); }, 250);
  if (STEPS[command]) tried(STEPS[command]);
  try {
    const answer = await post("slash", { channel, command, options });
    dropLocal(channel, entry);
    handleAnswer(answer);
  } catch (refused) {
    Object.assign(entry, { failed: didNotRespond(refused), reason: refused.message, slow: true, after: channelById(channel)?.last || "0" });
    say(`${entry.failed}. ${entry.reason}`);
  } finally {
    clearTimeout(slow);
    renderPanes();
    refresh();
  }
}

function handleAnswer(answer) {
  if (answer?.modal) openModal(answer.modal);
}

/** Tells a screen reader. */
function say(text) {
  const line = h("div", { text });
  el("live").append(line);
  setTimeout(() => line.remove(), 6000);
}

// ---------------------------------------------------------------- a message

function authorLine(message, author) {
  const at = new Date(message.at);
  return h("div", { class: "by" },
    h("span", { class: author?.bot ? "name bot-name" : "name", text: displayName(author) }),
    author?.bot && h("span", { class: "badge", text: "APP" }),
    author?.admin && h("span", { class: "badge admin", text: "Admin" }),
    h("time", { class: "at", datetime: message.at, title: `${longDay(at)} ${clockText(at)}`, text: stamp(at) }));
}

/** What Discord says by itself. Kind 1: somebody was put into a thread; 18: somebody made one. */
const isNotice = (m) => m.kind === 1 || m.kind === 18;

function noticeNode(message, author) {
  if (message.kind === 1) {
    const whom = (message.mentions || []).map((id) => displayName(memberById(id))).join(", ");
    return h("li", { class: "msg notice", tabindex: -1, data: { id: message.id } }, icon("plus"), h("div", { class: "body" },
      h("b", { text: displayName(author) }), " added ", h("b", { text: whom }), " to the thread. ",
      h("time", { class: "at", text: stamp(new Date(message.at)) })));
  }
  const thread = state.view.channels.find((c) => c.kind === "thread" && c.name === message.content);
  return h("li", { class: "msg notice", tabindex: -1, data: { id: message.id } }, icon("thread", "icon"), h("div", { class: "body" },
    h("b", { text: displayName(author) }), " started a thread: ",
    thread ? h("button", { type: "button", class: "linklike", text: message.content, on: { click: () => open(thread.id) } }) : message.content,
    " ", h("time", { class: "at", text: stamp(new Date(message.at)) })));
}

function messageNode(message, compact) {
  const author = memberById(message.author?.id ?? message.author) || message.author;
  if (isNotice(message)) return noticeNode(message, author);
  const thinking = isThinking(message);
  const isStarter = message.kind === 21;
  const body = h("div", { class: "body" },
    message.interaction && h("div", { class: "context" }, icon("slash"),
      h("b", { text: displayName(memberById(message.interaction.member?.id ?? message.interaction.member) || message.interaction.member) }), " used ",
      h("span", { class: "used", text: `/${message.interaction.name}` })),
    message.reference && h("div", { class: "context" }, icon("reply"),
      h("b", { text: displayName(memberById(message.reference.author)) }), " ", h("span", { class: "clip", text: message.reference.excerpt || "a message" })),
    !compact && authorLine(message, author),
    thinking
      ? h("div", { class: "thinking" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), `${displayName(author)} is thinking…`)
      : h("div", { class: "content" }, markdown(message.content),
        message.edited && h("span", { class: "edited", title: "This message was changed", text: "(edited)" })),
    (message.embeds || []).map(embedNode),
    (message.attachments || []).map(attachmentNode),
    componentsNode(message),
    failureNode(message),
    reactionsNode(message),
    message.thread && threadChip(message.thread),
    message.ephemeral && h("div", { class: "only-you" }, icon("eye"), "Only you can see this · ",
      h("button", { type: "button", class: "linklike", text: "Dismiss message", on: { click: () => dismiss(message) } })));
  const node = h("li", {
    class: ["msg", compact && "compact", message.ephemeral && "private", !message.ephemeral && mentionsMe(message) && "pinged", isStarter && "starter"].filter(Boolean).join(" "),
    tabindex: -1, data: { id: message.id },
    "aria-label": `${displayName(author)}, ${clockText(new Date(message.at))}${message.ephemeral ? ", only you can see this" : ""}`,
  },
  compact ? h("time", { class: "gutter", datetime: message.at, text: clockText(new Date(message.at)) }) : avatar(author),
  body,
  !thinking && !isStarter && toolbar(message));
  longPress(node);
  return node;
}

const LOADING = 1 << 7;
const isThinking = (m) => Boolean((m.flags || 0) & LOADING);
const mentionsMe = (m) => typeof m.content === "string" && m.content.includes(`<@${state.view.me.id}>`);

function dismiss(message) {
  state.hidden.add(message.id);
  remember.write("hidden", [...state.hidden].slice(-200));
  renderPanes();
}

function longPress(node) {
  let timer;
  const stop = () => clearTimeout(timer);
  node.addEventListener("pointerdown", (e) => {
    if (e.pointerType !== "touch" || e.target.closest("button, a, input, pre")) return;
    timer = setTimeout(() => { node.focus({ preventScroll: true }); navigator.vibrate?.(8); }, 380);
  });
  for (const name of ["pointerup", "pointercancel", "pointermove", "pointerleave"]) node.addEventListener(name, stop);
}

function toolbar(message) {
  const quick = ["💡", "👍", "🎉"];
  const mine = (emoji) => (message.reactions || []).some((r) => r.emoji === emoji && r.me);
  const more = h("button", { type: "button", class: "tool", "aria-label": "More", title: "More", "aria-haspopup": "menu" }, icon("more"));
  more.addEventListener("click", () => popover(more, [
    !message.ephemeral && h("div", { class: "emoji-grid" }, MORE_EMOJI.map((emoji) =>
      h("button", { type: "button", class: "tool", role: "menuitem", "aria-label": `React with ${emoji}`, on: { click: () => { closePopover(); react(message, emoji, !mine(emoji)); } } }, emojiNode(emoji)))),
    menuItem("Copy text", null, () => navigator.clipboard?.writeText(plainText(message)).then(() => toast("Copied"))),
  ], { label: "More to do with this message" }));
  return h("div", { class: "toolbar", role: "group", "aria-label": "React" },
    !message.ephemeral && quick.map((emoji) =>
      h("button", { type: "button", class: "tool", "aria-label": `React with ${emoji}`, title: `React with ${emoji}`, on: { click: () => react(message, emoji, !mine(emoji)) } }, emojiNode(emoji))),
    more);
}

function plainText(message) {
  const embeds = (message.embeds || []).flatMap((e) => [e.title, e.description, ...(e.fields || []).flatMap((f) => [f.name, f.value]), e.footer?.text]);
  return [message.content, ...embeds].filter(Boolean).join("\n");
}

function embedNode(embed) {
  const node = h("article", { class: "embed" },
    embed.author?.name && h("div", { class: "embed-author" }, textNodes(embed.author.name)),
    embed.title && h("div", { class: "embed-title" }, embed.url && /^https?:/.test(embed.url) ? link(embed.url, inline(embed.title)) : inline(embed.title)),
    embed.description && h("div", { class: "content" }, markdown(embed.description)),
    embed.fields?.length > 0 && h("div", { class: "fields" }, embed.fields.map((f) =>
      h("div", { class: f.inline ? "field" : "field wide" }, h("div", { class: "field-name" }, inline(f.name)), h("div", { class: "content" }, markdown(f.value))))),
    (embed.footer?.text || embed.timestamp) && h("div", { class: "embed-footer" },
      textNodes([embed.footer?.text, embed.timestamp && stamp(new Date(embed.timestamp))].filter(Boolean).join(" · "))));
  const color = hexColor(embed.color);
  if (color) node.style.setProperty("--bar", color);
  return node;
}

function bytes(size) {
  return size < 1000 ? `${size} bytes` : size < 1e6 ? `${(size / 1000).toFixed(1)} KB` : `${(size / 1e6).toFixed(1)} MB`;
}

/** A picture with its words for those who cannot see it; anything else as a link that keeps it. */
function attachmentNode(file) {
  const url = `/page/api/file?${new URLSearchParams({ as: state.as, message: file.message, file: file.id })}`;
  if (!file.picture) {
    return h("a", { class: "attachment", href: url, download: file.filename, title: "Download" }, icon("file"),
      h("span", { class: "attachment-text" }, h("span", { class: "clip attachment-name", text: file.filename }), h("span", { class: "dim small", text: bytes(file.size) })), icon("download"));
  }
  const alt = file.description || file.filename;
  return h("figure", { class: "picture" },
    h("a", { href: url, target: "_blank", rel: "noopener", "aria-label": `Open the picture: ${alt}` }, h("img", { src: url, alt })),
    file.description && h("details", { class: "alt" }, h("summary", { title: "The words for those who cannot see the picture" }, "ALT"), h("figcaption", { text: file.description })));
}

function componentsNode(message) {
  const rows = (message.components || []).filter((row) => row.components?.length);
  return rows.map((row) => h("div", { class: "row" }, row.components.map((c) => (c.type === 2 ? buttonNode(message, c) : selectNode(message, c)))));
}

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };

function buttonNode(message, c) {
  const face = [c.emoji?.name && emojiNode(c.emoji.name), c.label && h("span", {}, textNodes(c.label))];
  if (c.style === 5) {
    if (!/^https?:\/\//.test(c.url || "")) return null;
    return h("a", { class: "button secondary", href: c.url, target: "_blank", rel: "noopener noreferrer" }, face, icon("external"));
  }
  const node = h("button", { type: "button", class: `button ${STYLES[c.style] || "secondary"}`, disabled: c.disabled, data: { custom: c.custom_id } }, face);
  node.addEventListener("click", () => press(message, c, node));
  return node;
}

/** What a select menu offers: its own options, or members and channels for the automatic kinds. */
function selectOptions(c) {
  if (c.type === 5 || c.type === 7) return state.view.members.map((m) => ({ label: displayName(m), value: m.id }));
  if (c.type === 8) return state.view.channels.filter((x) => x.kind === "text").map((x) => ({ label: `#${x.name}`, value: x.id }));
  return c.options || [];
}

function selectNode(message, c) {
  const options = selectOptions(c);
  const least = c.min_values ?? 1;
  const most = c.max_values ?? 1;
  const chosen = new Set(options.filter((o) => o.default).map((o) => o.value));
  const names = () => options.filter((o) => chosen.has(o.value)).map((o) => o.label).join(", ");
  const text = h("span", { class: "clip" });
  const show = () => {
    text.textContent = names() || c.placeholder || "Make a selection";
    text.classList.toggle("dim", !names());
  };
  show();
  const node = h("button", { type: "button", class: "select", disabled: c.disabled, "aria-haspopup": "menu", "aria-expanded": "false", data: { custom: c.custom_id } },
    text, icon("down"));
  const send = () => press(message, c, node, [...chosen]);
  node.addEventListener("click", () => {
    // As in Discord, closing a menu of several sends what is chosen, if it is not what it was.
    const before = [...chosen];
    const onClose = () => {
      if (most === 1 || (chosen.size === before.length && before.every((value) => chosen.has(value)))) return;
      if (chosen.size >= least && chosen.size <= most) return void send();
      chosen.clear();
      for (const value of before) chosen.add(value);
      show();
    };
    const apply = h("button", { type: "button", class: "button primary apply", text: "Done", on: { click: () => closePopover() } });
    const check = () => { apply.disabled = chosen.size < least || chosen.size > most; };
    check();
    popover(node, [options.map((o) => {
      const item = h("button", { type: "button", role: most > 1 ? "menuitemcheckbox" : "menuitemradio", "aria-checked": chosen.has(o.value), class: "menu-item pick" },
        most > 1 && h("span", { class: "tickbox", "aria-hidden": "true" }, icon("check")),
        o.emoji?.name && emojiNode(o.emoji.name),
        h("span", { class: "menu-text" }, h("span", { class: "menu-label", text: o.label }), o.description && h("span", { class: "menu-detail", text: o.description })),
        most === 1 && icon("check", "icon tick"));
      item.addEventListener("click", () => {
        if (most === 1) {
          chosen.clear();
          chosen.add(o.value);
          closePopover();
          show();
          send();
          return;
        }
        if (!chosen.delete(o.value)) chosen.add(o.value);
        item.setAttribute("aria-checked", chosen.has(o.value));
        show();
        check();
      });
      return item;
    }), most > 1 && apply], { label: c.placeholder || "Choose", onClose });
  });
  return node;
}

function failureNode(message) {
  const failure = state.failures.get(message.id);
  return failure && h("div", { class: "failure", role: "alert" }, icon("warn"), h("b", { text: failure.title }), " ", failure.reason);
}

function reactionsNode(message) {
  const reactions = message.reactions || [];
  if (!reactions.length) return null;
  return h("div", { class: "reactions" }, reactions.map((r) => {
    const who = (r.members || []).map((m) => displayName(memberById(m) || state.view.members.find((x) => x.name === m)));
    const label = `${who.join(", ") || r.count} reacted with ${r.emoji}`;
    return h("button", {
      type: "button", class: r.me ? "reaction mine" : "reaction", "aria-pressed": Boolean(r.me), "aria-label": label, title: label,
      on: { click: () => react(message, r.emoji, !r.me) },
    }, emojiNode(r.emoji), h("span", { class: "count", text: r.count }));
  }));
}

function threadChip(thread) {
  const known = channelById(thread.id);
  const count = thread.messages ?? known?.messages;
  return h("button", { type: "button", class: "thread-chip", on: { click: () => open(thread.id) } },
    icon("thread"), h("b", { class: "clip", text: thread.name || known?.name || "Thread" }),
    h("span", { class: "see", text: count === undefined ? "Open thread" : `${count} ${count === 1 ? "message" : "messages"} ›` }),
    isUnread(known) && h("span", { class: "dot", title: "New messages" }));
}

function localNode(channel, entry) {
  const who = state.view.members.find((m) => m.name === entry.as);
  const bot = state.view.members.find((m) => m.bot);
  return h("li", { class: "msg private", tabindex: -1 }, avatar(bot), h("div", { class: "body" },
    h("div", { class: "context" }, icon("slash"), h("b", { text: displayName(who) }), " used ", h("span", { class: "used", text: entry.shown })),
    h("div", { class: "by" }, h("span", { class: "name bot-name", text: displayName(bot) }), h("span", { class: "badge", text: "APP" })),
    entry.failed
      ? [h("div", { class: "failure" }, icon("warn"), h("b", { text: entry.failed })),
        h("div", { class: "reason", text: entry.reason }),
        h("div", { class: "only-you" }, icon("eye"), "Only you can see this · ",
          h("button", { type: "button", class: "linklike", text: "Dismiss message", on: { click: () => dropLocal(channel, entry) } }))]
      : h("div", { class: "thinking" }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), "Sending the command…")));
}

// ---------------------------------------------------------------- a pane: header, messages, composer

const panes = {};
const renderPanes = () => { for (const pane of Object.values(panes)) pane.render(); };

class Pane {
  constructor(root, kind) {
    this.root = root;
    this.kind = kind;
    this.id = null;
    this.messages = null;
    this.header = h("header", { class: "head" });
    this.scroller = h("div", { class: "scroll", tabindex: -1 });
    this.list = h("ol", { class: "messages", "aria-label": "Messages" });
    this.jump = h("button", { type: "button", class: "jump", hidden: true, on: { click: () => this.toBottom(true) } }, "New messages ", icon("down"));
    this.composer = new Composer(this);
    this.scroller.append(this.list);
    root.append(this.header, this.scroller, h("div", { class: "foot" }, this.jump, this.composer.root));
    this.scroller.addEventListener("scroll", () => { if (this.atBottom()) this.read(); }, { passive: true });
    this.list.addEventListener("keydown", (e) => this.walk(e));
    // A picture takes its room when it is there; `load` does not bubble.
    this.list.addEventListener("load", () => { if (this.sticky) this.toBottom(); }, true);
    new ResizeObserver(() => { if (this.sticky) this.toBottom(); }).observe(this.scroller);
    this.sticky = true;
  }

  channel() { return channelById(this.id); }

  atBottom() {
    const s = this.scroller;
    this.sticky = s.scrollHeight - s.scrollTop - s.clientHeight < 60;
    return this.sticky;
  }

  toBottom(smooth = false) {
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth && !matchMedia("(prefers-reduced-motion: reduce)").matches ? "smooth" : "instant" });
    this.sticky = true;
    this.read();
  }

  /** Down to the newest, but a text longer than the window is read from its beginning. */
  showNews(message) {
    const row = message && [...this.list.children].find((node) => node.dataset.id === message.id);
    const head = row && row.offsetTop - 48;
    if (row && this.scroller.scrollHeight - head > this.scroller.clientHeight) {
      this.scroller.scrollTop = head;
      this.read();
      this.jump.hidden = this.atBottom();
    } else this.toBottom();
  }

  read() {
    this.jump.hidden = true;
    if (!this.messages) return;
    const last = this.messages.at(-1)?.id;
    const top = laterThan(this.channel()?.last, last) ? this.channel().last : last;
    if (this.id && document.visibilityState === "visible" && laterThan(top, state.seen[this.id])) {
      state.seen[this.id] = top;
      remember.write(`seen-${state.as}`, state.seen);
      renderSide();
    }
  }

  show(id) {
    if (this.id === id) return;
    if (this.id) this.composer.keepDraft();
    this.id = id;
    this.messages = null;
    this.list.replaceChildren();
    this.root.hidden = !id;
    this.sticky = true;
    this.drawnHead = null;
    if (!id) return;
    this.composer.opened();
    this.render();
    this.load();
  }

  async load() {
    const id = this.id;
    if (!id) return;
    try {
      const messages = await get("messages", { as: state.as, channel: id });
      if (id !== this.id) return;
      const first = this.messages === null;
      const before = this.messages?.at(-1)?.id;
      this.messages = messages;
      const fresh = first ? [] : messages.filter((m) => laterThan(m.id, before));
      const news = first ? messages.filter((m) => laterThan(m.id, state.seen[id])) : fresh;
      this.render();
      for (const m of fresh) {
        const author = memberById(m.author?.id ?? m.author);
        if (author?.id !== state.view.me.id) say(`${displayName(author)}: ${plainText(m).slice(0, 300)}`);
      }
      if (first || this.sticky) this.showNews(news[0]);
      else if (fresh.length) this.jump.hidden = false;
    } catch (refused) {
      if (refused.kind !== "offline") toast(refused.message, "bad");
    }
  }

  render() {
    if (!this.id || !state.view) return;
    this.renderHead();
    this.renderMessages();
    this.composer.refresh();
  }

  renderHead() {
    const channel = this.channel();
    if (!channel) return;
    const parent = channelById(channel.parent);
    const sig = JSON.stringify([channel.id, channelTitle(channel), channel.topic, parent?.name, state.view.now.slice(0, 16), isAnythingUnread(this.id), channel.archived, channel.closed]);
    if (sig === this.drawnHead) return;
    this.drawnHead = sig;
    const held = this.header.contains(document.activeElement) && document.activeElement.dataset.key;
    const name = h("div", { class: "title" },
      h("h1", { class: "clip" }, channelGlyph(channel), h("span", { text: channelTitle(channel) })),
      this.kind === "thread" ? parent && h("span", { class: "sub clip", text: `in #${parent.name}` }) : h("span", { class: "sub clip", text: channel.topic || "" }));
    if (this.kind === "thread") {
      fill(this.header, name, h("button", { type: "button", class: "tool", "aria-label": "Close the thread", title: "Close (Esc)", data: { key: "close" }, on: { click: closeThread } }, icon("close")));
    } else {
      fill(this.header,
        h("button", { type: "button", class: "tool burger", "aria-label": "Channels and members", data: { key: "burger" }, on: { click: () => toggleSide() } }, icon("menu"), isAnythingUnread(this.id) && h("span", { class: "dot" })),
        name, channel.kind === "private" && closedSwitch(channel), clockChip());
    }
    if (held) this.header.querySelector(`[data-key="${held}"]`)?.focus();
  }

  /** Draws the list anew but keeps every node whose message did not change. */
  renderMessages() {
    const channel = this.channel();
    if (!channel) return;
    const items = [];
    const names = [...state.view.members.map((m) => displayName(m)), ...state.view.channels.map((c) => c.name)].join();
    const top = this.messages && greeting(this, channel);
    if (top) items.push({ key: "greeting", sig: top.sig, build: () => h("li", { class: "greeting" }, top.build()) });
    let last = null;
    let today = null;
    const local = localEntries(this.id).filter((entry) => entry.slow && entry.as === state.as);
    // What failed stays where it happened; what is on its way is last.
    const place = (before) => {
      while (local.length && (!before || (local[0].after !== undefined && laterThan(before.id, local[0].after)))) {
        const entry = local.shift();
        items.push({ key: entry.key, sig: `${entry.failed}${entry.reason}`, build: () => localNode(this.id, entry) });
        last = null;
      }
    };
    for (const m of this.messages || []) {
      if (state.hidden.has(m.id)) continue;
      place(m);
      const at = new Date(m.at);
      const day = dayKey(at);
      if (today !== day) {
        items.push({ key: `day-${day}`, sig: day, build: () => h("li", { class: "day", role: "separator", "aria-label": longDay(at) }, h("span", { text: longDay(at) })) });
        today = day;
        last = null;
      }
      const author = m.author?.id ?? m.author;
      const compact = Boolean(last) && (last.author?.id ?? last.author) === author && at - new Date(last.at) < 420000
        && !isNotice(m) && !isNotice(last) && last.kind !== 21 && !m.interaction && !m.reference && m.ephemeral === last.ephemeral;
      const relativeTimes = JSON.stringify(m).includes(":R>") ? state.view.now.slice(0, 16) : "";
      const chip = m.thread ? [isUnread(channelById(m.thread.id)), channelById(m.thread.id)?.messages] : 0;
      const sig = JSON.stringify([m, compact, state.failures.get(m.id), names, state.as, relativeTimes, dayKey(now()), chip]);
      items.push({ key: m.id, sig, build: () => messageNode(m, compact) });
      last = m;
    }
    place(null);
    this.sync(items);
  }

  sync(items) {
    const old = new Map([...this.list.children].map((node) => [node.dataset.key, node]));
    const focused = document.activeElement;
    const holder = this.list.contains(focused) ? focused.closest("li") : null;
    let cursor = this.list.firstElementChild;
    for (const item of items) {
      let node = old.get(item.key);
      old.delete(item.key);
      if (!node || node.sig !== item.sig) {
        const fresh = item.build();
        fresh.dataset.key = item.key;
        fresh.sig = item.sig;
        if (node) {
          if (cursor === node) cursor = node.nextElementSibling;
          keepShown(node, fresh);
          keepPictures(node, fresh);
          node.replaceWith(fresh);
          if (node === holder) refocus(fresh, focused);
        } else {
          this.list.insertBefore(fresh, cursor);
          if (this.messages && old.size + this.list.children.length > items.length / 2) fresh.classList.add("fresh");
        }
        node = fresh;
      }
      if (node === cursor) cursor = cursor.nextElementSibling;
      else if (node.nextElementSibling !== cursor) this.list.insertBefore(node, cursor);
    }
    for (const node of old.values()) node.remove();
    const rows = this.list.querySelectorAll(".msg");
    if (rows.length && !this.list.querySelector('.msg[tabindex="0"]')) rows[rows.length - 1].tabIndex = 0;
    if (this.sticky) this.toBottom();
  }

  /** Arrow keys walk from message to message. */
  walk(e) {
    const row = e.target.closest(".msg");
    if (!row || e.target !== row) return;
    const rows = [...this.list.querySelectorAll(".msg")];
    const at = rows.indexOf(row);
    const next = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: rows.length - 1 }[e.key];
    if (e.key === "Escape") this.composer.focus();
    if (next === undefined || !rows[next]) return;
    e.preventDefault();
    row.tabIndex = -1;
    rows[next].tabIndex = 0;
    rows[next].focus();
  }
}

/** A spoiler that was opened stays open when its message is drawn anew. */
function keepShown(before, after) {
  const fresh = after.querySelectorAll(".spoiler");
  before.querySelectorAll(".spoiler").forEach((node, i) => {
    if (node.classList.contains("shown")) fresh[i]?.click();
  });
}

/** A picture that is shown is not loaded anew when its message is. */
function keepPictures(before, after) {
  const shown = new Map([...before.querySelectorAll("img")].map((img) => [img.src, img]));
  for (const img of after.querySelectorAll("img")) {
    const old = shown.get(img.src);
    if (old) {
      old.alt = img.alt;
      img.replaceWith(old);
    }
  }
}

function refocus(row, before) {
  const key = before.dataset?.custom;
  const same = key
    ? row.querySelector(`[data-custom="${CSS.escape(key)}"]`)
    : [...row.querySelectorAll("button")].find((b) => b.className.split(" ")[0] === before.className.split(" ")[0] && b.getAttribute("aria-label")?.slice(-2) === before.getAttribute("aria-label")?.slice(-2));
  (before.matches("li") ? row : same || row).focus({ preventScroll: true });
}

const channelTitle = (channel) => (channel.kind === "private" ? botName() : channel.name);

function channelGlyph(channel) {
  if (channel.kind === "thread") return icon(channel.hidden ? "lock" : "thread");
  if (channel.kind === "private") return icon("lock");
  return h("span", { class: "hash", "aria-hidden": "true", text: "#" });
}

// ---------------------------------------------------------------- the greeting: what to try

function greeting(pane, channel) {
  if (channel.kind === "thread") return null;
  const question = [...(pane.messages || [])].reverse().find((m) => (m.reactions || []).some((r) => r.emoji === "💡"));
  const quiz = Boolean(commandNamed("quiz"));
  const mock = Boolean(commandNamed("mock start")) && channel.kind === "text";
  const review = Boolean(commandNamed("review"));
  const me = Boolean(commandNamed("me"));
  const done = (step) => state.tried.has(step);
  const few = (pane.messages || []).length < 3 || channel.kind === "text";
  const sig = JSON.stringify([channel.id, channel.name, quiz, mock, review, me, question?.id, [...state.tried], few, state.view.online]);
  const step = (key, title, text, action, run, off) => h("li", { class: done(key) ? "step done" : "step" },
    h("span", { class: "step-mark", "aria-hidden": "true" }, done(key) ? icon("check") : null),
    h("div", { class: "step-text" }, h("b", {}, title, done(key) && h("span", { class: "sr", text: " (done)" })), h("span", { class: "dim" }, text)),
    h("button", { type: "button", class: done(key) ? "button secondary" : "button primary", disabled: off, on: { click: run } }, action));
  return {
    sig,
    build: () => [
      h("div", { class: "greeting-head" }, h("span", { class: "big-glyph" }, channelGlyph(channel)),
        h("h2", { text: channel.kind === "private" ? `You and ${botName()}` : `Welcome to #${channel.name}` }),
        h("p", { class: "dim", text: channel.kind === "private" ? "Nobody else reads here." : "Practise interview questions with your team. Nothing here leaves this machine." })),
      quiz && h("ol", { class: "steps" },
        step("quiz", "Ask for a question", h("code", { text: "/quiz databases" }), "Try it", () => runCommand(channel.id, "quiz", { topic: "databases" })),
        step("react", "Answer aloud, then reveal", ["React ", emojiNode("💡"), " to a question: the answer appears in its thread"], ["React ", emojiNode("💡")],
          () => react(question, "💡", true), !question),
        review && step("review", "Review what you missed", h("code", { text: "/review" }), "Review", () => runCommand(channel.id, "review", {})),
        me && step("me", "See how you stand", h("code", { text: "/me" }), "Show me", () => runCommand(channel.id, "me", {})),
        mock && step("mock", "Interview yourself", h("code", { text: "/mock start" }), "Begin", () => runCommand(channel.id, "mock start", { plan: "rapid-fire" })),
        step("clock", "Come back tomorrow", "Move the clock to 09:00 and keep your streak", "Tomorrow", () => moveClock(wall(1, 9)))),
    ],
  };
}

// ---------------------------------------------------------------- the composer

const truth = [{ name: "True", value: true }, { name: "False", value: false }];

/** The fixed choices of an option, or null where anything may be typed. */
function fixedChoices(option) {
  if (option.choices?.length) return option.choices;
  if (option.kind === "boolean") return truth;
  if (option.kind === "user" || option.kind === "mentionable") return state.view.members.map((m) => ({ name: displayName(m), value: m.id, member: m }));
  if (option.kind === "channel") return state.view.channels.filter((c) => c.kind === "text").map((c) => ({ name: `#${c.name}`, value: c.id }));
  return null;
}

const same = (a, b) => String(a).toLowerCase() === String(b).toLowerCase();
const matchChoice = (choices, text) => {
  const bare = text.trim().replace(/^[@#]/, "");
  return choices.find((c) => same(c.value, text.trim())) || choices.find((c) => same(c.name, text.trim()) || same(String(c.name).replace(/^[@#]/, ""), bare));
};

/** Checks one option's text. Gives {value}, {missing} or {error}. */
function checkOption(option, text, picked) {
  if (picked !== undefined) return { value: picked };
  const raw = text.trim();
  if (!raw) return option.required ? { error: `${option.name} is required.` } : { missing: true };
  const choices = fixedChoices(option);
  if (choices) {
    const hit = matchChoice(choices, raw);
    return hit ? { value: hit.value } : { error: `${option.name}: choose one of the list.` };
  }
  if (option.kind === "integer" || option.kind === "number") {
    const value = Number(raw);
    if (!Number.isFinite(value) || (option.kind === "integer" && !Number.isInteger(value))) return { error: `${option.name} must be a ${option.kind === "integer" ? "whole number" : "number"}.` };
    if (option.min !== undefined && option.min !== null && value < option.min) return { error: `${option.name} must be at least ${option.min}.` };
    if (option.max !== undefined && option.max !== null && value > option.max) return { error: `${option.name} must be at most ${option.max}.` };
    return { value };
  }
  if (option.min_length && raw.length < option.min_length) return { error: `${option.name} needs at least ${option.min_length} characters.` };
  if (option.max_length && raw.length > option.max_length) return { error: `${option.name} may have at most ${option.max_length} characters.` };
  return { value: raw };
}

/** Reads "/quiz databases hard" or "/quiz topic:databases": which command, which texts. */
function parseLine(text) {
  const line = text.replace(/^\//, "");
  const command = state.view.commands
    .filter((c) => same(line.slice(0, c.name.length), c.name) && (line.length === c.name.length || line[c.name.length] === " "))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!command) return null;
  const texts = {};
  const options = command.options || [];
  let at = -1;
  for (const word of line.slice(command.name.length).split(/\s+/).filter(Boolean)) {
    const named = /^([^:\s]+):(.*)$/.exec(word);
    const index = named ? options.findIndex((o) => o.name === named[1]) : -1;
    if (index >= 0) {
      texts[options[index].name] = named[2];
      at = index;
      continue;
    }
    const next = options.findIndex((o, i) => i > at && texts[o.name] === undefined);
    const free = at >= 0 && options[at].kind === "string" && !options[at].choices?.length;
    if (next >= 0 && !(free && checkOption(options[next], word).error)) {
      texts[options[next].name] = word;
      at = next;
    } else if (at >= 0) texts[options[at].name] = `${texts[options[at].name]} ${word}`.trim();
    else return { command, texts, extra: word };
  }
  return { command, texts };
}

/** "@bob" and "#prep" as people type them become what Discord sends. */
function withMentions(text) {
  if (text.includes("`")) return text;
  return text.replace(/(^|\s)([@#])([\w-]+)/g, (all, before, mark, name) => {
    const found = mark === "@"
      ? state.view.members.find((m) => same(m.name, name) || same(displayName(m), name))
      : state.view.channels.find((c) => c.kind === "text" && c.name === name);
    return found ? `${before}<${mark}${found.id}>` : all;
  });
}

let serial = 0;

class Composer {
  constructor(pane) {
    this.pane = pane;
    this.key = `composer${(serial += 1)}`;
    this.command = null;
    this.fields = [];
    this.items = [];
    this.active = -1;
    this.asked = 0;
    this.drafts = new Map();
    this.suggest = h("div", { class: "suggest", id: `${this.key}-list`, role: "listbox", "aria-label": "Suggestions", hidden: true });
    this.error = h("div", { class: "composer-error", role: "alert", hidden: true });
    this.text = h("textarea", {
      class: "text", rows: 1, maxlength: 2000, autocomplete: "off", enterkeyhint: "send", role: "combobox", "aria-autocomplete": "list",
      "aria-controls": `${this.key}-list`, "aria-expanded": "false", "aria-label": "Message",
    });
    this.chips = h("div", { class: "chips", hidden: true, role: "group" });
    this.send = h("button", { type: "submit", class: "tool send", "aria-label": "Send", title: "Send (Enter)" }, icon("send"));
    this.slash = h("button", { type: "button", class: "tool slash", "aria-label": "Commands", title: "Commands", on: { click: () => this.openCommands() } }, icon("slash"));
    this.root = h("form", { class: "composer", novalidate: true, autocomplete: "off" }, this.suggest, this.error,
      h("div", { class: "box" }, this.slash, this.text, this.chips, this.send));
    this.root.addEventListener("submit", (e) => { e.preventDefault(); this.submit(); });
    this.text.addEventListener("input", () => this.typed());
    this.text.addEventListener("keydown", (e) => this.keys(e));
    this.text.addEventListener("focus", () => { if (this.text.value.startsWith("/")) this.typed(); });
    this.root.addEventListener("focusout", (e) => { if (!this.root.contains(e.relatedTarget)) this.close(); });
    this.ask = debounce(150, (field) => this.complete(field));
  }

  focus() {
    (this.command ? this.fields[0]?.input || this.send : this.text).focus();
  }

  keepDraft() {
    this.drafts.set(this.pane.id, this.command ? "" : this.text.value);
  }

  opened() {
    this.leave("");
    this.text.value = this.drafts.get(this.pane.id) || "";
    this.grow();
    this.refresh();
    if (!matchMedia("(pointer: coarse)").matches) this.text.focus({ preventScroll: true });
  }

  refresh() {
    const channel = this.pane.channel();
    if (!channel) return;
    const locked = Boolean(channel.locked) && !state.view.me.admin;
    this.text.disabled = locked;
    this.send.disabled = locked;
    if (locked) {
      this.text.placeholder = "This thread is locked.";
      return;
    }
    const whom = { text: `#${channel.name}`, private: botName(), thread: "the thread" }[channel.kind];
    const place = narrow() || channel.kind === "thread" ? `Message ${whom}` : `Message ${whom}, or / for commands`;
    if (this.text.placeholder !== place) {
      this.text.placeholder = place;
      this.text.setAttribute("aria-label", place);
    }
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 180)}px`;
  }

  fail(text) {
    this.error.hidden = !text;
    this.error.textContent = text || "";
  }

  // ---- the list above the box

  list(items, active = 0) {
    this.items = items;
    this.active = items.length ? active : -1;
    const input = this.input();
    this.suggest.hidden = !items.length;
    input?.setAttribute("aria-expanded", String(items.length > 0));
    fill(this.suggest, items.map((item, i) => {
      const node = h("div", { class: "option", role: "option", id: `${this.key}-${i}`, "aria-selected": "false" },
        item.icon, h("span", { class: "option-main" }, h("span", { class: "option-name" }, item.name), item.detail && h("span", { class: "option-detail", text: item.detail })),
        item.hint && h("span", { class: "option-hint", text: item.hint }));
      node.addEventListener("pointerdown", (e) => e.preventDefault());
      node.addEventListener("click", () => item.pick());
      node.addEventListener("pointermove", () => this.mark(i, false));
      return node;
    }));
    this.mark(this.active);
  }

  input() {
    return this.command ? this.fields.find((f) => f.input === document.activeElement)?.input : this.text;
  }

  mark(index, scroll = true) {
    this.active = index;
    [...this.suggest.children].forEach((node, i) => node.setAttribute("aria-selected", String(i === index)));
    const node = this.suggest.children[index];
    const input = this.input();
    if (node) input?.setAttribute("aria-activedescendant", node.id);
    else input?.removeAttribute("aria-activedescendant");
    if (node && scroll) node.scrollIntoView({ block: "nearest" });
  }

  close() {
    this.items = [];
    this.active = -1;
    this.suggest.hidden = true;
    this.suggest.replaceChildren();
    for (const input of [this.text, ...this.fields.map((f) => f.input)]) {
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }
  }

  openCommands() {
    this.leave("/");
    this.text.focus();
    this.typed();
  }

  // ---- plain text, and the list of commands

  typed() {
    this.fail("");
    this.grow();
    const text = this.text.value;
    if (!text.startsWith("/") || text.includes("\n")) return this.close();
    const line = text.slice(1);
    const exact = state.view.commands.find((c) => same(`${c.name} `, line));
    if (exact && exact.options?.length) return this.enter(exact);
    const wanted = line.trim().toLowerCase();
    const starts = state.view.commands.filter((c) => c.name.startsWith(wanted));
    const within = state.view.commands.filter((c) => !starts.includes(c) && wanted && (c.name.includes(wanted) || c.description?.toLowerCase().includes(wanted)));
    const found = parseLine(text) && line.includes(" ") && !starts.length ? [] : [...starts, ...within];
    this.list(found.map((command) => ({
      icon: avatar(state.view.members.find((m) => m.bot), "avatar small"),
      name: [h("b", { text: `/${command.name}` }), (command.options || []).map((o) => h("span", { class: o.required ? "arg" : "arg optional", text: o.name }))],
      detail: command.description,
      pick: () => this.enter(command),
    })));
    return undefined;
  }

  keys(e) {
    if (e.isComposing) return;
    const open = this.items.length > 0;
    if (open && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      e.preventDefault();
      this.mark((this.active + (e.key === "ArrowDown" ? 1 : -1) + this.items.length) % this.items.length);
    } else if (open && e.key === "Tab" && !e.shiftKey) {
      e.preventDefault();
      this.items[Math.max(0, this.active)].pick();
    } else if (e.key === "Escape") {
      if (open) { e.stopPropagation(); this.close(); } else if (this.text.value.startsWith("/")) { e.stopPropagation(); this.leave(""); }
    } else if (e.key === "Enter" && !e.shiftKey) {
      e.preventDefault();
      this.submit();
    }
  }

  submit() {
    if (this.command) return this.run();
    const text = this.text.value.trim();
    if (!text) return undefined;
    if (text.startsWith("/") && !text.includes("\n")) return this.submitLine(text);
    this.text.value = "";
    this.drafts.delete(this.pane.id);
    this.grow();
    this.pane.sticky = true;
    return acting(() => post("say", { channel: this.pane.id, text: withMentions(text) })).then((done) => {
      if (!done && !this.text.value) this.text.value = text;
    });
  }

  submitLine(text) {
    const parsed = parseLine(text);
    if (!parsed) {
      const pick = this.items[this.active];
      if (pick) return pick.pick();
      return this.fail(`There is no command ${text.split(" ")[0]} that you may use.`);
    }
    const { command, texts, extra } = parsed;
    if (extra) return this.fail(`/${command.name} takes no "${extra}".`);
    return this.enter(command, texts, true);
  }

  // ---- a chosen command

  /** Turns the box into a row of fields; with `go` it is sent at once if it is complete. */
  enter(command, texts = {}, go = false) {
    this.close();
    this.fail("");
    this.command = command;
    this.text.hidden = true;
    this.chips.hidden = false;
    this.root.classList.add("commanding");
    this.chips.setAttribute("aria-label", `/${command.name}: ${command.description || ""}`);
    this.fields = (command.options || []).map((option) => this.field(option, texts[option.name] || ""));
    const leave = h("button", { type: "button", class: "tool leave", "aria-label": "Cancel the command", title: "Cancel (Esc)", on: { click: () => { this.leave(""); this.text.focus(); } } }, icon("close"));
    fill(this.chips, h("span", { class: "chip-name", text: `/${command.name}` }), this.fields.map((f) => f.node), leave);
    if (go && this.fields.every((f) => !this.check(f).error)) return this.run();
    const next = this.fields.find((f) => f.option.required && !f.input.value) || this.fields.find((f) => !f.input.value) || this.fields[0];
    if (next) next.input.focus();
    else this.send.focus();
    if (go) this.run();
    return undefined;
  }

  field(option, text) {
    const input = h("input", {
      class: "field-input", type: "text", value: text, autocomplete: "off", autocapitalize: "off", spellcheck: "false", enterkeyhint: "send", size: 8,
      inputmode: option.kind === "integer" ? "numeric" : option.kind === "number" ? "decimal" : undefined,
      id: `${this.key}-${option.name}`, role: "combobox", "aria-autocomplete": "list", "aria-controls": `${this.key}-list`, "aria-expanded": "false",
      "aria-required": option.required ? "true" : undefined, placeholder: option.required ? "" : "optional", title: option.description,
    });
    const field = { option, input, picked: undefined, choices: null };
    field.node = h("label", { class: option.required ? "chip required" : "chip", for: input.id, title: option.description },
      h("span", { class: "chip-label" }, option.name, option.required && h("span", { class: "star", "aria-hidden": "true", text: "*" })), input);
    const width = () => { input.style.width = `calc(${Math.max(8, Math.min(28, input.value.length + 1))}ch + 18px)`; };
    width();
    input.addEventListener("input", () => {
      field.picked = undefined;
      field.node.classList.remove("bad");
      this.fail("");
      const next = this.named(field);
      width();
      if (!next) return this.offer(field);
      next.input.focus();
      return next.input.dispatchEvent(new Event("input"));
    });
    input.addEventListener("focus", () => this.offer(field));
    input.addEventListener("keydown", (e) => this.fieldKeys(e, field));
    field.width = width;
    return field;
  }

  /** "pair-swap candidate:ann" typed into a field: what follows the name belongs to that field. */
  named(field) {
    for (const next of this.fields) {
      const [, before, after] = field.input.value.match(new RegExp(`^(|.*\\s)${next.option.name}:(.*)$`, "i")) || [];
      if (after === undefined || (next !== field && next.input.value)) continue;
      field.input.value = before.trim();
      next.input.value = after.trimStart();
      next.picked = undefined;
      return next;
    }
    return null;
  }

  /** What the list shows while this field is edited. */
  offer(field) {
    const fixed = fixedChoices(field.option);
    if (fixed) return this.offerChoices(field, fixed);
    if (field.option.autocomplete) {
      if (field.choices) this.offerChoices(field, field.choices, false);
      else this.close();
      this.ask(field);
      return undefined;
    }
    return this.close();
  }

  offerChoices(field, choices, filter = true) {
    const typed = field.picked === undefined ? field.input.value.trim().toLowerCase().replace(/^[@#]/, "") : "";
    const found = filter ? choices.filter((c) => !typed || String(c.name).toLowerCase().includes(typed) || String(c.value).toLowerCase().includes(typed)) : choices;
    const eager = typed || field.option.required;
    this.list(found.slice(0, 25).map((choice) => ({
      icon: choice.member && avatar(choice.member, "avatar small"),
      name: choice.name,
      hint: typeof choice.value === "string" && !choice.member && !same(choice.value, choice.name) && choice.value.length < 24 && field.option.kind === "string" ? choice.value : undefined,
      pick: () => this.pick(field, choice),
    })), eager ? 0 : -1);
  }

  async complete(field) {
    if (!this.command || document.activeElement !== field.input || field.picked !== undefined) return;
    const ask = (this.asked += 1);
    try {
      const answer = await post("complete", { channel: this.pane.id, command: this.command.name, options: this.partial(field), focused: field.option.name });
      if (ask !== this.asked || document.activeElement !== field.input || field.picked !== undefined) return;
      field.choices = answer.choices || [];
      this.offerChoices(field, field.choices, false);
    } catch {
      if (ask === this.asked) this.list([{ name: h("span", { class: "dim", text: "Loading the choices failed" }), pick: () => this.ask(field) }], -1);
    }
  }

  partial(focused) {
    const options = {};
    for (const f of this.fields) {
      const result = checkOption(f.option, f.input.value, f.picked);
      if (result.value !== undefined) options[f.option.name] = result.value;
    }
    options[focused.option.name] = focused.input.value;
    return options;
  }

  pick(field, choice) {
    field.picked = choice.value;
    field.input.value = choice.name;
    field.width();
    field.node.classList.remove("bad");
    this.close();
    const next = this.fields.slice(this.fields.indexOf(field) + 1).find((f) => f.option.required && !f.input.value);
    if (next) next.input.focus();
    else field.input.focus();
  }

  fieldKeys(e, field) {
    if (e.isComposing) return;
    const open = this.items.length > 0;
    const at = this.fields.indexOf(field);
    if (open && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      e.preventDefault();
      const step = e.key === "ArrowDown" ? 1 : -1;
      this.mark(this.active < 0 ? (step > 0 ? 0 : this.items.length - 1) : (this.active + step + this.items.length) % this.items.length);
    } else if (e.key === "Tab" && !e.shiftKey && open && this.active >= 0 && field.input.value && field.picked === undefined) {
      const exact = field.choices && matchChoice(field.choices, field.input.value);
      e.preventDefault();
      if (exact) this.pick(field, exact);
      else this.items[this.active].pick();
      (this.fields[at + 1]?.input || this.send).focus();
    } else if (e.key === "Enter") {
      e.preventDefault();
      const typed = field.input.value.trim();
      const known = fixedChoices(field.option) || field.choices || [];
      const settled = field.picked !== undefined || (typed && matchChoice(known, typed)) || (!typed && !field.option.required && this.active < 0);
      if (!settled && this.items[this.active]) this.items[this.active].pick();
      else this.run();
    } else if (e.key === "Escape") {
      e.stopPropagation();
      if (open) this.close();
      else { this.leave(""); this.text.focus(); }
    } else if (e.key === "Backspace" && !field.input.value) {
      e.preventDefault();
      if (at > 0) this.fields[at - 1].input.focus();
      else { this.leave(`/${this.command.name}`); this.text.focus(); this.typed(); }
    } else if (e.key === " " && field.picked === undefined && this.fields[at + 1] && (fixedChoices(field.option) || field.choices || []).some((c) => same(c.value, field.input.value))) {
      // The exact value and a space: on to the next option, as one types it in one go.
      e.preventDefault();
      this.pick(field, matchChoice(fixedChoices(field.option) || field.choices, field.input.value));
      this.fields[at + 1].input.focus();
    }
  }

  check(field) {
    return checkOption(field.option, field.input.value, field.picked);
  }

  /** "databases hard" typed into the first field before its choices arrived: spread it. */
  spread() {
    for (const [i, field] of this.fields.entries()) {
      const words = field.input.value.trim().split(/\s+/);
      const rest = this.fields.slice(i + 1, i + words.length);
      if (field.picked !== undefined || words.length < 2 || field.option.kind !== "string" || rest.length < words.length - 1) continue;
      if ((field.choices && matchChoice(field.choices, field.input.value)) || rest.some((f, j) => f.input.value || !fixedChoices(f.option) || this.checkText(f, words[j + 1]).error)) continue;
      [field.input.value] = words;
      rest.forEach((f, j) => { f.input.value = words[j + 1]; });
    }
  }

  checkText(field, text) {
    return checkOption(field.option, text);
  }

  run() {
    this.spread();
    const options = {};
    for (const field of this.fields) {
      const exact = field.picked === undefined && field.choices && matchChoice(field.choices, field.input.value);
      const result = exact ? { value: exact.value } : this.check(field);
      if (result.error) {
        field.node.classList.add("bad");
        field.input.setAttribute("aria-invalid", "true");
        field.input.focus();
        return this.fail(result.error);
      }
      if (result.value !== undefined) options[field.option.name] = result.value;
    }
    const { name } = this.command;
    this.leave("");
    this.drafts.delete(this.pane.id);
    this.text.focus();
    this.pane.sticky = true;
    return runCommand(this.pane.id, name, options);
  }

  /** Back to plain text. */
  leave(text) {
    this.close();
    this.fail("");
    this.command = null;
    this.fields = [];
    this.chips.hidden = true;
    this.chips.replaceChildren();
    this.text.hidden = false;
    this.root.classList.remove("commanding");
    this.text.value = text;
    this.grow();
  }
}

// ---------------------------------------------------------------- modals

function openModal(modal) {
  const inputs = (modal.components || []).flatMap((row) => row.components || [row.component]).filter((c) => c?.type === 4);
  const error = h("div", { class: "failure", role: "alert", hidden: true });
  const rows = inputs.map((c) => {
    const id = `modal-${c.custom_id}`;
    const needed = c.required !== false;
    const input = h(c.style === 2 ? "textarea" : "input", {
      id, name: c.custom_id, placeholder: c.placeholder, maxlength: c.max_length ?? 4000, rows: c.style === 2 ? (inputs.length > 2 ? 3 : 6) : undefined, autocomplete: "off",
      "aria-required": String(needed), "aria-describedby": `${id}-note`, type: c.style === 2 ? undefined : "text",
    });
    input.value = c.value || "";
    const note = h("div", { class: "note", id: `${id}-note` });
    const check = () => {
      const length = input.value.trim() ? [...input.value].length : 0;
      if (needed && !length) return "This field is required.";
      if (length && c.min_length && length < c.min_length) return `At least ${c.min_length} characters (${length} now).`;
      if (c.max_length && length > c.max_length) return `At most ${c.max_length} characters (${length} now).`;
      return "";
    };
    const count = () => { note.className = "note"; note.textContent = c.max_length ? `${[...input.value].length} / ${c.max_length}` : ""; };
    input.addEventListener("input", () => { input.removeAttribute("aria-invalid"); count(); });
    count();
    return { c, input, check, note, node: h("div", { class: "modal-row" }, h("label", { for: id }, c.label, needed && h("span", { class: "star", "aria-hidden": "true", text: " *" })), input, note) };
  });
  const submit = h("button", { type: "submit", class: "button primary", text: "Submit" });
  const cancel = h("button", { type: "button", class: "button secondary", text: "Cancel", on: { click: () => dialog.close() } });
  const form = h("form", { novalidate: true }, h("h2", { id: "modal-title", text: modal.title || "" }),
    h("p", { class: "dim small", text: `This form comes from ${botName()}.` }), rows.map((r) => r.node), h("div", { class: "modal-foot" }, error, cancel, submit));
  const dialog = h("dialog", { class: inputs.some((c) => c.style === 2) ? "modal wide" : "modal", "aria-labelledby": "modal-title" }, form);
  // What was written is not lost by one key.
  let warned = false;
  dialog.addEventListener("cancel", (e) => {
    if (warned || rows.every((r) => r.input.value === (r.c.value || ""))) return;
    e.preventDefault();
    warned = true;
    error.hidden = false;
    fill(error, icon("warn"), h("b", { text: "Not sent yet." }), " Press Esc again to throw it away.");
  });
  dialog.addEventListener("close", () => dialog.remove());
  form.addEventListener("submit", async (e) => {
    e.preventDefault();
    let first = null;
    for (const row of rows) {
      const wrong = row.check();
      if (!wrong) continue;
      row.input.setAttribute("aria-invalid", "true");
      row.note.textContent = wrong;
      row.note.className = "note bad";
      first ||= row.input;
    }
    if (first) return first.focus();
    submit.classList.add("busy");
    submit.disabled = true;
    try {
      const fields = Object.fromEntries(rows.map((r) => [r.c.custom_id, r.input.value]));
      const answer = await post("submit", { modal: modal.id, fields });
      dialog.close();
      handleAnswer(answer);
    } catch (refused) {
      error.hidden = false;
      fill(error, icon("warn"), h("b", { text: refused.kind === "not_answered" ? "Something went wrong. Try again." : didNotRespond(refused) }), " ", refused.message);
    } finally {
      submit.classList.remove("busy");
      submit.disabled = false;
      refresh();
    }
    return undefined;
  });
  document.body.append(dialog);
  dialog.showModal();
  rows[0]?.input.focus();
}

// ---------------------------------------------------------------- the side: channels, threads, who you are

function isUnread(channel) {
  return Boolean(channel) && laterThan(channel.last, state.seen[channel.id]);
}

/** How much is new: in a private chat counted, because all of it is for you. */
function unreadMark(channel) {
  const fresh = (channel.fresh || []).filter((id) => laterThan(id, state.seen[channel.id])).length;
  if (!fresh) return h("span", { class: "dot" }, h("span", { class: "sr", text: "new messages" }));
  return h("span", { class: "badge count" }, fresh > 9 ? "9+" : String(fresh), h("span", { class: "sr", text: fresh === 1 ? " new message" : " new messages" }));
}

function isAnythingUnread(except) {
  return state.view.channels.some((c) => c.id !== except && c.id !== panes.thread?.id && isUnread(c));
}

function toggleSide(open = !document.body.classList.contains("side-open")) {
  document.body.classList.toggle("side-open", open);
  if (open && narrow()) el("side").querySelector("[aria-current], button")?.focus();
}

let drawnSide = null;

function renderSide() {
  const { view } = state;
  if (!view) return;
  const sig = JSON.stringify([view.team, view.channels.map((c) => [c.id, c.name, c.kind, c.parent, c.archived, isUnread(c), c.fresh]), panes.channel?.id, panes.thread?.id, view.me, view.members, view.online]);
  if (sig === drawnSide) return;
  drawnSide = sig;
  const held = el("side").contains(document.activeElement) ? document.activeElement.dataset.key : null;
  fill(el("team"), h("span", { class: "team-mark", "aria-hidden": "true" }, svg("0 0 32 32", BIRD)),
    h("div", { class: "team-name" }, h("b", { class: "clip", text: view.team?.name || "Playground" }), h("span", { class: "dim small", text: "a local Discord, just for you" })));
  const entry = (c) => {
    const current = c.id === panes.channel.id || c.id === panes.thread.id;
    const unread = isUnread(c) && !current;
    return h("li", {}, h("button", {
      type: "button", class: ["channel", c.kind, unread && "unread"].filter(Boolean).join(" "), "aria-current": current ? "page" : undefined,
      data: { key: c.id }, on: { click: () => open(c.id) },
    }, c.kind === "private" ? avatar(view.members.find((m) => m.bot), "avatar small") : channelGlyph(c), h("span", { class: "clip", text: channelTitle(c) }),
    unread && unreadMark(c)));
  };
  const threads = (parent) => view.channels.filter((c) => c.kind === "thread" && c.parent === parent && (!c.archived || c.id === panes.thread.id))
    .sort((a, b) => (laterThan(a.last, b.last) ? -1 : 1)).slice(0, 6);
  const text = view.channels.filter((c) => c.kind === "text");
  const direct = view.channels.filter((c) => c.kind === "private");
  fill(el("channels"),
    h("h2", { class: "side-title", text: "Channels" }),
    h("ul", {}, text.map((c) => [entry(c), threads(c.id).map(entry)])),
    direct.length > 0 && [h("h2", { class: "side-title", text: "Private" }), h("ul", {}, direct.map(entry))]);
  const who = h("button", { type: "button", class: "who", "aria-haspopup": "menu", "aria-expanded": "false", data: { key: "who" } }, avatar(view.me),
    h("span", { class: "who-text" }, h("span", { class: "dim small", text: "You are" }), h("b", {}, h("span", { class: "clip", text: displayName(view.me) }), view.me.admin && h("span", { class: "badge admin", text: "Admin" }))),
    h("span", { class: "switch small", text: "Switch" }));
  who.addEventListener("click", () => popover(who, people().map((m) => h("div", { class: "person" },
    h("button", { type: "button", role: "menuitemradio", "aria-checked": m.name === state.as, class: "menu-item pick", on: { click: () => { closePopover(); become(m.name); } } },
      avatar(m, "avatar small"), h("span", { class: "menu-label" }, displayName(m), m.admin && h("span", { class: "badge admin", text: "Admin" })), icon("check", "icon tick")),
    m.name !== state.as && h("a", { class: "tool", href: `#${hash({ as: m.name })}`, target: "_blank", rel: "noopener", title: `Be ${displayName(m)} in a new tab`, "aria-label": `Be ${displayName(m)} in a new tab` }, icon("external"))))
  , { label: "Who you are" }));
  fill(el("me"), who);
  if (held) [...el("side").querySelectorAll("[data-key]")].find((b) => b.dataset.key === held)?.focus();
}

const people = () => state.view.members.filter((m) => !m.bot);

function become(name) {
  if (name === state.as) return;
  toggleSide(false);
  go({ as: name });
  toast(`You are ${name} now`);
}

/** As in Discord's settings: whoever takes no private messages cannot be written to first. */
function closedSwitch(channel) {
  const what = channel.closed ? `You take no private messages from ${botName()}. Press to take them again.` : `You take private messages from ${botName()}. Press to take none.`;
  return h("button", {
    type: "button", class: channel.closed ? "tool closed" : "tool", "aria-pressed": Boolean(channel.closed), "aria-label": `Take no private messages from ${botName()}`, title: what, data: { key: "closed" },
    on: { click: () => acting(async () => {
      await post("private", { closed: !channel.closed });
      toast(channel.closed ? `${botName()} can write to you again` : `${botName()} cannot write to you first any more`);
    }) },
  }, icon(channel.closed ? "mute" : "bell"));
}

// ---------------------------------------------------------------- the clock

function clockChip() {
  const date = now();
  const chip = h("button", { type: "button", class: "clock", "aria-haspopup": "menu", "aria-expanded": "false", title: "The clock of this world: move it forward", data: { key: "clock" } },
    icon("clock"), h("span", { class: "clock-day", text: format(date, { weekday: "short", day: "numeric", month: "short" }) }), h("b", { text: clockText(date) }), icon("down"));
  chip.setAttribute("aria-label", `The clock shows ${longDay(date)} ${clockText(date)}. Move it forward.`);
  chip.addEventListener("click", () => {
    const today = now();
    const weekday = new Date(wall(0, 12)).getUTCDay();
    const label = (d) => `${format(d, { weekday: "short", day: "numeric", month: "short" })} ${clockText(d)}`;
    const hour = new Date(today.getTime() + 3600000);
    const moves = [["+1 hour", hour], ["Tomorrow 09:00", wall(1, 9)], ["Next Monday 09:00", wall(((8 - weekday) % 7) || 7, 9)]];
    popover(chip, [h("div", { class: "menu-head" }, h("b", { text: `${longDay(today)} ${clockText(today)}` }), h("span", { class: "dim small", text: `${zone()} · time moves forward only` })),
      moves.map(([name, to]) => menuItem(name, label(to), () => moveClock(to)))], { label: "Move the clock" });
  });
  return chip;
}

async function moveClock(to) {
  await acting(async () => {
    await post("clock", { to: to.toISOString().replace(/\.\d+Z$/, "Z") });
    await refreshView();
    tried("clock");
    toast(`It is ${longDay(now())}, ${clockText(now())}`);
  });
}

// ---------------------------------------------------------------- where one is, and the news

/** The address: #as=ann&c=CHANNEL&t=THREAD, so that a tab is a person and can be shared. */
const place = () => new URLSearchParams(location.hash.slice(1));
function hash(change) {
  const next = place();
  for (const [key, value] of Object.entries(change)) {
    if (value) next.set(key, value);
    else next.delete(key);
  }
  return next.toString();
}
function go(change) {
  const next = hash(change);
  if (`#${next}` === location.hash) return;
  history.pushState(null, "", `#${next}`);
  arrive();
}

/** Opens a channel in the middle, a thread at the side. */
function open(id) {
  const channel = channelById(id);
  toggleSide(false);
  if (!channel) return toast("This channel is gone.", "bad");
  if (channel.kind === "thread") return go({ c: channel.parent, t: id });
  return go({ c: id, t: null });
}

function closeThread() {
  go({ t: null });
  panes.channel.composer.focus();
}

async function arrive() {
  closePopover(false);
  const wanted = place();
  const as = wanted.get("as") || "ann";
  if (as !== state.as) {
    state.as = as;
    state.seen = remember.read(`seen-${as}`) || {};
    state.failures.clear();
    for (const pane of Object.values(panes)) pane.show(null);
    await refreshView();
    if (!state.view) return;
  }
  const channels = state.view.channels;
  const text = channels.filter((c) => c.kind === "text");
  const channel = channelById(wanted.get("c")) || text.find((c) => c.name === "prep") || text[0];
  const thread = channelById(wanted.get("t"));
  panes.channel.show(channel?.kind === "thread" ? channel.parent : channel?.id ?? null);
  panes.thread.show(thread?.id ?? null);
  if (channel?.kind === "private" || state.commandsOf === "private") refresh();
  state.commandsOf = channel?.kind;
  document.body.classList.toggle("has-thread", Boolean(thread));
  document.title = `${thread?.name || (channel ? channelTitle(channel) : "")} · ${state.view.team?.name || "Playground"}`;
  renderSide();
}

async function refreshView() {
  try {
    const as = state.as;
    // Which commands there are depends on the place: a private chat has others.
    const channel = panes.channel.id || place().get("c") || "";
    const view = await get("view", { as, channel });
    if (as !== state.as) return;
    const fresh = !state.view || state.viewOf !== as;
    state.view = view;
    state.viewOf = as;
    for (const m of view.members) state.known.set(m.id, m);
    // A world that began anew has older messages than this tab remembers.
    for (const c of view.channels) if (laterThan(state.seen[c.id], c.last || "0")) state.seen[c.id] = c.last || "0";
    // Whatever was there before this tab came is not news.
    if (fresh && !Object.keys(state.seen).length) for (const c of view.channels) state.seen[c.id] = c.last || "0";
    el("boot").hidden = true;
    el("app").hidden = false;
    note(view.online === false ? `${botName()} is offline. Start it, or wait a moment.` : "");
    renderSide();
  } catch (refused) {
    if (refused.kind === "unknown_member") go({ as: "ann" });
    else if (!state.view) fill(el("boot"), h("p", { text: refused.message }));
  }
}

async function lookAgain() {
  await refreshView();
  if (!state.view) return;
  if (!channelById(panes.channel.id) || (panes.thread.id && !channelById(panes.thread.id))) await arrive();
  await Promise.all(Object.values(panes).map((pane) => pane.load()));
}

// One look at a time, so that no old answer overtakes a new one; news that come
// meanwhile cause one more look afterwards.
let looking = false;
let again = false;
function refresh() {
  again = true;
  if (looking) return;
  looking = true;
  setTimeout(async () => {
    try {
      while (again) {
        again = false;
        await lookAgain();
      }
    } finally {
      looking = false;
    }
  }, 15);
}

function note(text) {
  el("banner").hidden = !text;
  el("banner").textContent = text;
}

/** The news: a socket that says "something changed"; we ask for the rest ourselves. */
function listen(wait = 500) {
  const socket = new WebSocket(`ws://${location.host}/page/api/events`);
  let opened = false;
  socket.addEventListener("open", () => {
    opened = true;
    refresh();
  });
  socket.addEventListener("message", () => refresh());
  socket.addEventListener("close", () => {
    note("The playground is not reachable. Trying again…");
    setTimeout(() => listen(opened ? 500 : Math.min(wait * 1.6, 8000)), wait);
  });
}

document.addEventListener("keydown", (e) => {
  if (e.defaultPrevented || document.querySelector("dialog[open]") || openPopover) return;
  if (e.key === "Escape") {
    if (document.body.classList.contains("side-open")) toggleSide(false);
    else if (panes.thread.id) closeThread();
    return;
  }
  const typing = e.target.closest?.("input, textarea, select, [contenteditable]");
  const plain = e.key.length === 1 && !e.ctrlKey && !e.metaKey && !e.altKey && e.key !== " ";
  if (plain && !typing) (panes.thread.id && panes.thread.root.contains(document.activeElement) ? panes.thread : panes.channel).composer.focus();
});

panes.channel = new Pane(el("channel"), "channel");
panes.thread = new Pane(el("thread"), "thread");
el("scrim").addEventListener("click", () => toggleSide(false));
addEventListener("hashchange", arrive);
addEventListener("popstate", arrive);
document.addEventListener("visibilitychange", () => { if (document.visibilityState === "visible") refresh(); });
// The minute on the clock chip; the world tells of everything else itself.
setInterval(() => { if (document.visibilityState === "visible" && state.view) refresh(); }, 15000);

arrive().then(() => listen());
