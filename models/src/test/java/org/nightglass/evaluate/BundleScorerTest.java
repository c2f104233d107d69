package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nightglass.SharedData;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.infer.SpectrumFailedException;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.simulate.SurveyProgramme;
import org.nightglass.simulate.TrainingSimulator;
import org.nightglass.simulate.UnseenKind;

/**
 * A shipped bundle of three classes on simulated spectra, and on real ones where they are there.
 */
class BundleScorerTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC);

  private static SavedModelEngine engine;

  @BeforeAll
  static void open() {
    engine =
        SavedModelEngine.open(
            ModelBundles.find("desi", List.of(Path.of("bundles"))), EngineOptions.DEFAULT);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  private static SimulatedSource simulated(int spectra, long seed) {
    return new SimulatedSource(
        spectra,
        seed,
        SurveyProgramme.SDSS_LEGACY,
        TrainingSimulator.sources(null),
        /* templates= */ false);
  }

  @Test
  void shouldScoreSimulatedSpectraWithTheirTruth() {
    AtomicInteger steps = new AtomicInteger();
    BundleScorer scorer = new BundleScorer(engine, CLOCK, steps::incrementAndGet);
    SimulatedSource source = simulated(60, 11);
    source.read(scorer);
    List<Scored> scored = scorer.scored();
    assertThat(scored).hasSize(60);
    assertThat(steps).hasValue(60);
    assertThat(scorer.skipped()).isEmpty();
    assertThat(source.description()).contains("built-in parametric library", "seed 11");
    Evaluation evaluation =
        Evaluation.of(Examples.subject(60), scored, scorer.labels(), SnrBin.between(List.of(5.0)));
    assertThat(evaluation.all().classRight().value()).isGreaterThan(0.8);
    assertThat(evaluation.all().redshiftRight().value()).isGreaterThan(0.8);
    assertThat(scored)
        .filteredOn(s -> s.label().equals(Labels.SKY))
        .isNotEmpty()
        .allSatisfy(s -> assertThat(s.trueZ()).isNull());
  }

  @Test
  void shouldTellWhatTheModelCosts() {
    BundleScorer scorer = new BundleScorer(engine, CLOCK, () -> {});
    simulated(20, 3).read(scorer);
    Cost cost = scorer.cost();
    assertThat(cost).isNotNull();
    assertThat(cost.networks())
        .extracting(Cost.OfNetwork::name)
        .containsExactly("classifier", "redshift-galaxy", "redshift-qso", "redshift-star");
    assertThat(cost.parameters())
        .isEqualTo(cost.networks().stream().mapToLong(Cost.OfNetwork::parameters).sum())
        .isGreaterThan(300_000);
    assertThat(cost.mflopPerSpectrum())
        .isGreaterThanOrEqualTo(cost.networks().get(0).mflop())
        .isLessThan(cost.networks().stream().mapToDouble(Cost.OfNetwork::mflop).sum());
    assertThat(new BundleScorer(new FailingOn("none"), CLOCK, () -> {}).cost())
        .as("of a model that does not tell")
        .isNull();
  }

  @Test
  void shouldAcceptNothingRightBeyondItsRange() {
    UnseenSource source =
        new UnseenSource(48, 4, SurveyProgramme.BOSS, /* templates= */ null, engine.card());
    assertThat(source.kinds())
        .extracting(UnseenKind::name)
        .contains("PASSIVE_BEYOND", "QUASAR_BEYOND");
    List<Scored> scored = judge(source);
    assertThat(scored).isEqualTo(judge(source)).hasSize(48);
    List<UnseenScore> scores = UnseenScore.of(scored);
    assertThat(scores).hasSameSizeAs(source.kinds());
    assertThat(scores)
        .allSatisfy(
            score -> {
              assertThat(score.spectra()).isEqualTo(8);
              if (score.group() == UnseenKind.Group.BEYOND_RANGE) {
                assertThat(score.acceptedRight().part()).isZero();
                assertThat(score.takenFor().values().stream().mapToInt(n -> n).sum()).isEqualTo(8);
              }
            });
    assertThat(scored)
        .filteredOn(s -> s.label().equals("SUPERNOVA"))
        .allSatisfy(s -> assertThat(s.trueZ()).isBetween(0.01, 0.3));
  }

  private static List<Scored> judge(SpectrumSource source) {
    BundleScorer scorer = new BundleScorer(engine, CLOCK, () -> {});
    source.read(scorer);
    return scorer.scored();
  }

  @Test
  void shouldSkipASpectrumThatTheModelFailsOnAndKeepTheRest() {
    BundleScorer whole = new BundleScorer(engine, CLOCK, () -> {});
    simulated(10, 5).read(whole);
    List<Scored> all = whole.scored();
    String bad = all.get(4).id();
    BundleScorer scorer = new BundleScorer(new FailingOn(bad), CLOCK, () -> {});
    simulated(10, 5).read(scorer);
    assertThat(scorer.scored())
        .extracting(Scored::id)
        .containsExactlyElementsOf(
            all.stream().map(Scored::id).filter(id -> !id.equals(bad)).toList());
    assertThat(scorer.skipped()).hasSize(1);
    assertThat(scorer.skipped().get(0)).contains(bad);
  }

  @Test
  void shouldScoreRealSpectraBySurveyLabels() {
    Path real = SharedData.folder("real");
    Catalogue catalogue = Catalogue.read(real.resolve("catalog.csv"));
    assertThat(catalogue.rows()).hasSize(146);
    assertThat(catalogue.leftOut()).isEqualTo(51);
    BundleScorer scorer = new BundleScorer(engine, CLOCK, () -> {});
    new CatalogueSource(real.resolve("spectra"), catalogue).read(scorer);
    Evaluation evaluation =
        Evaluation.of(
            Examples.subject(146), scorer.scored(), scorer.labels(), SnrBin.between(List.of(5.0)));
    Score galaxies = evaluation.classes().get(0);
    Score quasars = evaluation.classes().get(1);
    assertThat(galaxies.label()).isEqualTo("GALAXY");
    assertThat(galaxies.redshiftRight()).isEqualTo(Ratio.of(36, 36));
    assertThat(galaxies.redshift().nmad()).isCloseTo(1.2e-4, within(4e-5));
    assertThat(quasars.spectra()).isEqualTo(97);
    assertThat(quasars.familyRight().part()).isGreaterThanOrEqualTo(94);
  }

  /** The engine, but for one spectrum. */
  private record FailingOn(String id) implements SpectrumModel {
    @Override
    public ModelCard card() {
      return engine.card();
    }

    @Override
    public void warmUp() {}

    @Override
    public List<Inference> infer(List<PreparedSpectrum> batch) {
      if (batch.stream().anyMatch(s -> s.observation().spectrumId().equals(id))) {
        throw new SpectrumFailedException("not finite", List.of(id));
      }
      return engine.infer(batch);
    }

    @Override
    public void close() {}
  }
}
