// Tonight: everything about one night, kept up to date while it is open.

import { get } from "../base/api.js";
import { h, patch } from "../base/dom.js";
import { moment, nightName } from "../base/format.js";
import { throttled, want } from "../base/live.js";
import { empty, fault } from "../base/panel.js";
import { nightState } from "../base/words.js";
import { Mix, Redshifts } from "../tonight/classes.js";
import { Flow, Rejects, Sky } from "../tonight/flow.js";
import { Funnel } from "../tonight/funnel.js";
import { Headline } from "../tonight/headline.js";
import { FocalPanel, SkyPanel } from "../tonight/maps.js";
import { Programmes } from "../tonight/programmes.js";
import { Success } from "../tonight/success.js";
import { Yield } from "../tonight/yield.js";

// Yields and fields come whole with the events; what is made from single results is asked for at most so often.
const DETAILS_EVERY_MS = 5000;
const MOST_BINS = 240;
const FIELD_PAGES = 5;

export class TonightView {
  constructor(root, frame) {
    this.root = root;
    this.frame = frame;
    this.title = h("h1", null, "Tonight");
    this.meaning = h("p", { class: "muted" });
    this.note = h("div");
    this.headline = new Headline();
    this.funnel = new Funnel();
    this.yield = new Yield();
    this.focal = new FocalPanel();
    this.sky = new SkyPanel();
    this.success = new Success();
    this.programmes = new Programmes();
    this.redshifts = new Redshifts();
    this.mix = new Mix();
    this.flow = new Flow();
    this.rejects = new Rejects();
    this.skyFibres = new Sky();
    const panels = [this.headline, this.funnel, this.yield, this.focal, this.sky, this.programmes, this.success];
    panels.push(this.redshifts, this.mix, this.flow, this.rejects, this.skyFibres);
    root.append(
      h("div", { class: "head" }, this.title, this.meaning),
      this.note,
      h(
        "div",
        { class: "grid" },
        panels.map((one) => one.element),
      ),
    );
    this.askDetails = throttled(DETAILS_EVERY_MS, () => this.#details());
    this.askPaint = throttled(250, () => this.#paint());
    this.night = null;
  }

  /** Shows a night; without one, the latest, and goes on to the next when it begins. */
  async show(argument) {
    want(["night", "yield", "field", "results", "rejects"]);
    this.following = argument === null;
    await this.#open(argument ?? (await this.frame.latestNight()));
  }

  hide() {
    this.night = null;
  }

  async #open(night) {
    this.night = night;
    this.frame.standing(night);
    patch(this.title, night ? `Night ${nightName(night)}` : "Tonight");
    document.title = night ? `Night ${nightName(night)} · Nightglass` : "Nightglass";
    this.#forget();
    await this.reload();
  }

  // Nothing of another night may stand under this one's name, not even while this one's figures are on their way.
  #forget() {
    [this.account, this.record, this.timeline, this.minutes] = [null, null, null, 1];
    this.byProgramme = new Map();
    this.fields = new Map();
    this.sky.set([]);
    this.focal.set([]);
    this.success.set([]);
    this.flow.setTimeline(null);
    this.rejects.set(null);
  }

  /** Reads everything anew: at first, and after a gap in the events. */
  async reload() {
    const night = this.night;
    if (!night) {
      patch(
        this.note,
        empty("No night is known yet. This page fills by itself as soon as the first spectrum arrives."),
      );
      return;
    }
    try {
      const answer = await get(["nights", night]);
      if (night !== this.night) return;
      this.account = answer.account;
      this.record = answer.yield;
      this.byProgramme = new Map(answer.programmes.map((one) => [one.programme, one]));
      patch(this.note);
    } catch (problem) {
      if (night === this.night) patch(this.note, fault(problem));
    }
    this.#paint();
    await Promise.all([this.#readFields(night), this.#details()]);
  }

  async #readFields(night) {
    let cursor = null;
    for (let page = 0; page < FIELD_PAGES; page++) {
      const answer = await get(["fields"], { night, limit: 1000, cursor }).catch(() => null);
      if (!answer || night !== this.night) return;
      answer.items.forEach((one) => this.fields.set(one.field_id, one));
      cursor = answer.next;
      if (cursor === null) break;
    }
    this.sky.set([...this.fields.values()]);
  }

  async #details() {
    const night = this.night;
    if (!night) return;
    const ask = (path, params) => get(["nights", night, path], params).catch(() => null);
    const [fibres, success, observed, emitted, rejects] = await Promise.all([
      ask("fibres"),
      ask("snr-success"),
      ask("timeline", { axis: "observed", minutes: 5 }),
      ask("timeline", { axis: "emitted", minutes: this.minutes }),
      ask("rejects", { limit: 8 }),
    ]);
    if (night !== this.night) return;
    if (fibres) this.focal.set(fibres.items);
    if (success) this.success.set(success.items);
    if (observed) this.timeline = observed;
    if (emitted) {
      this.flow.setTimeline(emitted);
      this.minutes = suitableMinutes(emitted);
    }
    if (rejects) this.rejects.set(rejects);
    this.#paint();
  }

  onEvent(type, data) {
    if (type === "reset" || (!this.night && data.night)) this.#reset();
    else if (type === "night" && this.following && this.night < data.night) this.#open(data.night);
    else if (data.night === this.night) this.#take(type, data);
  }

  async #reset() {
    if (!this.night) return this.#open(await this.frame.latestNight());
    await this.reload();
  }

  #take(type, data) {
    if (type === "night") this.account = newer(this.account, data);
    else if (type === "yield" && data.field_id === null && data.selected_as === null && data.class_label === null) {
      if (data.programme === null) {
        this.record = newer(this.record, data);
        this.askDetails(); // a person's word changes them too
      } else this.byProgramme.set(data.programme, newer(this.byProgramme.get(data.programme), data));
    } else if (type === "field") {
      this.fields.set(data.field_id, data);
      this.fieldsChanged = true;
    }
    if (type === "results" || type === "rejects") this.askDetails();
    this.askPaint();
  }

  #paint() {
    const record = this.record;
    this.frame.standing(this.night, this.account, record);
    const told = this.account ?? record;
    patch(this.meaning, told ? nightState(told) : "\u00a0");
    this.headline.set(record);
    this.funnel.set(record);
    this.yield.set(this.timeline?.night === this.night ? this.timeline : null, record, this.account);
    this.programmes.set([...this.byProgramme.values()]);
    this.redshifts.set(record?.redshifts ?? []);
    this.mix.set(record?.class_mix ?? []);
    this.flow.setRecord(record);
    this.skyFibres.set(record);
    if (this.fieldsChanged) {
      this.fieldsChanged = false;
      this.sky.set([...this.fields.values()]);
    }
  }
}

// Events and answers may cross on the way: the higher revision of a record is the newer one.
function newer(old, next) {
  return old && old.revision > next.revision ? old : next;
}

function suitableMinutes(timeline) {
  if (timeline.items.length < 2) return 1;
  const span = (moment(timeline.items.at(-1).at) - moment(timeline.items[0].at)) / 60_000;
  return [1, 2, 5, 10, 15, 30, 60].find((minutes) => span / minutes <= MOST_BINS) ?? 120;
}
