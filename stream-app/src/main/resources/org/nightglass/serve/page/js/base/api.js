// The program's own API. An answer that is no success becomes a Problem with the server's words (RFC 9457).

const ROOT = "/api/v1";

/** What the server said when it could not answer; or that it could not be reached (status 0). */
export class Problem extends Error {
  constructor(status, title, detail) {
    super(detail || title);
    this.status = status;
    this.title = title;
    this.detail = detail;
  }
}

/** The address of a route, each part of its path escaped. */
export function route(path, params = {}) {
  const query = new URLSearchParams(
    Object.entries(params).filter(([, value]) => value !== null && value !== undefined && value !== ""),
  ).toString();
  const escaped = path.map((part) => encodeURIComponent(part)).join("/");
  return `${ROOT}/${escaped}${query ? `?${query}` : ""}`;
}

/** JSON of a route, for instance get(["nights", night]). */
export async function get(path, params = {}, signal = undefined) {
  return request(route(path, params), { signal });
}

/** Sends JSON, with the token that writes need. */
export async function post(path, body, token) {
  return request(route(path), {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
    body: JSON.stringify(body),
  });
}

async function request(url, options) {
  let response;
  try {
    response = await fetch(url, { ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch (fault) {
    if (fault.name === "AbortError") throw fault;
    throw new Problem(0, "Nightglass cannot be reached", "The page goes on trying.");
  }
  const text = await response.text();
  const body = parseJson(text);
  if (!response.ok) {
    throw new Problem(response.status, body?.title ?? response.statusText, body?.detail ?? "");
  }
  return body;
}

function parseJson(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
