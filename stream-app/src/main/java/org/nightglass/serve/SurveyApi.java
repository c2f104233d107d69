package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.TargetState;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.Place;
import org.nightglass.serve.read.ReadModel;
import org.nightglass.serve.read.Row;
import org.nightglass.serve.read.TargetColumn;
import org.nightglass.serve.read.TargetFilter;

/** What holds over all nights: fields, targets, the survey to date. */
final class SurveyApi {
  private static final List<String> STATES =
      List.of("UNOBS", "MORE_ZGOOD", "MORE_ZWARN", "OBS", "DONE", "DONOTOBSERVE");
  private static final int RESULTS_OF_TARGET = 100;
  private static final Map<String, TargetColumn> TARGET_COLUMNS =
      Arrays.stream(TargetColumn.values())
          .collect(Collectors.toUnmodifiableMap(TargetColumn::field, column -> column));

  /** Fields are some thousands: they are looked through. */
  private static final Map<String, Function<FieldProgress, @Nullable Object>> FIELD_COLUMNS =
      Map.of(
          "programme", FieldProgress::getProgramme,
          "targets_done", SurveyApi::shareDone,
          "done", FieldProgress::getDone,
          "observed", FieldProgress::getObserved,
          "good_z", FieldProgress::getGoodZ,
          "effective_time_fraction", FieldProgress::getEffectiveTimeFraction,
          "remaining_seconds", FieldProgress::getRemainingSeconds,
          "profiting", FieldProgress::getProfiting,
          "night", FieldProgress::getNight);

  private final ReadModel model;

  SurveyApi(ReadModel model) {
    this.model = model;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/fields", this::fields);
    routes.get("/api/v1/fields/{field_id}", this::field);
    routes.get("/api/v1/targets", this::targets);
    routes.get("/api/v1/targets/{target_id}", this::target);
    routes.get("/api/v1/survey", this::survey);
  }

  private void fields(Context context) {
    Query query = new Query(context);
    String programme = query.text("programme");
    String night = query.night("night");
    Boolean done = query.flag("done");
    Predicate<FieldProgress> wanted =
        field ->
            (programme == null || programme.equals(field.getProgramme()))
                && (night == null || night.equals(field.getNight()))
                && (done == null || done.equals(field.getDone()));
    Sorting<FieldProgress> sorting = Sorting.of(query, FIELD_COLUMNS, FieldProgress::getFieldId);
    int limit = query.limit();
    String after = sorting == null ? query.cursor() : null;
    Place place = sorting == null ? null : query.place();
    boolean csv = query.csv();
    query.check();
    ObjectNode page =
        sorting == null
            ? page(model.fields(wanted, after, limit + 1), limit, FieldProgress::getFieldId)
            : page(sorting.page(taker -> eachField(wanted, taker), place, limit));
    Answer.list(context, page, "FieldProgress", csv);
  }

  private void eachField(Predicate<FieldProgress> wanted, Consumer<FieldProgress> taker) {
    model.eachField(
        field -> {
          if (wanted.test(field)) {
            taker.accept(field);
          }
        });
  }

  private static ObjectNode page(Sorting.Page<FieldProgress> sorted) {
    ObjectNode page = Json.MAPPER.createObjectNode();
    page.set("items", Json.array(sorted.items()));
    page.put("next", sorted.next());
    return page;
  }

  /** One more than a page was looked for: whether there is a next one shows by that. */
  private static <T extends IndexedRecord> ObjectNode page(
      List<T> found, int limit, Function<T, String> name) {
    boolean more = found.size() > limit;
    List<T> items = more ? found.subList(0, limit) : found;
    ObjectNode page = Json.MAPPER.createObjectNode();
    page.set("items", Json.array(items));
    page.put("next", more ? Cursor.encode(name.apply(items.get(limit - 1))) : null);
    return page;
  }

  private static @Nullable Object shareDone(FieldProgress field) {
    return field.getTargeted() == 0
        ? null
        : (Object) (field.getTargetsDone() / (double) field.getTargeted());
  }

  private void field(Context context) {
    new Query(context).check();
    String name = context.pathParam("field_id");
    FieldProgress field = model.field(name);
    if (field == null) {
      throw Problem.notFound("no field '%s' is known; /api/v1/fields lists them".formatted(name));
    }
    Answer.json(context, Json.of(field));
  }

  private void targets(Context context) {
    Query query = new Query(context);
    TargetFilter filter =
        new TargetFilter(
            query.oneOf("state", STATES),
            query.text("programme"),
            query.text("field"),
            query.text("q"));
    String sort = query.sort(TARGET_COLUMNS.keySet());
    boolean falling = query.falling(sort);
    TargetColumn column = sort == null ? null : TARGET_COLUMNS.get(sort);
    int limit = query.limit();
    String after = column == null ? query.cursor() : null;
    Place place = column == null ? null : query.place();
    boolean csv = query.csv();
    query.check();
    ObjectNode page =
        column == null
            ? page(model.targets(filter, after, limit + 1), limit, TargetState::getTargetId)
            : page(model.targets(filter, column, falling, place, limit));
    Answer.list(context, page, "TargetState", csv);
  }

  private static ObjectNode page(ReadModel.SortedTargets sorted) {
    Place next = sorted.next();
    ObjectNode page = Json.MAPPER.createObjectNode();
    page.set("items", Json.array(sorted.targets()));
    page.put("next", next == null ? null : Cursor.encode(next.text()));
    return page;
  }

  private void target(Context context) {
    new Query(context).check();
    String name = context.pathParam("target_id");
    TargetState state = model.target(name);
    List<Row> results = model.resultsOf(name, RESULTS_OF_TARGET);
    if (state == null && results.isEmpty()) {
      throw Problem.notFound(
          "no target '%s' is known; /api/v1/targets?q= finds names by how they begin"
              .formatted(name));
    }
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.put("target_id", name);
    answer.set("state", Json.orNull(state));
    ArrayNode items = answer.putArray("results");
    results.forEach(row -> items.add(Json.of(row)));
    Answer.json(context, answer);
  }

  private void survey(Context context) {
    Query query = new Query(context);
    boolean csv = query.csv();
    query.check();
    ObjectNode answer = Json.MAPPER.createObjectNode();
    answer.set("items", Json.array(model.survey()));
    Answer.list(context, answer, "NightYield", csv);
  }
}
