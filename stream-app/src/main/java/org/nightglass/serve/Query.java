package org.nightglass.serve;

import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nightglass.serve.read.Place;

/**
 * The parameters of a request, read one by one; {@link #check} then tells every fault at once,
 * among them parameters that nobody asked about.
 */
final class Query {
  static final int MOST_ITEMS = 1000;
  private static final int USUAL_ITEMS = 100;
  private static final int MOST_CHARACTERS = 2000;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
  private static final Pattern NIGHT = Pattern.compile("[0-9]{8}");

  private final Context context;
  private final List<Problem.Fault> faults = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  Query(Context context) {
    this.context = context;
  }

  /** Text of at least one character; null where not given. */
  @Nullable String text(String name) {
    known.add(name);
    String value = context.queryParam(name);
    if (value != null && (value.isEmpty() || value.length() > MOST_CHARACTERS)) {
      fault(name, value, "1 to " + MOST_CHARACTERS + " characters");
      return null;
    }
    return value;
  }

  /** One of some words; null where not given. */
  @Nullable String oneOf(String name, List<String> words) {
    String value = text(name);
    if (value != null && !words.contains(value)) {
      fault(name, value, String.join(", ", words));
      return null;
    }
    return value;
  }

  @Nullable Boolean flag(String name) {
    String value = oneOf(name, List.of("true", "false"));
    return value == null ? null : Boolean.valueOf(value);
  }

  @Nullable String night(String name) {
    String value = text(name);
    if (value != null && !NIGHT.matcher(value).matches()) {
      fault(name, value, "YYYYMMDD");
      return null;
    }
    return value;
  }

  @Nullable Double number(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    if (NUMBER.matcher(value).matches() && Double.isFinite(Double.parseDouble(value))) {
      return Double.valueOf(value);
    }
    fault(name, value, "a finite number");
    return null;
  }

  @Nullable Integer integer(String name) {
    String value = text(name);
    if (value == null) {
      return null;
    }
    try {
      return Integer.valueOf(value);
    } catch (NumberFormatException e) {
      fault(name, value, "a whole number of 32 bits");
      return null;
    }
  }

  int integer(String name, int least, int greatest, int otherwise) {
    Integer value = integer(name);
    if (value != null && (value < least || value > greatest)) {
      fault(name, value.toString(), least + " to " + greatest);
    }
    return value == null ? otherwise : value;
  }

  /** How many items a page may have. */
  int limit() {
    return integer("limit", 1, MOST_ITEMS, USUAL_ITEMS);
  }

  /** Where the page begins; null = at the first item. */
  @Nullable String cursor() {
    String value = text("cursor");
    if (value == null) {
      return null;
    }
    String decoded = Cursor.decode(value);
    if (decoded == null) {
      fault("cursor", value, "'next' of the page before");
    }
    return decoded;
  }

  /** Where a page of a sorted list begins; null = at the first item. */
  @Nullable Place place() {
    String text = cursor();
    Place place = text == null ? null : Place.read(text);
    if (text != null && place == null) {
      fault("cursor", context.queryParam("cursor"), "'next' of the page before, sorted alike");
    }
    return place;
  }

  /** The column to sort by; null where none is asked for. */
  @Nullable String sort(Collection<String> columns) {
    return oneOf("sort", columns.stream().sorted().toList());
  }

  /** Whether the greatest come first in a list that is sorted by a column. */
  boolean falling(@Nullable String column) {
    String order = oneOf("order", List.of("asc", "desc"));
    if (order != null && column == null && !context.queryParamMap().containsKey("sort")) {
      fault("order", order, "only with sort");
    }
    return "desc".equals(order);
  }

  /** Whether CSV is asked for rather than JSON. */
  boolean csv() {
    String format = oneOf("format", List.of("json", "csv"));
    if (format != null) {
      return format.equals("csv");
    }
    String accept = context.header("Accept");
    return accept != null && accept.contains("text/csv") && !accept.contains("application/json");
  }

  void fault(String name, @Nullable String value, String accepted) {
    faults.add(new Problem.Fault(name, value, accepted));
  }

  /**
   * @throws Problem with every fault
   */
  void check() {
    for (String name : context.queryParamMap().keySet()) {
      if (!known.contains(name)) {
        fault(
            name,
            context.queryParam(name),
            known.isEmpty()
                ? "no parameters here"
                : "only the parameters " + String.join(", ", known.stream().sorted().toList()));
      }
    }
    if (!faults.isEmpty()) {
      throw Problem.badRequest(faults);
    }
  }

  /** A night of the path: YYYYMMDD, or 'unknown' for what could not be dated. */
  static String pathNight(Context context, String unknown) {
    String night = context.pathParam("night");
    if (!NIGHT.matcher(night).matches() && !night.equals(unknown)) {
      throw Problem.badRequest(
          List.of(new Problem.Fault("night", night, "YYYYMMDD, or " + unknown)));
    }
    return night;
  }
}
