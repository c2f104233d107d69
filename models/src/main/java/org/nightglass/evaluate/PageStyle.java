package org.nightglass.evaluate;

/** How pages look that people keep: dark, legible, without a file or a network beside them. */
public final class PageStyle {
  /** The style sheet; {@link SvgPlot} hangs on its classes. */
  public static final String CSS =
      """
      :root { color-scheme: dark; }
      * { box-sizing: border-box; }
      body { margin: 0 auto; max-width: 1320px; padding: 28px 24px 60px; background: #0e131b; color: #e4e8ef;
        font: 15px/1.5 system-ui, sans-serif; }
      h1 { font-size: 26px; margin: 0 0 4px; } h2 { font-size: 19px; margin: 36px 0 10px; }
      p { margin: 6px 0; max-width: 120ch; } .note { color: #a9b4c4; }
      .grid2 { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(460px, 100%), 1fr)); gap: 18px; }
      figure { margin: 0; padding: 14px; background: #161d29; border: 1px solid #263143; border-radius: 8px; }
      figcaption { color: #a9b4c4; font-size: 13.5px; margin-top: 6px; } figure h3 { margin: 0 0 8px; font-size: 15.5px; }
      svg { width: 100%; height: auto; display: block; } svg text { fill: #c6cfdb; font: 12.5px system-ui, sans-serif; }
      svg .grid { stroke: #263143; } svg .axis { stroke: #7c8aa0; fill: none; }
      svg .guide { stroke: #a9b4c4; stroke-dasharray: 5 4; fill: none; stroke-width: 1.4; }
      .wide { overflow-x: auto; } table { border-collapse: collapse; font-size: 13.5px; font-variant-numeric: tabular-nums; }
      th, td { padding: 5px 8px; text-align: right; border-bottom: 1px solid #263143; white-space: nowrap; }
      th { color: #a9b4c4; font-weight: 600; } th:first-child, td:first-child { text-align: left; }
      tr.sum td { font-weight: 600; border-top: 2px solid #3a485e; } small { color: #8f9bad; font-size: 11.5px; display: block; }
      details { margin-top: 10px; } summary { cursor: pointer; color: #8ec5f4; }
      .tiles { display: flex; flex-wrap: wrap; gap: 12px; margin: 18px 0 0; }
      .tile { background: #161d29; border: 1px solid #263143; border-radius: 8px; padding: 10px 16px; min-width: 150px; }
      .tile b { display: block; font-size: 22px; } .tile span { color: #a9b4c4; font-size: 13px; }
      .bad { color: #ff9d8a; }
      """;

  private PageStyle() {}
}
