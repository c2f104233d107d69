package org.nightglass.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What a benchmark has to say: where it was measured, figures, ratios; for people and as JSON. */
final class Report {
  private final PrintWriter out;
  private final Map<String, Object> record = Machine.describe();
  private final Map<String, Figures.Spread> ratios = new LinkedHashMap<>();
  private final Figures figures = new Figures();

  Report(CommandSpec spec) {
    this.out = spec.commandLine().getOut();
    record.forEach((name, value) -> say("%-20s %s".formatted(name, value)));
  }

  Figures figures() {
    return figures;
  }

  void put(String fact, Object value) {
    record.put(fact, value);
  }

  void ratio(String name, Figures.Spread ratio) {
    ratios.put(name, ratio);
  }

  Figures.Spread ratio(String name) {
    return Objects.requireNonNull(ratios.get(name), name);
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  /**
   * Prints everything.
   *
   * @param json file to write everything to, too; null for none
   */
  void finish(@Nullable Path json) throws IOException {
    put("load_average_after", Machine.load());
    figures.table().forEach(this::say);
    figures.latencies().forEach(this::say);
    ratios.forEach(
        (name, ratio) ->
            say(
                "%-60s %.3f (%.3f – %.3f)"
                    .formatted(name, ratio.median(), ratio.least(), ratio.greatest())));
    if (json != null) {
      Map<String, Object> all = new LinkedHashMap<>(record);
      ratios.forEach((name, ratio) -> all.put(name, ratio.json()));
      all.putAll(figures.json());
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(json.toFile(), all);
    }
  }
}
