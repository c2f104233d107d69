// The page: which view is shown, what stands in its header, and the events that all views share.

import { get } from "./base/api.js";
import { patch, perFrame } from "./base/dom.js";
import { clock, count, moment, nightName, seconds } from "./base/format.js";
import { heardAt, liveState, onEvent, onState, startLive } from "./base/live.js";
import { address, parse } from "./base/router.js";
import { startTheme } from "./base/theme.js";
import { FieldsView } from "./views/fields.js";
import { NightsView } from "./views/nights.js";
import { SpectraView } from "./views/spectra.js";
import { SpectrumView } from "./views/spectrum.js";
import { TargetsView } from "./views/targets.js";
import { TonightView } from "./views/tonight.js";

const VIEWS = {
  night: TonightView,
  spectra: SpectraView,
  spectrum: SpectrumView,
  fields: FieldsView,
  targets: TargetsView,
  nights: NightsView,
};
const NAV_OF = { spectrum: "spectra" };

const at = (id) => document.getElementById(id);

/** What views may ask of the page around them. */
class Frame {
  constructor() {
    this.latest = null;
    this.states = new Map(); // by night, where its account stands
    this.figures = new Map(); // by night, the yield of all programmes together
  }

  /** The latest night that the program knows of; null where there is none, or none can be asked for. */
  async latestNight() {
    const status = await get(["status"]).catch(() => null);
    if (status) this.latest = status.latest_night;
    return this.latest;
  }

  /** The night that the view is about: its state, and revision and age of its figures come to stand in the header. */
  standing(night, account = null, record = null) {
    this.night = night;
    if (account) this.takeState(account);
    if (record) this.takeFigures(night, record);
    if (night && !(this.states.has(night) && this.figures.has(night))) this.#ask(night);
    this.paint();
  }

  async #ask(night) {
    const answer = await get(["nights", night]).catch(() => null);
    if (answer?.account) this.takeState(answer.account);
    if (answer?.yield) this.takeFigures(night, answer.yield);
  }

  takeState(status) {
    const old = this.states.get(status.night);
    if (old && old.revision > status.revision) return;
    if (old && old.state !== status.state) {
      announce(`Night ${nightName(status.night)} is now ${status.state.toLowerCase()}.`);
    }
    this.states.set(status.night, status);
    this.paint();
  }

  takeFigures(night, record) {
    const old = this.figures.get(night);
    if (old && old.revision > record.revision) return;
    this.figures.set(night, record);
    this.paint();
  }

  /** When the figures shown were made, in milliseconds since 1970; null where that is not known. */
  madeAt() {
    return moment(this.figures.get(this.night)?.made_at);
  }

  paint() {
    const state = this.states.get(this.night)?.state;
    const figures = this.figures.get(this.night);
    const badge = at("state");
    badge.className = `state ${state ?? "NONE"}`;
    patch(badge, state ?? "NO NIGHT");
    patch(at("standing-night"), this.night ? nightName(this.night) : "");
    at("standing-night").href = address("night", this.night);
    patch(at("revision"), figures ? `revision ${count(figures.revision)}` : "");
  }
}

function allTogether(record) {
  return [record.programme, record.field_id, record.selected_as, record.class_label].every((part) => part === null);
}

function announce(text) {
  patch(at("announcer"), text);
}

const frame = new Frame();
const views = {};
let current = null;

async function route() {
  const { view: asked, argument, params } = parse(location.hash);
  const name = asked === "spectrum" && argument === null ? "spectra" : VIEWS[asked] ? asked : "night";
  if (current && current !== name) views[current].hide();
  for (const section of document.querySelectorAll("main > section")) section.hidden = section.id !== `view-${name}`;
  for (const link of document.querySelectorAll(".nav a")) {
    if (link.dataset.view === (NAV_OF[name] ?? name)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  const moved = current !== null && current !== name;
  current = name;
  views[name] ??= new VIEWS[name](at(`view-${name}`), frame);
  if (moved) {
    scrollTo(0, 0);
    at("main").focus({ preventScroll: true });
  }
  await views[name].show(argument, params);
}

const LIVE_WORDS = { connecting: "connecting …", live: "live", silent: "no word", lost: "connection lost" };

function paintLive(state) {
  at("live").dataset.state = state;
  document.body.dataset.stale = String(state === "lost" || state === "silent");
  if (state === "lost") announce("The connection is lost. The figures shown are no longer kept up to date.");
  tick();
}

function since(state, age) {
  if (age === null || (state === "live" && age < 3)) return "";
  const words = age < 60 ? `${Math.floor(age)} s` : seconds(age);
  return state === "live" ? `, heard ${words} ago` : `, ${words}`;
}

// The age is that of the latest word from the server, which comes every few seconds even when nothing changes.
function tick() {
  const state = liveState();
  const heard = heardAt();
  const age = heard === null ? null : Math.max(0, (Date.now() - heard) / 1000);
  patch(at("live-word"), `${LIVE_WORDS[state]}${since(state, age)}`);
  const made = frame.madeAt();
  patch(at("stale-age"), made === null ? "" : `They were made at ${clock(made)}.`);
  patch(at("age"), made === null ? "" : `figures of ${clock(made)}`);
}

const beat = perFrame(() => {
  at("lamp").classList.remove("beat");
  requestAnimationFrame(() => at("lamp").classList.add("beat"));
});

// What happens between reading the figures and listening to events would be missed: so the stream comes first, and
// where it begins without going on from an earlier one, the figures are read anew.
const HELLO_WITHIN_MS = 700;
let routed = false;

function start() {
  if (routed) return;
  routed = true;
  route();
}

// A fragment is an address of a view here, so the way past the header goes without one.
at("skip").onclick = (event) => {
  event.preventDefault();
  at("main").focus();
};

startTheme(at("theme"));
addEventListener("hashchange", route);
startLive();
onState(paintLive);
setTimeout(start, HELLO_WITHIN_MS);
onEvent((type, data) => {
  if (type === "hello") {
    if (!routed) start();
    else if (!data.resumed) views[current].onEvent("reset", {});
    return;
  }
  beat();
  if (type === "night") frame.takeState(data);
  if (type === "yield" && allTogether(data)) frame.takeFigures(data.night, data);
  views[current]?.onEvent(type, data);
});
setInterval(tick, 1000);
