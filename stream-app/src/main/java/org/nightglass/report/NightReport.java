package org.nightglass.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nightglass.serve.read.Json;

/**
 * All that a report says, as the API gave it.
 *
 * @param night YYYYMMDD
 * @param overview state, funnel and programmes
 * @param tallies the night's funnels of every scope
 * @param fields progress of the fields that the night observed or planned
 * @param targets states of their targets that have to do with the night
 * @param results one a spectrum, the latest first
 * @param rejects what could not be processed, the latest first
 * @param timeline yield over the night
 * @param success success by S/N
 * @param fibres counts by fibre
 */
public record NightReport(
    String night,
    JsonNode overview,
    List<JsonNode> tallies,
    List<JsonNode> fields,
    List<JsonNode> targets,
    List<JsonNode> results,
    List<JsonNode> rejects,
    JsonNode timeline,
    JsonNode success,
    JsonNode fibres) {

  /** Told of each part as it is fetched. */
  public interface Watcher {
    void fetching(String part);
  }

  /**
   * Fetches a night.
   *
   * @throws ReportException if it is not known, or the API cannot be asked
   */
  public static NightReport fetch(ApiClient api, String night, Watcher watcher) {
    String base = "/api/v1/nights/" + night;
    watcher.fetching("figures");
    JsonNode overview = api.get(base);
    List<JsonNode> ofFields = items(api.get(base + "/fields"));
    List<JsonNode> tallies = new ArrayList<>();
    if (overview.path("yield").isObject()) {
      tallies.add(overview.path("yield"));
    }
    overview.path("programmes").forEach(tallies::add);
    tallies.addAll(ofFields);
    tallies.addAll(items(api.get(base + "/classes")));
    watcher.fetching("fields and targets");
    Map<String, JsonNode> fields = new LinkedHashMap<>();
    List<JsonNode> targets = new ArrayList<>();
    for (JsonNode scope : ofFields) {
      String field = scope.path("field_id").asText();
      if (!fields.containsKey(field)) {
        String name = ApiClient.encoded(field);
        fields.put(field, api.get("/api/v1/fields/" + name));
        api.all("/api/v1/targets?field=" + name).stream()
            .filter(target -> isOf(target, night))
            .forEach(targets::add);
      }
    }
    watcher.fetching("results and rejects");
    return new NightReport(
        night,
        overview,
        tallies,
        List.copyOf(fields.values()),
        targets,
        api.all(base + "/results"),
        api.all(base + "/rejects"),
        api.get(base + "/timeline"),
        api.get(base + "/snr-success"),
        api.get(base + "/fibres"));
  }

  private static boolean isOf(JsonNode target, String night) {
    for (JsonNode one : target.path("nights")) {
      if (one.path("night").asText().equals(night)) {
        return true;
      }
    }
    return false;
  }

  private static List<JsonNode> items(JsonNode page) {
    List<JsonNode> items = new ArrayList<>();
    page.path("items").forEach(items::add);
    return items;
  }

  /** The account's state, revision and time in words. */
  String state() {
    JsonNode account = overview.path("account");
    return account.isObject()
        ? "%s, revision %s, as of %s"
            .formatted(
                account.path("state").asText(),
                account.path("revision").asText(),
                account.path("made_at").asText())
        : "not accounted for";
  }

  /** The funnel of all programmes together; an empty object where nothing was counted. */
  JsonNode total() {
    JsonNode yield = overview.path("yield");
    return yield.isObject() ? yield : Json.MAPPER.createObjectNode();
  }
}
