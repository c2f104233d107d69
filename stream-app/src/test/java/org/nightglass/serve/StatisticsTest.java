package org.nightglass.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.nightglass.account.Worth;
import org.nightglass.avro.ObjectKind;
import org.nightglass.decide.Warning;
import org.nightglass.serve.read.Place;
import org.nightglass.serve.read.Row;

/** What is worked out of a night's rows: fibres, success by S/N, the time axis, pages. */
class StatisticsTest {
  private static Row row(
      String target,
      ObjectKind kind,
      int fibre,
      double snr,
      boolean good,
      int warnings,
      long minute) {
    return new Row(
        target + "@" + minute,
        target,
        kind,
        "dark",
        "F1",
        "E1",
        fibre,
        null,
        null,
        "20260228",
        "QSO",
        "QSO",
        0.9,
        1.5,
        0.001,
        good,
        worth(good, warnings),
        warnings,
        snr,
        minute * 60_000,
        0,
        minute * 60_000,
        minute * 60_000 + 500);
  }

  private static Worth worth(boolean good, int warnings) {
    boolean valid = (warnings & 1 << Warning.NO_DATA.bit()) == 0;
    return new Worth(valid, valid, good, good);
  }

  private static Row target(String name, double snr, boolean good, long minute) {
    return row(name, ObjectKind.TARGET, 7, snr, good, 0, minute);
  }

  @Test
  void shouldCountFibresTargetsAndSkyApart() {
    int noData = 1 << Warning.NO_DATA.bit();
    ArrayNode fibres =
        FibreCounts.of(
            List.of(
                row("a", ObjectKind.TARGET, 2, 4, true, 0, 0),
                row("b", ObjectKind.TARGET, 2, 8, false, 0, 0),
                row("c", ObjectKind.TARGET, 2, 0, false, noData, 0),
                row("d", ObjectKind.SKY, 2, 0, true, 0, 0),
                row("e", ObjectKind.STANDARD, 1, 50, true, 0, 0)),
            row -> true);
    assertThat(fibres).hasSize(2);
    assertThat(fibres.get(1).toString())
        .isEqualTo(
            "{\"fibre\":2,\"observed\":3,\"valid\":2,\"good_z\":1,\"sky\":1,\"sky_accepted\":1,\"median_snr\":6.0}");
    assertThat(fibres.get(0).path("median_snr").isNull()).isTrue();
  }

