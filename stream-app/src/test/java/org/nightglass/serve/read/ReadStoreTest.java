package org.nightglass.serve.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.avro.ObjectKind;
import org.nightglass.avro.OverrideWord;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetState;
import org.nightglass.avro.TargetStateName;
import org.nightglass.decide.Warning;

class ReadStoreTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @TempDir Path folder;
  private ReadStore store;

  @BeforeEach
  void open() {
    store = opened("one");
  }

  private ReadStore opened(String origin) {
    Map<String, String> strict = Map.of("programme.strict.accept.class.probability", "0.99");
    return new ReadStore(Origin.open(folder.resolve("store"), origin), Results.policies(strict), 2);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void take(SpectrumResult... results) {
    try (Intake intake = new Intake(store)) {
      Stream.of(results).forEach(intake::result);
      List<Event> unused = intake.commit();
    }
  }

  private static SpectrumResult result(String spectrum, Instant at) {
    return Results.of(spectrum, "target of " + spectrum, ObjectKind.TARGET, at);
  }

  private List<String> spectra(String night) {
    return store.tables().rows(night).stream().map(Row::spectrumId).sorted().toList();
  }

  @Test
  void shouldHoldOneResultASpectrumAsTheAccountDoes() {
    SpectrumResult ninth = result("s1", NOON);
    ninth.setReductionVersion("1.9");
    SpectrumResult tenth = result("s1", NOON.minusSeconds(5));
    tenth.setReductionVersion("1.10");
    tenth.setSnr(10);
    SpectrumResult resent = result("s1", NOON.plusSeconds(9));
    resent.setReductionVersion("1.10");
    resent.setSnr(11);
    SpectrumResult otherModel = result("s1", NOON.plusSeconds(5));
    otherModel.setReductionVersion("1.10");
    otherModel.setModelVersion("2");
    otherModel.setSnr(12);
    take(ninth);
    assertThat(snr()).isEqualTo(1.75);
    take(tenth);
    assertThat(snr()).as("a newer reduction").isEqualTo(10);
    take(ninth, resent);
    assertThat(snr()).as("an older one, and one sent again").isEqualTo(10);
    take(otherModel);
    assertThat(snr()).as("the model that came last").isEqualTo(12);
  }

  private double snr() {
    assertThat(spectra(Results.NIGHT)).containsExactly("s1");
    return store.tables().rows(Results.NIGHT).iterator().next().snr();
  }

  private List<String> good() {
    return store.tables().rows(Results.NIGHT).stream()
        .filter(Row::good)
        .map(Row::spectrumId)
        .sorted()
        .toList();
  }

  @Test
  void shouldCallGoodWhatThePolicyOfTheProgrammeDoes() {
    SpectrumResult plain = result("plain", NOON);
    SpectrumResult strict = result("strict", NOON);
    strict.setProgramme("strict");
    SpectrumResult star = result("star", NOON);
    star.setClassLabel("STAR_A0");
    star.setZ(null);
    star.setZErr(null);
    star.setGoodZ(false); // the model has no redshift to accept
    SpectrumResult little = result("little", NOON);
    little.setWarningBits(1L << Warning.LITTLE_COVERAGE.bit());
    take(plain, strict, star, little);
    assertThat(good()).containsExactly("plain", "star");
    assertThat(store.tables().rows(Results.NIGHT))
        .filteredOn(row -> !row.valid())
        .extracting(Row::spectrumId)
        .containsExactly("little");
  }

  private void say(String target, @Nullable String action) {
    TargetState state = target(target, TargetStateName.OBS, "dark");
    state.setOverride(action == null ? null : new OverrideWord(action, "Ada", NOON, "looked at"));
    take(state);
  }

  @Test
  void shouldLetAPersonsWordWinWheneverItComes() {
    SpectrumResult poor = result("poor", NOON);
    poor.setGoodZ(false);
    SpectrumResult useless = result("useless", NOON);
    useless.setWarningBits(1L << Warning.NO_DATA.bit());
    SpectrumResult sky =
        Results.of("sky", "target of fine", ObjectKind.SKY, NOON); // shares a name, is no target
    take(result("fine", NOON), poor, useless, sky);
    assertThat(good()).containsExactly("fine", "sky");
    say("target of fine", "REJECT");
    say("target of poor", "ACCEPT");
    say("target of useless", "ACCEPT");
    assertThat(good()).as("nobody can make data").containsExactly("poor", "sky");
    take(result("later", NOON), again("fine"));
    assertThat(good()).as("holds for spectra to come").containsExactly("later", "poor", "sky");
    store.close();
    store = opened("one");
    assertThat(good()).as("outlives a restart").containsExactly("later", "poor", "sky");
    say("target of fine", "DO_NOT_OBSERVE");
    say("target of poor", null);
    assertThat(good()).as("taken back").containsExactly("fine", "later", "sky");
  }

  private static SpectrumResult again(String spectrum) {
    SpectrumResult again = result(spectrum, NOON.plusSeconds(60));
    again.setReductionVersion("2.0");
    return again;
  }

  @Test
  void shouldMoveAResultWhoseNightWasWrong() {
    take(result("s1", NOON), result("s2", NOON));
    assertThat(spectra(Results.NIGHT)).hasSize(2);
    SpectrumResult moved = result("s1", NOON.plusSeconds(5));
    moved.setNight("20260301");
    moved.setReductionVersion("1.1");
    take(moved);
    assertThat(spectra(Results.NIGHT)).containsExactly("s2");
    assertThat(spectra("20260301")).containsExactly("s1");
    assertThat(store.nightsOfResults()).containsExactly("20260228", "20260301");
  }

  @Test
  void shouldLoadANightAgainAfterItMadeRoomForOthers() {
    for (String night : List.of("20260101", "20260102", "20260103")) {
      SpectrumResult one = result("of " + night, NOON);
      one.setNight(night);
      take(one);
      assertThat(spectra(night)).containsExactly("of " + night);
    }
    assertThat(spectra("20260101")).containsExactly("of 20260101");
  }

  @Test
  void shouldDropANightsRowsAndNothingElse() {
    SpectrumResult other = result("s9", NOON);
    other.setNight("20260301");
    take(result("s1", NOON), other);
    store.dropRows(Results.NIGHT);
    assertThat(spectra(Results.NIGHT)).isEmpty();
    assertThat(spectra("20260301")).containsExactly("s9");
    assertThat(store.store().get(Key.of(Key.SPECTRUM, "s1"))).isNull();
    assertThat(store.nightsOfResults()).containsExactly("20260301");
  }

  @Test
  void shouldKeepOffsetsWithWhatTheyStandFor() {
    TopicPartition partition = new TopicPartition("nightglass.results", 3);
    try (Intake intake = new Intake(store)) {
      intake.result(result("s1", NOON));
      intake.position(partition, 42);
    } // not committed
    assertThat(store.positions()).isEmpty();
    try (Intake intake = new Intake(store)) {
      intake.position(partition, 43);
      List<Event> unused = intake.commit();
    }
    assertThat(store.positions()).containsEntry(partition, 43L).hasSize(1);
  }

  @Test
  void shouldBeginAnewWithAnotherClusterAndGoOnWithTheSame() {
    take(result("s1", NOON));
    store.close();
    store = opened("one");
    assertThat(spectra(Results.NIGHT)).containsExactly("s1");
    store.close();
    store = opened("two");
    assertThat(spectra(Results.NIGHT)).isEmpty();
  }

  private static TargetState target(String name, TargetStateName state, String programme) {
    return TargetState.newBuilder()
        .setTargetId(name)
        .setState(state)
        .setProgramme(programme)
        .setFieldId("field-" + name.hashCode() % 3)
        .setNumObs(1)
        .setNumObsInit(1)
        .setNumObsMore(0)
        .setGoodZ(true)
        .setRevision(1)
        .setPolicy("dark/1")
        .setMadeAt(NOON)
        .build();
  }

  private void take(TargetState state) {
    try (Intake intake = new Intake(store)) {
      intake.target(state.getTargetId().getBytes(StandardCharsets.UTF_8), state);
      List<Event> unused = intake.commit();
    }
  }

  @Test
  void shouldFindTargetsAsASearchThroughAllOfThemWould() {
    Random random = new Random(7);
    List<TargetState> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      TargetStateName[] states = TargetStateName.values();
      TargetState first =
          target(
              "T" + random.nextInt(150),
              states[1 + random.nextInt(6)],
              random.nextBoolean() ? "dark" : "bright");
      all.removeIf(there -> there.getTargetId().equals(first.getTargetId()));
      all.add(first); // later states of a target replace earlier ones
      take(first);
    }
    for (TargetFilter filter :
        List.of(
            new TargetFilter(null, null, null, null),
            new TargetFilter("DONE", null, null, null),
            new TargetFilter("DONE", "dark", null, null),
            new TargetFilter("OBS", "bright", "field-1", null),
            new TargetFilter(null, "dark", null, "T1"),
            new TargetFilter("DONE", "no such", null, null))) {
      List<String> expected =
          all.stream()
              .filter(t -> filter.state() == null || t.getState().name().equals(filter.state()))
              .filter(
                  t -> filter.programme() == null || filter.programme().equals(t.getProgramme()))
              .filter(t -> filter.field() == null || filter.field().equals(t.getFieldId()))
              .map(TargetState::getTargetId)
              .filter(n -> filter.namePrefix() == null || n.startsWith(filter.namePrefix()))
              .sorted()
              .collect(Collectors.toList());
      assertThat(inPages(filter, 7)).as("%s", filter).isEqualTo(expected);
    }
  }

  private List<TargetState> randomTargets() {
    Random random = new Random(8);
    List<TargetState> all = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      TargetStateName state = TargetStateName.values()[1 + random.nextInt(6)];
      TargetState target =
          target("T" + random.nextInt(150), state, random.nextBoolean() ? "dark" : "bright");
      target.setZ(random.nextInt(4) == 0 ? null : (Double) (random.nextGaussian() / 4));
      target.setNumObsMore(random.nextInt(3));
      target.setClassLabel(random.nextInt(3) == 0 ? null : random.nextBoolean() ? "QSO" : "STAR");
      all.removeIf(there -> there.getTargetId().equals(target.getTargetId()));
      all.add(target);
      take(target);
    }
    return all;
  }

  @Test
  void shouldSortTargetsAsASortingOfAllOfThemWould() {
    List<TargetState> all = randomTargets();
    for (TargetFilter filter :
        List.of(
            new TargetFilter(null, null, null, null),
            new TargetFilter("DONE", "dark", null, null),
            new TargetFilter(null, null, "field-1", "T1"))) {
      for (TargetColumn column : TargetColumn.values()) {
        for (boolean falling : new boolean[] {false, true}) {
          List<String> expected =
              all.stream()
                  .filter(t -> filter.state() == null || t.getState().name().equals(filter.state()))
                  .filter(
                      t ->
                          filter.programme() == null || filter.programme().equals(t.getProgramme()))
                  .filter(t -> filter.field() == null || filter.field().equals(t.getFieldId()))
                  .filter(
                      t ->
                          filter.namePrefix() == null
                              || t.getTargetId().startsWith(filter.namePrefix()))
                  .sorted(Comparator.comparing(column::place, Place.order(falling)))
                  .map(TargetState::getTargetId)
                  .toList();
          for (TargetOrder.Limits limits :
              List.of(
                  TargetOrder.Limits.USUAL,
                  new TargetOrder.Limits(0, 1000),
                  new TargetOrder.Limits(0, 11))) {
            assertThat(sorted(filter, column, falling, limits))
                .as("%s by %s, falling %s, within %s", filter, column, falling, limits)
                .isEqualTo(expected);
          }
        }
      }
    }
  }

  private List<String> sorted(
      TargetFilter filter, TargetColumn column, boolean falling, TargetOrder.Limits limits) {
    TargetOrder order =
        new TargetOrder(
            store.store(),
            new TargetIndex(store.store()),
            name -> store.targets().read(store.store().get(Key.of(Key.TARGET, name))),
            limits);
    List<String> names = new ArrayList<>();
    Place after = null;
    do {
      ReadModel.SortedTargets page = order.page(filter, column, falling, after, 7);
      page.targets().forEach(target -> names.add(target.getTargetId()));
      after = page.next() == null ? null : Place.read(page.next().text());
    } while (after != null);
    return names;
  }

  @Test
  void shouldPlaceNumbersAsTheyAreAndWhatHasNoneLast() {
    List<Double> values = Arrays.asList(null, 3.5, -2.0, 0.0, -0.0, 1e-300, -1e300, 12.0, 3.25);
    for (boolean falling : new boolean[] {false, true}) {
      List<Double> sorted =
          values.stream()
              .sorted(Comparator.comparing(v -> Place.of(v, "same"), Place.order(falling)))
              .toList();
      assertThat(sorted.get(8)).isNull();
      assertThat(sorted.subList(0, 8))
          .isSortedAccordingTo(
              falling
                  ? Comparator.comparingDouble((Double v) -> v + 0.0).reversed()
                  : Comparator.comparingDouble((Double v) -> v + 0.0));
    }
    assertThat(Place.read("no place")).isNull();
    assertThat(Place.read("dxy\0no number")).isNull();
    for (Object value : Arrays.asList("text", "", 12, -3.5, true, null)) {
      Place place = Place.of(value, "name");
      assertThat(Place.read(place.text())).as("%s", value).isEqualTo(place);
    }
  }

  private List<String> inPages(TargetFilter filter, int size) {
    TargetIndex index = new TargetIndex(store.store());
    List<String> names = new ArrayList<>();
    String after = null;
    while (true) {
      List<String> page = index.find(filter, after, size);
      names.addAll(page);
      if (page.size() < size) {
        return names;
      }
      after = page.get(size - 1);
    }
  }
}
