package org.nightglass.evaluate;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nightglass.simulate.Seeds;
import org.nightglass.simulate.SkyConditions;
import org.nightglass.simulate.SourceLibrary;
import org.nightglass.simulate.SurveyProgramme;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.spectrum.ObjectKind;
import org.nightglass.spectrum.Observation;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * Targets of a survey's programme as its spectrograph sees them in exposures of the programme's
 * length, give or take, under a dark sky; one fibre in twenty is on empty sky. Labels are those
 * that SDSS's rules give.
 */
public final class SimulatedSource implements SpectrumSource {
  private static final double SKY_SHARE = 0.05;
  private static final double MJD = 60_000;
  private static final long TARGETS = 0x7461726765L;

  private final int spectra;
  private final long seed;
  private final SurveyProgramme programme;
  private final boolean templates;
  private final SurveySpectra simulator;

  /**
   * @param spectra at least 1
   * @param seed the same seed gives the same spectra
   * @param programme what is observed
   * @param sources what to draw from
   * @param templates whether the sources come from templates, for the description
   */
  public SimulatedSource(
      int spectra, long seed, SurveyProgramme programme, SourceLibrary sources, boolean templates) {
    if (spectra < 1) {
      throw new IllegalArgumentException("simulated spectra must be at least 1, got " + spectra);
    }
    this.spectra = spectra;
    this.seed = seed;
    this.programme = programme;
    this.templates = templates;
    this.simulator = new SurveySpectra(seed, programme.spectrograph(), sources);
  }

  @Override
  public String description() {
    String from = templates ? "templates and formulas" : "the built-in parametric library";
    return "%d spectra simulated with %s, programme %s, seed %d: no observed spectra"
        .formatted(spectra, from, programme, seed);
  }

  @Override
  public int size() {
    return spectra;
  }

  @Override
  public void read(Reader reader) {
    for (int i = 0; i < spectra; i++) {
      SplittableRandom random = Seeds.generator(seed ^ TARGETS, i);
      double seconds = programme.nominalSeconds() * (0.5 + random.nextDouble());
      SurveySpectra.Exposure exposure = new SurveySpectra.Exposure(seconds, SkyConditions.DARK);
      if (random.nextDouble() < SKY_SHARE) {
        reader.spectrum(labelled(i, simulator.sky(i, 0, exposure), Labels.SKY, null, null));
      } else {
        SurveyProgramme.Target target = programme.draw(random);
        SurveySpectra.Observed observed =
            simulator.spectrum(i, 0, target.kind(), target.z(), target.magnitude(), exposure);
        String label = observed.truth().label();
        int end = label.indexOf('_');
        reader.spectrum(
            labelled(
                i,
                observed,
                Labels.family(label),
                end < 0 ? null : label.substring(end + 1),
                observed.truth().z()));
      }
    }
  }

  private LabelledSpectrum labelled(
      int index,
      SurveySpectra.Observed observed,
      String objectClass,
      @Nullable String subclass,
      @Nullable Double z) {
    String id = "simulated-%d".formatted(index);
    return new LabelledSpectrum(
        id,
        observed(id, programme, observed, objectClass.equals(Labels.SKY)),
        objectClass,
        subclass,
        z);
  }

  /** As the application would receive it. */
  static ObservedSpectrum observed(
      String id, SurveyProgramme programme, SurveySpectra.Observed observed, boolean sky) {
    ObjectKind kind = sky ? ObjectKind.SKY : ObjectKind.TARGET;
    Observation observation =
        new Observation(
            id,
            id,
            kind,
            programme.spectrograph().label(),
            "simulated",
            "0",
            "0",
            1,
            null,
            null,
            MJD,
            null,
            "simulated",
            null,
            null);
    return new ObservedSpectrum(observation, List.copyOf(observed.arms()));
  }
}
