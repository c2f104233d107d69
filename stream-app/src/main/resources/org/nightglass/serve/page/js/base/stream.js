// Server-sent events read with fetch instead of EventSource: it lets us see heartbeats (so that silence is noticed),
// send Last-Event-ID again after any kind of failure, and never give up.

const SILENT_AFTER_MS = 20_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

/**
 * Follows a stream of events for as long as the page is open.
 *
 * onEvent({id, type, data}) is called for each event; onState(state) with "connecting", "live", "silent" (connected,
 * but not even a heartbeat) or "lost"; onGap() when the server says that events in between are no longer there.
 */
export class EventStream {
  constructor(url, { onEvent, onState, onGap }) {
    this.url = url;
    this.query = "";
    this.onEvent = onEvent;
    this.onState = onState;
    this.onGap = onGap;
    this.lastId = null;
    this.heardAt = null;
    this.state = "connecting";
    this.waitMs = FIRST_WAIT_MS;
    this.#loop();
    setInterval(() => this.#watch(), 1000);
    // Back from sleep or on the network again: do not sit out the wait.
    addEventListener("online", () => this.#hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.#hurry());
    // A page that is left may be kept by the browser, connection and all, and a browser has six for a server.
    addEventListener("pagehide", () => this.abort?.abort());
  }

  /** Asks for a selection of events; the connection is made anew and goes on where the old one was. */
  select(params) {
    const query = `?${new URLSearchParams(params)}`;
    if (query === this.query) return;
    this.query = query;
    this.changing = true;
    this.abort?.abort();
    this.#hurry();
  }

  async #loop() {
    for (;;) {
      try {
        this.changing = false;
        await this.#follow();
      } catch {
        // A refused or broken connection: what matters is said by the state.
      }
      if (this.changing) continue;
      this.#setState("lost");
      await new Promise((resolve) => {
        this.wake = resolve;
        setTimeout(resolve, this.waitMs);
      });
      this.waitMs = Math.min(LONGEST_WAIT_MS, this.waitMs * 2);
    }
  }

  async #follow() {
    this.abort = new AbortController();
    const headers = { Accept: "text/event-stream" };
    if (this.lastId !== null) headers["Last-Event-ID"] = this.lastId;
    const response = await fetch(this.url + this.query, { headers, cache: "no-store", signal: this.abort.signal });
    if (!response.ok || !response.body) throw new Error(`events: ${response.status}`);
    this.waitMs = FIRST_WAIT_MS;
    const parser = new EventParser((event) => this.#take(event));
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    this.#heard();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      this.#heard();
      parser.feed(value);
    }
  }

  #take(event) {
    if (event.id !== null) this.lastId = event.id;
    if (event.type === "reset") this.onGap();
    else this.onEvent(event);
  }

  #heard() {
    this.heardAt = Date.now();
    this.#setState("live");
  }

  #watch() {
    if (this.state !== "live" && this.state !== "silent") return;
    const quietMs = Date.now() - this.heardAt;
    if (quietMs > 3 * SILENT_AFTER_MS)
      this.abort.abort(); // a half-open connection: begin anew
    else if (quietMs > SILENT_AFTER_MS) this.#setState("silent");
  }

  #hurry() {
    if (this.state === "lost") this.wake?.();
  }

  #setState(state) {
    if (state === this.state) return;
    this.state = state;
    this.onState(state);
  }
}

/** The event stream format of the HTML standard, section 9.2.6. */
export class EventParser {
  constructor(onEvent) {
    this.onEvent = onEvent;
    this.rest = "";
    this.id = null;
    this.#begin();
  }

  feed(text) {
    this.rest += text;
    const lines = this.rest.split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop();
    lines.forEach((line) => this.#line(line));
  }

  #begin() {
    this.type = "message";
    this.data = [];
  }

  #line(line) {
    if (line === "") {
      if (this.data.length) this.onEvent({ id: this.id, type: this.type, data: this.data.join("\n") });
      this.#begin();
      return;
    }
    const colon = line.indexOf(":");
    if (colon === 0) return; // a comment: the heartbeat
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "data") this.data.push(value);
    else if (name === "event") this.type = value;
    else if (name === "id" && !value.includes("\0")) this.id = value;
  }
}