  @Test
  void shouldPutEverySnrIntoTheBinWhoseEdgesHoldIt() {
    List<Row> rows = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 500; i++) {
      rows.add(target("t" + i, Math.pow(10, -1.5 + 4 * random.nextDouble()), i % 3 == 0, 0));
    }
    int valid = 0;
    for (JsonNode bin : SnrSuccess.of(rows, row -> true)) {
      double low = bin.path("snr_low").asDouble();
      double high = bin.path("snr_high").asDouble();
      long within = rows.stream().filter(r -> r.snr() > low && r.snr() <= high).count();
      assertThat(bin.path("valid").asLong()).as("%s to %s", low, high).isEqualTo(within);
      assertThat(bin.path("success").asDouble())
          .isBetween(
              bin.path("success_low").asDouble() - 1e-9,
              bin.path("success_high").asDouble() + 1e-9);
      valid += bin.path("valid").asInt();
    }
    assertThat(valid).isEqualTo(500);
  }

  @Test
  void shouldCountATargetOnceWithItsBestSpectrum() {
    List<Row> rows =
        List.of(
            target("a", 2, true, 0),
            target("a", 9, false, 1), // deeper, but not good
            target("b", 2, false, 0),
            target("b", 5, false, 1));
    ArrayNode bins = SnrSuccess.of(rows, row -> true);
    assertThat(bins).extracting(bin -> bin.path("valid").asInt()).containsExactly(1, 1);
    assertThat(bins).extracting(bin -> bin.path("good_z").asInt()).containsExactly(1, 0);
    assertThat(bins.get(0).path("snr_high").asDouble()).isBetween(2.0, 2.6);
    assertThat(bins.get(1).path("snr_high").asDouble()).isBetween(5.0, 6.4);
  }

  @Test
  void shouldCountATargetWhereItFirstAppears() {
    ArrayNode bins =
        Timeline.of(
            List.of(
                target("a", 1, false, 10),
                target("a", 9, true, 12),
                target("b", 9, true, 12),
                target("a", 9, true, 20),
                row("s", ObjectKind.SKY, 1, 0, false, 0, 20)),
            row -> true,
            Row::emittedMillis,
            2);
    assertThat(bins).hasSize(3);
    assertThat(bins).extracting(bin -> bin.path("observed").asInt()).containsExactly(1, 1, 0);
    assertThat(bins).extracting(bin -> bin.path("good_z").asInt()).containsExactly(0, 2, 0);
    assertThat(bins).extracting(bin -> bin.path("spectra").asInt()).containsExactly(1, 2, 2);
    assertThat(bins.get(2).path("cumulative_good_z").asInt()).isEqualTo(2);
    assertThat(bins.get(0).path("at").asText()).isEqualTo("1970-01-01T00:10:00Z");
    assertThat(bins.get(0).path("latency_p50").asDouble()).isCloseTo(0.5, within(1e-9));
  }

  @Test
  void shouldPageThroughEveryRowOnceTheLatestFirstWhileNewOnesCome() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 53; i++) {
      rows.add(target("t" + i, 1, true, i / 10));
    }
    List<Row> seen = new ArrayList<>();
    String cursor = null;
    do {
      Sorting.Page<Row> page =
          ResultPage.of(rows, row -> row.emittedMillis() < 1_000_000, cursor, 10);
      assertThat(page.matched()).isEqualTo(53);
      seen.addAll(page.items());
      cursor = page.next() == null ? null : Cursor.decode(page.next());
      rows.add(0, target("new", 1, true, 1000 + seen.size()));
    } while (cursor != null);
    assertThat(seen).hasSize(53).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(Comparator.comparing(Row::emittedMillis).reversed());
  }

  @Test
  void shouldPageThroughEveryRowOnceInOrderOfAColumn() {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 53; i++) {
      rows.add(target("t" + i, random.nextInt(9), true, 0)); // many are equal
    }
    Sorting<Row> deepestFirst = new Sorting<>(Row::snr, Row::spectrumId, true);
    List<Row> seen = new ArrayList<>();
    Place after = null;
    do {
      Sorting.Page<Row> page = deepestFirst.page(rows::forEach, after, 10);
      assertThat(page.matched()).isEqualTo(53);
      seen.addAll(page.items());
      after = page.next() == null ? null : Place.read(Cursor.decode(page.next()));
    } while (after != null);
    assertThat(seen).hasSize(53).doesNotHaveDuplicates();
    assertThat(seen).isSortedAccordingTo(Comparator.comparingDouble(Row::snr).reversed());
  }

  @Test
  void shouldReadBackACursorAndNothingElse() {
    assertThat(Cursor.decode(Cursor.encode("7:a/ü\0b"))).isEqualTo("7:a/ü\0b");
    assertThat(Cursor.decode("no cursor!")).isNull();
    assertThat(Cursor.decode("____")).as("bytes that are no text").isNull();
  }

  @Test
  void shouldWorkOutAgainOnlyWhatHasGrownOld() {
    AtomicLong now = new AtomicLong();
    Recent<String> recent = new Recent<>(Duration.ofNanos(10), now::get);
    AtomicInteger worked = new AtomicInteger();
    Supplier<String> work = () -> "made " + worked.incrementAndGet();
    assertThat(recent.get("a", work)).isEqualTo("made 1");
    now.set(10);
    assertThat(recent.get("a", work)).isEqualTo("made 1");
    assertThat(recent.get("b", work)).isEqualTo("made 2");
    now.set(11);
    assertThat(recent.get("a", work)).isEqualTo("made 3");
    for (int i = 0; i < 500; i++) {
      assertThat(recent.get("key " + i, work)).isNotEmpty();
    }
    assertThat(recent.get("a", work)).as("made room for others").isEqualTo("made 504");
  }
}
