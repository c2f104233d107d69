// Addresses of the views: #/name/argument?key=value. Every view can be pasted into a chat.

/** What an address says: view, argument (or null) and parameters. */
export function parse(hash) {
  const [path, query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [view = "", argument] = path.split("/", 2);
  return {
    view: view || "night",
    argument: argument ? decode(argument) : null,
    params: Object.fromEntries(new URLSearchParams(query)),
  };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray percent sign in a pasted address
  }
}

/** The address of a view; parameters that are null or empty are left out. */
export function address(view, argument = null, params = {}) {
  const query = new URLSearchParams(
    Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  ).toString();
  const path = argument === null ? view : `${view}/${encodeURIComponent(argument)}`;
  return `#/${path}${query ? `?${query}` : ""}`;
}

/** Writes parameters into the address bar without leaving the view or adding to the history. */
export function rewrite(view, argument, params) {
  history.replaceState(null, "", address(view, argument, params));
}
