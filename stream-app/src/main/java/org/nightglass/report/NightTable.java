package org.nightglass.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.nightglass.serve.Csv;

/**
 * A table of the report.
 *
 * @param name its file's and its extension's name
 * @param schema name of the rows' schema in the API's document, which gives columns and their texts
 * @param rows objects of that schema
 */
record NightTable(String name, String schema, List<JsonNode> rows) {

  /** Every table of a report. */
  static List<NightTable> of(NightReport report) {
    return List.of(
        new NightTable("results", "ResultRow", report.results()),
        new NightTable("targets", "TargetState", report.targets()),
        new NightTable("fields", "FieldProgress", report.fields()),
        new NightTable("tallies", "NightYield", report.tallies()),
        new NightTable("rejects", "RejectRow", report.rejects()));
  }

  String csv() {
    return Csv.of(schema, rows);
  }
}
