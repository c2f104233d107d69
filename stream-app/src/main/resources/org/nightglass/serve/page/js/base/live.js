// The one event stream of the page: who wants to know of what, and how long ago the last word came.

import { EventStream } from "./stream.js";

const listeners = new Set();
const stateListeners = new Set();
let stream = null;

/** Opens the stream; called once. */
export function startLive() {
  stream = new EventStream("/api/v1/events", {
    onEvent: ({ type, data }) => deliver(type, JSON.parse(data)),
    onState: (state) => stateListeners.forEach((listener) => listener(state)),
    onGap: () => deliver("reset", {}),
  });
}

/** Only these event types are sent from now on; the place in the stream is kept. */
export function want(types) {
  stream?.select({ types: types.join(",") });
}

/** Calls listener(type, data) for every event; "reset" means: read anew what is shown. */
export function onEvent(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls listener(state) with "connecting", "live", "silent" or "lost". */
export function onState(listener) {
  stateListeners.add(listener);
  listener(liveState());
}

/** How the stream stands. */
export function liveState() {
  return stream?.state ?? "connecting";
}

/** When the server was last heard of, in milliseconds since 1970, or null. */
export function heardAt() {
  return stream?.heardAt ?? null;
}

function deliver(type, data) {
  listeners.forEach((listener) => listener(type, data));
}

/**
 * Runs a task now or, when it ran less than everyMs ago, as soon as that time is over; never twice at once, and not
 * while the page is hidden: then once when it comes back.
 */
export function throttled(everyMs, task) {
  let [last, timer, running, again] = [-Infinity, null, false, false];
  const run = async () => {
    timer = null;
    if (document.hidden || running) {
      again = true;
      return;
    }
    running = true;
    last = performance.now();
    try {
      await task();
    } finally {
      running = false;
      if (again) {
        again = false;
        ask();
      }
    }
  };
  const ask = () => {
    if (running) again = true;
    else if (timer === null) timer = setTimeout(run, Math.max(0, last + everyMs - performance.now()));
  };
  document.addEventListener(
    "visibilitychange",
    () => !document.hidden && again && !running && ((again = false), ask()),
  );
  return ask;
}
