// Elements made and brought up to date without a framework: build the wanted tree, then let patch() carry the
// differences over, so that focus, scrolling and selections stay where they are while figures change.

/** An element. Properties whose names begin with "on" are listeners, "class" is its class, null leaves one out. */
export function h(tag, properties, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same in SVG. */
export function svg(tag, properties, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), properties, children);
}

function fill(element, properties, children) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element[name] = value;
    else if (name === "style") applyStyle(element, value);
    else if (name !== "value") element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...present(children));
  if (properties?.value !== undefined && properties.value !== null) element.value = properties.value; // a select has its options now
  return element;
}

const present = (children) =>
  children.flat(3).filter((child) => child !== null && child !== undefined && child !== false);

// Set one by one: a strict content security policy refuses style attributes in text, not the object model.
function applyStyle(element, style) {
  for (const [name, value] of Object.entries(style)) element.style.setProperty(name, value);
}

const LISTENERS = ["onclick", "onchange", "oninput", "onsubmit", "onkeydown", "ontoggle"];

/** Makes the children of a node those wanted, changing as little as possible. */
export function patch(parent, ...wanted) {
  patchChildren(
    parent,
    present(wanted).map((child) => (child instanceof Node ? child : document.createTextNode(child))),
  );
}

function patchChildren(parent, next) {
  next.forEach((node, i) => {
    const old = parent.childNodes[i];
    if (!old) parent.append(node);
    else if (!sameKind(old, node)) old.replaceWith(node);
    else patchNode(old, node);
  });
  while (parent.childNodes.length > next.length) parent.lastChild.remove();
}

function sameKind(old, node) {
  return old.nodeName === node.nodeName && (old.dataset?.key ?? null) === (node.dataset?.key ?? null);
}

function patchNode(old, node) {
  if (old === node) return;
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== node.data) old.data = node.data;
    return;
  }
  for (const { name } of [...old.attributes]) {
    // Whether a fold is open is the reader's own affair.
    if (name !== "style" && !node.hasAttribute(name) && !(name === "open" && old.nodeName === "DETAILS"))
      old.removeAttribute(name);
  }
  for (const { name, value } of [...node.attributes]) {
    if (name !== "style" && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.style.cssText !== node.style.cssText) old.style.cssText = node.style.cssText;
  for (const listener of LISTENERS) if (old[listener] !== node[listener]) old[listener] = node[listener];
  if ("value" in old && old !== document.activeElement && old.value !== node.value) old.value = node.value;
  patchChildren(old, [...node.childNodes]);
}

/** Runs a drawing once before the next frame, however often it is asked for. */
export function perFrame(draw) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    requestAnimationFrame(() => {
      asked = false;
      draw();
    });
  };
}

/** The value of a custom property of the current theme. */
export function token(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
