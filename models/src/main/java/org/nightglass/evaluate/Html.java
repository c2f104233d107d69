package org.nightglass.evaluate;

/** Text that may stand in a page. */
public final class Html {
  private Html() {}

  /** The text with what HTML would take for its own made harmless. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
