package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.function.Function;
import org.apache.avro.generic.IndexedRecord;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.TargetState;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.ReadModel;
import org.nightglass.serve.read.Row;
import org.nightglass.serve.read.TargetFilter;

/** What holds over all nights: fields, targets, the survey to date. */
final class SurveyApi {
  private static final List<String> STATES =
      List.of("UNOBS", "MORE_ZGOOD", "MORE_ZWARN", "OBS", "DONE", "DONOTOBSERVE");
  private static final int RESULTS_OF_TARGET = 100;

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
    int limit = query.limit();
    String after = query.cursor();
    boolean csv = query.csv();
    query.check();
    List<FieldProgress> found =
        model.fields(
            field ->
                (programme == null || programme.equals(field.getProgramme()))
                    && (night == null || night.equals(field.getNight()))
                    && (done == null || done.equals(field.getDone())),
            after,
            limit + 1);
    Answer.list(context, page(found, limit, FieldProgress::getFieldId), "FieldProgress", csv);
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
    int limit = query.limit();
    String after = query.cursor();
    boolean csv = query.csv();
    query.check();
    List<TargetState> found = model.targets(filter, after, limit + 1);
    Answer.list(context, page(found, limit, TargetState::getTargetId), "TargetState", csv);
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
