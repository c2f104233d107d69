// One spectrum: what was measured, what the model makes of it, and what a person says.

import { get } from "../base/api.js";
import { h, patch } from "../base/dom.js";
import { fixed, percent, redshift } from "../base/format.js";
import { want } from "../base/live.js";
import { fault, simpleTable } from "../base/panel.js";
import { rewrite } from "../base/router.js";
import { members, origin, probabilities, verdict, warnings } from "../spectrum/facts.js";
import { linesOf } from "../spectrum/lines.js";
import { OverrideForm } from "../spectrum/override.js";
import { SpectrumPlot } from "../spectrum/plot.js";

const PIXEL = 1e-4; // a step of the slider: one pixel of the SDSS grid in log10(1+z), 69 km/s
const SLIDER_LOW = -0.01;
const SLIDER_HIGH = Math.log10(1 + 6.5);
const LINE_SET_NAMES = { GALAXY: "galaxy", QSO: "quasar", STAR: "star" };
const LINE_SETS = Object.keys(LINE_SET_NAMES);

export class SpectrumView {
  constructor(root, frame) {
    this.frame = frame;
    this.title = h("h1", { class: "wrap" }, "Spectrum");
    this.note = h("div");
    this.verdict = h("div", { class: "w12" });
    this.facts = h("div", { class: "w7 stack" });
    this.override = new OverrideForm();
    root.append(
      h("div", { class: "head" }, this.title),
      this.note,
      h(
        "div",
        { class: "grid" },
        this.verdict,
        this.#plotPanel(),
        this.facts,
        h("div", { class: "w5" }, this.override.element),
      ),
    );
    this.id = null;
  }

