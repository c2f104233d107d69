// Three themes: night (the default), dome (red only, for eyes adapted to the dark) and day (for the morning).

const THEMES = ["night", "dome", "day"];
const KEY = "nightglass.theme";
const listeners = new Set();

/** Puts the theme chosen earlier in force and lets the control change it. */
export function startTheme(control) {
  const stored = read();
  apply(stored);
  control.value = stored;
  control.onchange = () => {
    apply(control.value);
    try {
      localStorage.setItem(KEY, control.value);
    } catch {
      // Private windows may refuse to store: the theme then lasts as long as the page.
    }
  };
}

/** Tells drawings on canvases to take the new colours; returns a function that ends it. */
export function onTheme(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

function read() {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.includes(stored) ? stored : THEMES[0];
  } catch {
    return THEMES[0];
  }
}

function apply(theme) {
  document.documentElement.dataset.theme = theme;
  listeners.forEach((listener) => listener());
}
