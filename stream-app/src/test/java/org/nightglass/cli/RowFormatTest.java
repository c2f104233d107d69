package org.nightglass.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowFormatTest {
  private static final ResultRow GALAXY =
      new ResultRow(
          "a, \"b\".fits",
          "spec-1",
          "t-1",
          "GALAXY",
          0.98765432,
          0.123456789,
          1.5e-5,
          true,
          7.25,
          List.of("CLASS_UNCERTAIN", "LOW_SNR"),
          1,
          List.of(0.12, 0.13));
  private static final ResultRow STAR =
      new ResultRow(
          "c.fits",
          "spec-2",
          "t-2",
          "STAR",
          1,
          null,
          null,
          false,
          -0.5,
          List.of("Z_NOT_ESTIMATED"),
          0.9,
          List.of());

  private static List<String> lines(@Nullable Path file) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    RowFormat format = RowFormat.of(file);
    format.begin(out);
    format.row(out, GALAXY);
    format.row(out, STAR);
    format.end(out);
    out.flush();
    return text.toString().lines().toList();
  }

  @Test
  void shouldWriteCsvWithItsPromisedHeaderAndNothingWhereNotEstimated() {
    List<String> lines = lines(Path.of("x.csv"));
    assertThat(lines.get(0))
        .startsWith(
            "file,spectrum_id,target_id,class,class_probability,z,z_err,good_z,snr,warnings");
    assertThat(lines.get(1))
        .isEqualTo(
            "\"a, \"\"b\"\".fits\",spec-1,t-1,GALAXY,0.9876543,0.1234568,1.500000e-05,true,7.250000,"
                + "CLASS_UNCERTAIN LOW_SNR,1.000000,0.1200000 0.1300000");
    assertThat(lines.get(2))
        .isEqualTo("c.fits,spec-2,t-2,STAR,1.000000,,,false,-0.5000000,Z_NOT_ESTIMATED,0.9000000,");
  }

  @Test
  void shouldWriteOneObjectALine() {
    List<String> lines = lines(Path.of("x.jsonl"));
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .contains("\"class\":\"GALAXY\"", "\"z\":0.123456789", "\"good_z\":true");
    assertThat(lines.get(1)).contains("\"z\":null", "\"warnings\":[\"Z_NOT_ESTIMATED\"]");
  }

  @Test
  void shouldKeepTheTableWithinATerminal() {
    List<String> lines = lines(null);
    assertThat(lines).hasSize(3).allMatch(line -> line.length() <= 120);
    assertThat(lines.get(1)).contains("GALAXY", "0.12346", "yes");
    assertThat(lines.get(2)).contains("STAR").contains(" - ").doesNotContain("null");
  }
}
