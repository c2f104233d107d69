package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.nightglass.avro.ObjectKind;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.Row;

/**
 * Counts of a night's spectra by fibre, each by itself: every one is a trial of its fibre, and a
 * dead petal shows as fibres that succeed no more.
 */
final class FibreCounts {
  private int observed;
  private int valid;
  private int good;
  private int sky;
  private int skyAccepted;
  private final Sample snr = new Sample();

  private FibreCounts() {}

  /** Fibres by number. */
  static ArrayNode of(Iterable<Row> rows, Predicate<Row> wanted) {
    Map<Integer, FibreCounts> fibres = new TreeMap<>();
    for (Row row : rows) {
      if (wanted.test(row)) {
        fibres.computeIfAbsent(row.fibre(), fibre -> new FibreCounts()).add(row);
      }
    }
    ArrayNode items = Json.MAPPER.createArrayNode();
    fibres.forEach((fibre, counts) -> items.add(counts.json(fibre)));
    return items;
  }

  private void add(Row row) {
    if (row.target()) {
      observed++;
      if (row.valid()) {
        valid++;
        snr.add(row.snr());
      }
      good += row.good() ? 1 : 0;
    } else if (row.kind() == ObjectKind.SKY) {
      sky++;
      skyAccepted += row.good() ? 1 : 0;
    }
  }

  private ObjectNode json(int fibre) {
    ObjectNode item = Json.MAPPER.createObjectNode();
    item.put("fibre", fibre);
    item.put("observed", observed);
    item.put("valid", valid);
    item.put("good_z", good);
    item.put("sky", sky);
    item.put("sky_accepted", skyAccepted);
    item.set("median_snr", Json.number(snr.quantile(0.5)));
    return item;
  }
}
