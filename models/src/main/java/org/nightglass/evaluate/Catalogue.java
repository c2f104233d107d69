package org.nightglass.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the spectra in a folder: a CSV file with a header line.
 *
 * <table>
 *   <caption>Columns; others are ignored, upper and lower case are one</caption>
 *   <tr><td>{@code file}</td><td>file name relative to the folder of spectra</td></tr>
 *   <tr><td>{@code class}</td><td>GALAXY, QSO, STAR, …</td></tr>
 *   <tr><td>{@code subclass}</td><td>optional; blank where there is none</td></tr>
 *   <tr><td>{@code z}</td><td>redshift</td></tr>
 *   <tr><td>{@code zwarning}</td><td>optional; only rows with 0 are scored</td></tr>
 *   <tr><td>{@code primary}</td><td>optional; only rows with 1 are scored</td></tr>
 * </table>
 *
 * @param path the file
 * @param rows those that are to be scored
 * @param leftOut how many others there are
 */
public record Catalogue(Path path, List<Row> rows, int leftOut) {
  private static final CsvMapper CSV =
      CsvMapper.csvBuilder()
          .enable(CsvParser.Feature.WRAP_AS_ARRAY)
          .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
          .build();

  private static final List<String> REQUIRED = List.of("file", "class", "z");

  /**
   * A spectrum.
   *
   * @param file relative to the folder of spectra
   * @param objectClass class
   * @param subclass words after it; null where there are none
   * @param z redshift, above −1
   */
  public record Row(String file, String objectClass, @Nullable String subclass, double z) {}

  /**
   * @throws CatalogueException if the file cannot be read, lacks a column, or has a line with a
   *     field missing or no number where one belongs
   */
  public static Catalogue read(Path path) {
    List<Row> rows = new ArrayList<>();
    int leftOut = 0;
    try (MappingIterator<String[]> lines =
        CSV.readerFor(String[].class)
            .with(CsvSchema.emptySchema())
            .readValues(Files.newBufferedReader(path, StandardCharsets.UTF_8))) {
      Map<String, Integer> columns = columns(path, lines);
      while (lines.hasNext()) {
        int number = lines.getCurrentLocation().getLineNr();
        Line line = new Line(path, number, columns, lines.next());
        if (line.wholeNumber("zwarning", 0) != 0 || line.wholeNumber("primary", 1) != 1) {
          leftOut++;
        } else {
          rows.add(line.row());
        }
      }
    } catch (JsonProcessingException e) {
      throw new CatalogueException(
          "%s is no CSV file: %s".formatted(path, e.getOriginalMessage()), e);
    } catch (NoSuchFileException e) {
      throw new CatalogueException("there is no catalogue " + path, e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof CatalogueException known) {
        throw known;
      }
      throw new CatalogueException("%s cannot be read: %s".formatted(path, e), e);
    }
    if (rows.isEmpty()) {
      throw new CatalogueException(
          "%s holds no row to score (%d with zwarning other than 0 or primary other than 1)"
              .formatted(path, leftOut));
    }
    return new Catalogue(path, List.copyOf(rows), leftOut);
  }

  private static Map<String, Integer> columns(Path path, MappingIterator<String[]> lines) {
    Map<String, Integer> columns = new HashMap<>();
    String[] header = lines.hasNext() ? lines.next() : new String[0];
    for (int i = 0; i < header.length; i++) {
      columns.putIfAbsent(header[i].replace("\ufeff", "").trim().toLowerCase(Locale.ROOT), i);
    }
    List<String> missing = REQUIRED.stream().filter(name -> !columns.containsKey(name)).toList();
    if (!missing.isEmpty()) {
      throw new CatalogueException(
          "%s has no column %s; its columns are %s"
              .formatted(path, String.join(", ", missing), String.join(", ", header)));
    }
    return columns;
  }

  private record Line(Path path, int number, Map<String, Integer> columns, String[] fields) {
    Row row() {
      double z;
      String text = required("z");
      try {
        z = Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw fault("z", text, "is no number");
      }
      if (!Double.isFinite(z) || z <= -1) {
        throw fault("z", text, "is no redshift, which are finite and above -1");
      }
      return new Row(required("file"), required("class"), field("subclass"), z);
    }

    int wholeNumber(String column, int otherwise) {
      if (!columns.containsKey(column)) {
        return otherwise;
      }
      String text = required(column);
      try {
        return Integer.parseInt(text);
      } catch (NumberFormatException e) {
        throw fault(column, text, "is no whole number");
      }
    }

    private String required(String column) {
      String text = field(column);
      if (text == null) {
        throw fault(column, "", "is blank");
      }
      return text;
    }

    private @Nullable String field(String column) {
      Integer index = columns.get(column);
      String text = index == null || index >= fields.length ? null : fields[index].trim();
      return text == null || text.isEmpty() ? null : text;
    }

    private CatalogueException fault(String column, String text, String problem) {
      return new CatalogueException(
          "%s, line %d, column %s: '%s' %s".formatted(path, number, column, text, problem));
    }
  }
}
