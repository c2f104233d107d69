package org.nightglass.serve;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.ObjectKind;
import org.nightglass.decide.Warning;
import org.nightglass.serve.read.Row;

/** Which results of a night are asked for, from a request's parameters. */
final class ResultFilter {
  private static final List<String> KINDS =
      Arrays.stream(ObjectKind.values()).map(Enum::name).toList();
  private static final List<String> WARNINGS =
      Arrays.stream(Warning.values()).map(Enum::name).toList();

  private Predicate<Row> wanted = row -> true;

  private ResultFilter() {}

  /** Every filter that results know. */
  static Predicate<Row> of(Query query) {
    ResultFilter filter = new ResultFilter();
    String kind = query.oneOf("kind", KINDS);
    filter.and(kind, row -> row.kind().name().equals(kind));
    filter.byNames(query);
    String selected = query.text("selected_as");
    filter.and(selected, row -> selected != null && selected.equals(row.selectedAs()));
    String exposure = query.text("exposure");
    filter.and(exposure, row -> row.exposureId().equals(exposure));
    Integer fibre = query.integer("fibre");
    filter.and(fibre, row -> fibre != null && row.fibre() == fibre);
    Boolean good = query.flag("good");
    filter.and(good, row -> good != null && row.good() == good);
    String warning = query.oneOf("warning", WARNINGS);
    filter.and(
        warning,
        row -> warning != null && (row.warningBits() & 1 << Warning.valueOf(warning).bit()) != 0);
    filter.range(query, "snr", row -> row.snr());
    filter.range(query, "z", Row::z);
    String part = query.text("q");
    if (part != null) {
      String lower = part.toLowerCase(Locale.ROOT);
      filter.and(part, row -> contains(row.targetId(), lower) || contains(row.spectrumId(), lower));
    }
    return filter.wanted;
  }

  /** The filters that statistics share: programme, class and field, where the query has them. */
  static Predicate<Row> byProgramme(Query query) {
    String programme = query.text("programme");
    return row -> programme == null || row.programme().equals(programme);
  }

  private void byNames(Query query) {
    wanted = wanted.and(byProgramme(query)).and(byField(query)).and(byClass(query));
  }

  static Predicate<Row> byField(Query query) {
    String field = query.text("field");
    return row -> field == null || row.fieldId().equals(field);
  }

  static Predicate<Row> byClass(Query query) {
    String label = query.text("class");
    return row -> label == null || row.label().equals(label);
  }

  private interface Quantity {
    @Nullable Double of(Row row);
  }

  private void range(Query query, String name, Quantity quantity) {
    Double least = query.number(name + "_min");
    Double greatest = query.number(name + "_max");
    and(
        least,
        row -> {
          Double value = quantity.of(row);
          return value != null && least != null && value >= least;
        });
    and(
        greatest,
        row -> {
          Double value = quantity.of(row);
          return value != null && greatest != null && value <= greatest;
        });
  }

  private void and(@Nullable Object given, Predicate<Row> condition) {
    if (given != null) {
      wanted = wanted.and(condition);
    }
  }

  /** Names are of plain letters almost always: no copy of each is made to compare. */
  private static boolean contains(String name, String lowerPart) {
    int last = name.length() - lowerPart.length();
    for (int i = 0; i <= last; i++) {
      if (name.regionMatches(true, i, lowerPart, 0, lowerPart.length())) {
        return true;
      }
    }
    return false;
  }
}
