package org.nightglass.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How rows are written: a table for people, CSV or JSON lines for programs. */
interface RowFormat {
  default void begin(PrintWriter out) {}

  void row(PrintWriter out, ResultRow row);

  default void end(PrintWriter out) {}

  /**
   * The format that a file's name asks for; a table where there is no file.
   *
   * @throws IllegalArgumentException for other names
   */
  static RowFormat of(@Nullable Path file) {
    if (file == null) {
      return new Table();
    }
    String name = String.valueOf(file.getFileName());
    if (name.endsWith(".csv")) {
      return new Csv();
    }
    if (name.endsWith(".jsonl")) {
      return new JsonLines();
    }
    throw new IllegalArgumentException(
        "--output " + file + ": the name must end in .csv or .jsonl");
  }

  /**
   * Columns that fit 120 characters; the file's and the target's names are left to the other
   * formats.
   */
  final class Table implements RowFormat {
    private static final String FORMAT = "%-28s %-20s %6s %10s %10s %-5s %7s  %s%n";

    @Override
    public void begin(PrintWriter out) {
      out.printf(FORMAT, "spectrum_id", "class", "prob", "z", "z_err", "good", "snr", "warnings");
    }

    @Override
    public void row(PrintWriter out, ResultRow row) {
      out.printf(
          FORMAT,
          row.spectrumId(),
          row.label(),
          "%.3f".formatted(row.probability()),
          row.z() == null ? "-" : "%.5f".formatted(row.z()),
          row.zErr() == null ? "-" : "%.5f".formatted(row.zErr()),
          row.goodZ() ? "yes" : "no",
          "%.2f".formatted(row.snr()),
          String.join(" ", row.warnings()));
    }
  }

  /**
   * One header, one line a spectrum; empty where not estimated; warnings and members separated by
   * blanks.
   */
  final class Csv implements RowFormat {
    @Override
    public void begin(PrintWriter out) {
      out.println(
          "file,spectrum_id,target_id,class,class_probability,z,z_err,good_z,snr,warnings,coverage,z_members");
    }

    @Override
    public void row(PrintWriter out, ResultRow row) {
      out.println(
          String.join(
              ",",
              quoted(row.file()),
              quoted(row.spectrumId()),
              quoted(row.targetId()),
              quoted(row.label()),
              number(row.probability()),
              row.z() == null ? "" : number(row.z()),
              row.zErr() == null ? "" : number(row.zErr()),
              Boolean.toString(row.goodZ()),
              number(row.snr()),
              String.join(" ", row.warnings()),
              number(row.coverage()),
              String.join(" ", row.members().stream().map(Csv::number).toList())));
    }

    private static String number(double value) {
      return "%.7g".formatted(value);
    }

    private static String quoted(String text) {
      boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
      return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
  }

  /** One object a line, null where not estimated. */
  final class JsonLines implements RowFormat {
    private final ObjectMapper mapper = new ObjectMapper();

    @Override
    public void row(PrintWriter out, ResultRow row) {
      try {
        out.println(mapper.writeValueAsString(row));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
