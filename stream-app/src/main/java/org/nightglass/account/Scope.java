package org.nightglass.account;

import org.jspecify.annotations.Nullable;

/**
 * What a funnel is of: a night or the survey, all of it or one programme, field or class.
 *
 * @param night YYYYMMDD; null = the survey to date
 * @param programme null = all together
 * @param field null = all together
 * @param selectedAs only targets selected as this class; null = all
 * @param found only targets found to be of this class; null = all
 */
public record Scope(
    @Nullable String night,
    @Nullable String programme,
    @Nullable String field,
    @Nullable String selectedAs,
    @Nullable String found) {

  private static final String FOUND = ">";

  /**
   * The key of its records. A slash or percent sign in a name is written as in web addresses, so
   * that no two scopes have the same key.
   */
  public String key() {
    String label = found != null ? FOUND + escape(found) : escape(selectedAs);
    return night == null
        ? escape(programme) + "/" + label
        : night + "/" + escape(programme) + "/" + escape(field) + "/" + label;
  }

  /**
   * The scope of a key.
   *
   * @throws IllegalArgumentException if it is no key of a scope
   */
  public static Scope of(String key) {
    String[] parts = key.split("/", -1);
    if (parts.length != 2 && parts.length != 4) {
      throw new IllegalArgumentException(
          "'" + key + "' is no scope: it has " + parts.length + " parts");
    }
    String label = parts[parts.length - 1];
    boolean found = label.startsWith(FOUND);
    String name = unescape(found ? label.substring(1) : label);
    boolean survey = parts.length == 2;
    return new Scope(
        survey ? null : parts[0],
        unescape(parts[survey ? 0 : 1]),
        survey ? null : unescape(parts[2]),
        found ? null : name,
        found ? name : null);
  }

  /** Whether it is of one class. */
  public boolean ofOneClass() {
    return selectedAs != null || found != null;
  }

  private static String escape(@Nullable String name) {
    return name == null
        ? ""
        : name.replace("%", "%25")
            .replace("/", "%2F")
            .replace(FOUND, "%3E")
            .replace("\u0000", "%00");
  }

  private static @Nullable String unescape(String text) {
    return text.isEmpty()
        ? null
        : text.replace("%00", "\u0000")
            .replace("%3E", FOUND)
            .replace("%2F", "/")
            .replace("%25", "%");
  }
}
