package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.Place;
import org.nightglass.serve.read.ReadModel;
import org.nightglass.serve.read.Row;

/** One night, and what came of it. */
final class NightApi {
  private static final String BASE = "/api/v1/nights";
  private static final List<String> FUNNEL =
      List.of(
          "targeted",
          "assigned",
          "observed",
          "valid",
          "classified",
          "good_z",
          "spectra",
          "rejected_events",
          "revision",
          "ratios");

  /** What results can be sorted by; warnings by their number. */
  private static final Map<String, Function<Row, @Nullable Object>> RESULT_COLUMNS =
      Map.of(
          "spectrum_id", Row::spectrumId,
          "class_label", Row::label,
          "z", Row::z,
          "good", Row::good,
          "snr", Row::snr,
          "fibre", Row::fibre,
          "field_id", Row::fieldId,
          "programme", Row::programme,
          "warnings", row -> Integer.bitCount(row.warningBits()),
          "emitted_at", Row::emittedMillis);

  /** Statistics of a large night take tens of milliseconds, and change with every result. */
  private static final Duration STATISTICS_KEPT = Duration.ofSeconds(1);

  private final ReadModel model;
  private final Recent<ArrayNode> recent = new Recent<>(STATISTICS_KEPT, System::nanoTime);

  NightApi(ReadModel model) {
    this.model = model;
  }

  void addTo(RoutesConfig routes) {
    routes.get(BASE, this::nights);
    routes.get(BASE + "/{night}", this::oneNight);
    routes.get(BASE + "/{night}/programmes", this::programmes);
    routes.get(BASE + "/{night}/fields", this::fields);
    routes.get(BASE + "/{night}/classes", this::classes);
    routes.get(BASE + "/{night}/rejects", this::rejects);
    routes.get(BASE + "/{night}/results", this::results);
    routes.get(BASE + "/{night}/fibres", this::fibres);
    routes.get(BASE + "/{night}/snr-success", this::snrSuccess);
    routes.get(BASE + "/{night}/timeline", this::timeline);
  }

  private void nights(Context context) {
    Query query = new Query(context);
    String from = query.night("from");
    String to = query.night("to");
    String state = query.oneOf("state", List.of("OPEN", "CLOSED", "REVISED"));
    int limit = query.limit();
    String before = query.cursor();
    boolean csv = query.csv();
    query.check();
    ObjectNode page = Json.MAPPER.createObjectNode();
    ArrayNode items = page.putArray("items");
    String next = null;
    String last = null;
    for (String night : model.nights().descendingSet()) {
      boolean inRange =
          (from == null || night.compareTo(from) >= 0)
              && (to == null || night.compareTo(to) <= 0)
              && (before == null || night.compareTo(before) < 0);
      NightStatus status = inRange ? model.night(night) : null;
      if (!inRange || (state != null && !state.equals(name(status)))) {
        continue;
      }
      if (items.size() == limit) {
        next = last;
        break;
      }
      items.add(item(night, status, csv));
      last = night;
    }
    page.put("next", next == null ? null : Cursor.encode(next));
    Answer.list(context, page, csv ? "NightLine" : "NightItem", csv);
  }

  private static @Nullable String name(@Nullable NightStatus status) {
    return status == null ? null : status.getState().name();
  }

  /** A night in the list; as one flat line where a table is asked for. */
  private ObjectNode item(String night, @Nullable NightStatus status, boolean flat) {
    ObjectNode item = Json.MAPPER.createObjectNode();
    item.put("night", night);
    NightYield total = model.total(night);
    ObjectNode funnel = total == null ? null : Json.of(total).retain(FUNNEL);
    if (flat) {
      if (status != null) {
        item.put("state", status.getState().name());
        item.put("closed_by", status.getClosedBy());
      }
      if (funnel != null) {
        item.setAll(funnel);
      }
    } else {
      item.set("status", Json.orNull(status));
      item.set("funnel", funnel == null ? Json.orNull(null) : funnel);
    }
    return item;
  }

