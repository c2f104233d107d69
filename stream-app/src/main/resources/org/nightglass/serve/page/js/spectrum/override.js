// A person's word on a target, sent as an event, and the wait until the account has taken it up.

import { get, post } from "../base/api.js";
import { h, patch } from "../base/dom.js";
import { dateTime, moment } from "../base/format.js";
import { plain, targetState } from "../base/words.js";

const ACTIONS = [
  ["ACCEPT", "Accept the redshift"],
  ["REJECT", "Reject the redshift"],
  ["DO_NOT_OBSERVE", "Do not observe again"],
  ["CLEAR", "Take the word back"],
];

// For this tab only: neither the address nor the disk ever holds the token.
const REMEMBERED = ["token", "by"];

export class OverrideForm {
  constructor() {
    this.status = h("p", { class: "hint", role: "status" });
    this.standing = h("div");
    this.form = h("form", { class: "override", onsubmit: (event) => this.#send(event) });
    this.element = h(
      "section",
      { class: "panel", "aria-labelledby": "title-override" },
      h("h2", { id: "title-override" }, "A person's word"),
      this.standing,
      this.form,
      this.status,
    );
    this.#build();
  }

  /** The target that the word would be on, what the account says of it, and the result looked at (or null). */
  set(targetId, state, result) {
    if (targetId !== this.targetId) {
      patch(this.status);
      this.awaited = null;
      this.form.elements.class_label.value = "";
      this.form.elements.z.value = "";
      this.form.elements.reason.value = "";
    }
    [this.targetId, this.state] = [targetId, state];
    this.form.elements.class_label.placeholder = result?.class_label ?? "the model's";
    this.form.elements.z.placeholder =
      result?.z === null || result?.z === undefined ? "the model's" : result.z.toFixed(5);
    patch(this.standing, this.#word());
    this.#takenUp();
  }

  /** Puts a redshift found by eye into the form. */
  offer(z) {
    this.form.elements.z.value = z === null ? "" : z.toFixed(5);
  }

  #word() {
    const word = this.state?.override;
    if (!word) return h("p", { class: "muted" }, "Nobody has said anything: the programme's policy holds.");
    return h(
      "p",
      { class: "word", "data-override": word.action },
      `${plain(word.action)} by ${word.by}, ${dateTime(word.at)}: “${word.reason}”`,
    );
  }

  #build() {
    const input = (name, label, properties) =>
      h("label", { class: "field" }, label, h("input", { name, autocomplete: "off", ...properties }));
    this.form.append(
      input("class_label", "Class, if not the model's", { maxlength: 100 }),
      input("z", "Redshift, if not the model's", { type: "number", step: "any", min: "-0.1", max: "20" }),
      h(
        "label",
        { class: "field whole" },
        "Reason",
        h("textarea", { name: "reason", rows: "2", required: true, maxlength: 2000 }),
      ),
      input("by", "Your name", { required: true, maxlength: 200, value: remembered("by") }),
      input("token", "Token", { type: "password", required: true, value: remembered("token") }),
      h(
        "div",
        { class: "actions whole" },
        ACTIONS.map(([action, text]) =>
          h(
            "button",
            { type: "submit", name: "action", value: action, class: action === "ACCEPT" ? "primary" : null },
            text,
          ),
        ),
      ),
    );
  }

  async #send(event) {
    event.preventDefault();
    const action = event.submitter?.value ?? "ACCEPT";
    const text = (name) => this.form.elements[name].value.trim();
    const accepting = action === "ACCEPT";
    const body = {
      action,
      class_label: accepting && text("class_label") ? text("class_label") : null,
      z: accepting && text("z") ? Number(text("z")) : null,
      by: text("by"),
      reason: text("reason"),
    };
    REMEMBERED.forEach((name) => remember(name, text(name)));
    this.#say(`Sending “${plain(action)}” …`);
    try {
      const answer = await post(["targets", this.targetId, "override"], body, text("token"));
      this.awaited = { action, at: moment(answer.at) };
      this.#say("Written. Waiting until the account has taken it up …", "sent");
      this.#takenUp();
      this.#lookAgain(this.targetId, 1000);
    } catch (problem) {
      const words =
        problem.status === 401
          ? "The token is not the right one: it is printed when the program starts, or set as http.token."
          : problem.detail || problem.title;
      this.#say(`Not sent: ${words}`, "failed");
    }
  }

  #say(text, kind = "") {
    this.status.dataset.kind = kind;
    patch(this.status, text);
  }

  // The events tell of it; asking again covers the case that one was missed.
  #lookAgain(targetId, waitMs) {
    setTimeout(async () => {
      if (!this.awaited || targetId !== this.targetId) return;
      const answer = await get(["targets", targetId]).catch(() => null);
      if (answer && targetId === this.targetId) {
        this.state = answer.state;
        patch(this.standing, this.#word());
        this.#takenUp();
      }
      this.#lookAgain(targetId, Math.min(10_000, 2 * waitMs));
    }, waitMs);
  }

  #takenUp() {
    if (!this.awaited || !this.state) return;
    const word = this.state.override;
    const done =
      this.awaited.action === "CLEAR"
        ? word === null
        : word?.action === this.awaited.action && moment(word.at) >= this.awaited.at;
    if (!done) return;
    this.awaited = null;
    this.#say(
      `Taken up: the target is ${this.state.state} (${targetState(this.state.state)}), revision ${this.state.revision}.`,
      "taken-up",
    );
  }
}

function remembered(name) {
  try {
    return sessionStorage.getItem(`nightglass.${name}`) ?? "";
  } catch {
    return "";
  }
}

function remember(name, value) {
  try {
    sessionStorage.setItem(`nightglass.${name}`, value);
  } catch {
    // Where nothing may be stored, it is typed again.
  }
}
