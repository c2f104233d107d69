package org.nightglass.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.nightglass.simulate.SourceClass;
import org.nightglass.simulate.SourceKind;

/**
 * Which of a bundle's classes a spectrum belongs to.
 *
 * <p>Where plain {@code GALAXY} is a class, galaxies go by SDSS's measured subclass; else by what
 * was drawn, starbursts being star-forming. A star's type goes to the class of its whole name, or
 * to one that its name begins with ({@code STAR_K} of {@code K5}; {@code STAR_A} takes B stars).
 * What fits no class of its family belongs to all of them alike: an M dwarf to the seven star types
 * of SDSS's thirteen classes.
 */
final class ClassScheme {
  /** No source at all. */
  static final int[] NONE = {};

  private final List<String> classes;

  ClassScheme(List<String> classes) {
    this.classes = List.copyOf(classes);
  }

  List<String> classes() {
    return classes;
  }

  /** Number of classes. */
  int size() {
    return classes.size();
  }

  /** The family of a class. */
  SourceClass family(int index) {
    return family(classes.get(index));
  }

  /** The family of a label. */
  static SourceClass family(String label) {
    int end = label.indexOf('_');
    return SourceClass.valueOf(end < 0 ? label : label.substring(0, end));
  }

  /**
   * The classes that a spectrum belongs to: one, or all of its family.
   *
   * @param label as SDSS's rules have it
   * @param kind what was drawn, a star's with its type; null for observed spectra, which only have
   *     a label
   */
  int[] of(String label, @Nullable SourceKind kind) {
    SourceClass family = family(label);
    for (String candidate : candidates(family, label, kind)) {
      int index = classes.indexOf(candidate);
      if (index >= 0) {
        return new int[] {index};
      }
    }
    List<Integer> all = new ArrayList<>();
    for (int c = 0; c < classes.size(); c++) {
      if (family(c) == family) {
        all.add(c);
      }
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<String> candidates(SourceClass family, String label, @Nullable SourceKind kind) {
    String name = family.name();
    if (family == SourceClass.STAR) {
      String type = label.substring(Math.min(label.length(), name.length() + 1));
      String upper = type.toUpperCase(Locale.ROOT);
      boolean dwarf = upper.contains("WD");
      String letter = upper.isEmpty() ? "" : upper.substring(0, 1);
      return List.of(
          name + "_" + upper,
          name + (dwarf ? "_WD" : "_" + (letter.equals("B") ? "A" : letter)),
          name);
    }
    if (family == SourceClass.GALAXY && !classes.contains(name)) {
      String drawn = kind == null ? label : kind.label();
      return List.of(
          drawn,
          drawn.replace("STARBURST", "STARFORMING"),
          drawn + (kind == null ? "_PASSIVE" : ""));
    }
    return List.of(label, name);
  }
}