  #plotPanel() {
    const host = h("div", { class: "plot h420 spectrum", role: "img", "aria-label": "Flux against wavelength" });
    this.host = host;
    this.readout = h("p", { class: "hint" }, "\u00a0");
    this.pixelNote = h("div");
    this.linesFold = h("details", { class: "table" }, h("summary", null, "Lines as a table"));
    this.linesTable = h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": "Lines in range" });
    this.linesFold.append(this.linesTable);
    this.plot = new SpectrumPlot(host, {
      height: 420,
      onZ: (z) => this.#setZ(z),
      onRead: (text) => patch(this.readout, text ?? this.#hint()),
    });
    this.zInput = h("input", { type: "number", step: "0.0001", class: "short", onchange: () => this.#typed() });
    this.zSlider = h("input", {
      type: "range",
      min: SLIDER_LOW,
      max: SLIDER_HIGH,
      step: PIXEL,
      oninput: () => this.#setZ(10 ** Number(this.zSlider.value) - 1),
    });
    this.lineSet = h(
      "select",
      { onchange: () => this.#draw() },
      LINE_SETS.map((name) => h("option", { value: name }, LINE_SET_NAMES[name])),
    );
    this.smoothing = h("input", { type: "range", min: 0, max: 12, step: 0.5, value: 2, oninput: () => this.#smooth() });
    this.smoothingWord = h("output", null, "2 px");
    this.alternatives = h("div", { class: "actions" });
    return h(
      "section",
      { class: "panel w12", "aria-labelledby": "title-flux" },
      h("header", null, h("h2", { id: "title-flux" }, "Flux, smoothed, with its 1σ band")),
      this.pixelNote,
      host,
      this.readout,
      h(
        "div",
        { class: "controls" },
        h("label", { class: "field" }, "Lines at z", this.zInput),
        h("label", { class: "field grow" }, "z, by one SDSS pixel a step", this.zSlider),
        h("label", { class: "field" }, "Lines of", this.lineSet),
        h("label", { class: "field grow" }, h("span", null, "Smoothing ", this.smoothingWord), this.smoothing),
        this.alternatives,
      ),
      this.linesFold,
    );
  }

  async show(id, params) {
    want(["night", "yield", "target"]);
    const [wantedZ, wantedSmoothing] = [number(params.z), number(params.smooth)];
    this.id = id;
    this.result = null;
    patch(this.title, `Spectrum ${id}`);
    document.title = `Spectrum ${id} · Nightglass`;
    if (wantedSmoothing !== null) this.smoothing.value = wantedSmoothing;
    await this.reload(wantedZ);
  }

  hide() {
    this.id = null;
  }

  async reload(wantedZ = this.z ?? null) {
    const id = this.id;
    try {
      const result = await get(["results", id]);
      if (id !== this.id) return;
      this.result = result;
      this.frame.standing(result.night ?? (await this.frame.latestNight()));
      patch(this.note);
      this.lineSet.value = LINE_SETS.find((name) => result.class_label.startsWith(name)) ?? "GALAXY";
      this.#facts();
      await Promise.all([this.#readPixels(id), this.#readTarget(id)]);
      this.#setZ(wantedZ ?? result.z ?? 0, wantedZ !== null);
      this.#smooth();
    } catch (problem) {
      if (id === this.id) patch(this.note, fault(problem));
    }
  }

  async #readPixels(id) {
    try {
      const pixels = await get(["spectra", id, "pixels"]);
      if (id !== this.id) return;
      patch(this.pixelNote);
      this.plot.setArms(pixels.arms);
    } catch (problem) {
      this.plot.setArms([]);
      patch(this.pixelNote, fault(problem));
    }
  }

  async #readTarget(id) {
    const answer = await get(["targets", this.result.target_id]).catch(() => null);
    if (id !== this.id) return;
    this.override.set(this.result.target_id, answer?.state ?? null, this.result);
    const row = answer?.results.find((one) => one.spectrum_id === id);
    patch(this.verdict, verdict(this.result, row?.good ?? null, answer?.state?.override ?? null));
  }

  onEvent(type, data) {
    if (!this.result) return;
    if (type === "reset") this.reload();
    else if (type === "target" && data.target_id === this.result.target_id) this.#readTarget(this.id);
  }

  #facts() {
    const result = this.result;
    const block = (title, content) =>
      h("section", { class: "panel", "aria-label": title }, h("h2", null, title), content);
    patch(this.verdict, verdict(result, null, null));
    patch(
      this.facts,
      block("Class probabilities", probabilities(result)),
      block("Ensemble", members(result)),
      block("Warnings", warnings(result)),
      block("Where it comes from", origin(result)),
    );
    const choice = (text, z) => h("button", { type: "button", onclick: () => this.#setZ(z) }, text);
    patch(
      this.alternatives,
      result.z !== null ? choice(`The estimate, ${redshift(result.z)}`, result.z) : null,
      result.z_alternative !== null
        ? choice(
            `The second peak, ${redshift(result.z_alternative)} (${percent(result.z_alternative_probability, 0)})`,
            result.z_alternative,
          )
        : null,
      h("button", { type: "button", onclick: () => this.plot.whole() }, "All wavelengths"),
      h("button", { type: "button", onclick: () => this.override.offer(this.z) }, "Put this z into the word"),
    );
  }

  #typed() {
    const z = number(this.zInput.value);
    if (z !== null && z > -1) this.#setZ(z);
  }

  #setZ(z, keep = true) {
    this.z = Math.max(10 ** SLIDER_LOW - 1, Math.min(10 ** SLIDER_HIGH - 1, z));
    this.zInput.value = this.z.toFixed(5);
    this.zSlider.value = Math.log10(1 + this.z);
    this.zSlider.setAttribute("aria-valuetext", `z ${this.z.toFixed(4)}`);
    if (keep) this.#address();
    this.#draw();
  }

  #smooth() {
    const sigma = Number(this.smoothing.value);
    patch(this.smoothingWord, sigma ? `${sigma} px` : "none");
    this.plot.setSmoothing(sigma);
    this.#address();
  }

  #address() {
    if (!this.id || !this.result) return;
    const moved = this.result.z === null || Math.abs(this.z - this.result.z) > 5e-6;
    rewrite("spectrum", this.id, {
      z: moved && this.z !== undefined ? this.z.toFixed(5) : null,
      smooth: this.smoothing.value === "2" ? null : this.smoothing.value,
    });
  }

  #draw() {
    const lines = linesOf(this.lineSet.value);
    this.plot.setLines(lines, this.z);
    patch(this.readout, this.#hint());
    patch(
      this.linesTable,
      simpleTable(
        ["Line", "Kind", "At rest (Å)#", "Observed (Å)#"],
        lines.map((line) => [line.name, line.kind, fixed(line.rest, 2), fixed(line.rest * (1 + this.z), 2)]),
      ),
    );
  }

  #hint() {
    return "Drag a line to move z; drag across the plot to zoom, double-click for the whole.";
  }
}

function number(text) {
  const value = text === undefined || text === null || text === "" ? NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
