// A canvas that is as sharp as the screen, keeps to its host's width, and is drawn at most once a frame.

import { h, perFrame } from "../base/dom.js";
import { onTheme } from "../base/theme.js";

/**
 * Puts a canvas into a host of a fixed aspect. draw(ctx, width, height) works in CSS pixels.
 *
 * options: { label: what a screen reader says at first, aspect: width over height, onPoint: (x, y, type) for move, leave, click }
 * Returns { draw(), label(text) }.
 */
export function sharpCanvas(host, { label, aspect, onPoint }, draw) {
  const canvas = h("canvas", { role: "img", "aria-label": label });
  host.append(canvas);
  const paint = perFrame(() => {
    const width = Math.floor(host.clientWidth);
    if (width < 10) return;
    const height = Math.floor(width / aspect);
    const ratio = devicePixelRatio || 1;
    if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
      canvas.width = width * ratio;
      canvas.height = height * ratio;
      canvas.style.setProperty("width", `${width}px`);
      canvas.style.setProperty("height", `${height}px`);
    }
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.clearRect(0, 0, width, height);
    draw(ctx, width, height);
  });
  host.style.setProperty("aspect-ratio", String(aspect));
  new ResizeObserver(paint).observe(host);
  onTheme(() => host.isConnected && paint());
  if (onPoint) {
    canvas.onpointermove = (event) => onPoint(event.offsetX, event.offsetY, "move");
    canvas.onpointerleave = () => onPoint(-1, -1, "leave");
    canvas.onclick = (event) => onPoint(event.offsetX, event.offsetY, "click");
  }
  return { draw: paint, label: (text) => canvas.setAttribute("aria-label", text) };
}