  /** The beginning that every answer about a night has. */
  private ObjectNode begin(String night) {
    if (!model.knows(night)) {
      throw Problem.notFound(
          "nothing is known of night %s; %s lists the nights that are".formatted(night, BASE));
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("night", night.equals(ReadModel.UNKNOWN_NIGHT) ? null : night);
    answer.set("account", Json.orNull(model.night(night)));
    return answer;
  }

  private static String night(Context context) {
    return Query.pathNight(context, ReadModel.UNKNOWN_NIGHT);
  }

  private void oneNight(Context context) {
    new Query(context).check();
    String night = night(context);
    ObjectNode answer = begin(night);
    answer.set("yield", Json.orNull(model.total(night)));
    answer.set("programmes", Json.array(model.yields(night, NightApi::isProgramme)));
    Answer.json(context, answer);
  }

  static boolean isTotalOrProgramme(NightYield scope) {
    return scope.getFieldId() == null && ofAllClasses(scope);
  }

  private static boolean isProgramme(NightYield scope) {
    return scope.getProgramme() != null && isTotalOrProgramme(scope);
  }

  private static boolean ofAllClasses(NightYield scope) {
    return scope.getSelectedAs() == null && scope.getClassLabel() == null;
  }

  private void programmes(Context context) {
    yields(context, new Query(context), NightApi::isProgramme);
  }

  private void fields(Context context) {
    yields(context, new Query(context), scope -> scope.getFieldId() != null && ofAllClasses(scope));
  }

  private void classes(Context context) {
    Query query = new Query(context);
    String programme = query.text("programme");
    yields(
        context,
        query,
        scope ->
            !ofAllClasses(scope)
                && scope.getFieldId() == null
                && (programme == null
                    ? scope.getProgramme() == null
                    : programme.equals(scope.getProgramme())));
  }

  private void yields(Context context, Query query, Predicate<NightYield> scopes) {
    boolean csv = query.csv();
    query.check();
    String night = night(context);
    ObjectNode answer = begin(night);
    answer.set("items", Json.array(model.yields(night, scopes)));
    Answer.list(context, answer, "NightYield", csv);
  }

  private void rejects(Context context) {
    Query query = new Query(context);
    String reason = query.text("reason");
    int limit = query.limit();
    String cursor = query.cursor();
    boolean csv = query.csv();
    query.check();
    String night = night(context);
    ObjectNode answer = begin(night);
    ReadModel.Rejects page = model.rejects(night, reason, cursor, limit);
    ObjectNode reasons = answer.putObject("reasons");
    model.rejectReasons(night).forEach(reasons::put);
    ArrayNode items = answer.putArray("items");
    page.rejects().forEach(reject -> items.add(Json.of(reject)));
    answer.put("next", page.next() == null ? null : Cursor.encode(page.next()));
    Answer.list(context, answer, "RejectRow", csv);
  }

  private void results(Context context) {
    Query query = new Query(context);
    Predicate<Row> wanted = ResultFilter.of(query);
    Sorting<Row> sorting = Sorting.of(query, RESULT_COLUMNS, Row::spectrumId);
    int limit = query.limit();
    String cursor = sorting == null ? query.cursor() : null;
    Place place = sorting == null ? null : query.place();
    boolean csv = query.csv();
    query.check();
    String night = night(context);
    ObjectNode answer = begin(night);
    Collection<Row> rows = model.rows(night);
    Sorting.Page<Row> page =
        sorting == null
            ? ResultPage.of(rows, wanted, cursor, limit)
            : sorting.page(taker -> rows.stream().filter(wanted).forEach(taker), place, limit);
    answer.put("matched", page.matched());
    ArrayNode items = answer.putArray("items");
    page.items().forEach(row -> items.add(Json.of(row)));
    answer.put("next", page.next());
    Answer.list(context, answer, "ResultRow", csv);
  }

  private void fibres(Context context) {
    Query query = new Query(context);
    Predicate<Row> wanted = ResultFilter.byProgramme(query).and(ResultFilter.byField(query));
    statistic(context, query, "FibreCounts", rows -> FibreCounts.of(rows, wanted));
  }

  private void snrSuccess(Context context) {
    Query query = new Query(context);
    Predicate<Row> wanted = ResultFilter.byProgramme(query).and(ResultFilter.byClass(query));
    statistic(context, query, "SnrBin", rows -> SnrSuccess.of(rows, wanted));
  }

  private void timeline(Context context) {
    Query query = new Query(context);
    String axis = query.oneOf("axis", List.of("observed", "emitted"));
    int minutes = query.integer("minutes", 1, 120, 1);
    Predicate<Row> wanted = ResultFilter.byProgramme(query);
    boolean emitted = "emitted".equals(axis);
    ToLongFunction<Row> time = emitted ? Row::emittedMillis : Row::exposureEndMillis;
    ObjectNode more = Json.MAPPER.createObjectNode();
    more.put("axis", emitted ? "emitted" : "observed");
    more.put("minutes", minutes);
    statistic(context, query, "TimeBin", more, rows -> Timeline.of(rows, wanted, time, minutes));
  }

  private void statistic(
      Context context, Query query, String schema, Function<Collection<Row>, ArrayNode> of) {
    statistic(context, query, schema, Json.MAPPER.createObjectNode(), of);
  }

  /** Works something out of a night's rows, once the query's parameters are known to be right. */
  private void statistic(
      Context context,
      Query query,
      String schema,
      ObjectNode more,
      Function<Collection<Row>, ArrayNode> of) {
    boolean csv = query.csv();
    query.check();
    String night = night(context);
    ObjectNode answer = begin(night);
    answer.setAll(more);
    String asked = context.path() + "?" + context.queryString();
    answer.set("items", recent.get(asked, () -> of.apply(model.rows(night))));
    Answer.list(context, answer, schema, csv);
  }
}
