package org.nightglass.evaluate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.simulate.Seeds;
import org.nightglass.simulate.SkyConditions;
import org.nightglass.simulate.SurveyProgramme;
import org.nightglass.simulate.SurveySpectra;
import org.nightglass.simulate.UnseenKind;
import org.nightglass.simulate.UnseenKinds;

/**
 * What a training on simulations has not seen, as a programme's spectrograph sees it: other kinds
 * of object, redshifts beyond a bundle's, known kinds from templates that simulations do not draw
 * from. Every kind is as frequent as any other; S/N from {@value #LEAST_SNR} to {@value #MOST_SNR},
 * evenly in its logarithm, where an expert would know what is known.
 */
public final class UnseenSource implements SpectrumSource {
  private static final double LEAST_SNR = 3;
  private static final double MOST_SNR = 30;
  private static final long TARGETS = 0x756e7365656eL;

  private final int spectra;
  private final long seed;
  private final SurveyProgramme programme;
  private final boolean templates;
  private final List<UnseenKind> kinds;
  private final List<SurveySpectra> simulators = new ArrayList<>();

  /**
   * @param spectra at least 1
   * @param seed the same seed gives the same spectra
   * @param programme whose spectrograph observes, for its exposure time
   * @param templates directory of template files; null = formulas alone
   * @param card of the bundle whose redshifts are to be exceeded
   * @throws org.nightglass.simulate.TemplateException if a template file cannot be read
   */
  public UnseenSource(
      int spectra, long seed, SurveyProgramme programme, @Nullable Path templates, ModelCard card) {
    if (spectra < 1) {
      throw new IllegalArgumentException("simulated spectra must be at least 1, got " + spectra);
    }
    this.spectra = spectra;
    this.seed = seed;
    this.programme = programme;
    this.templates = templates != null;
    this.kinds =
        UnseenKinds.of(
            templates,
            new UnseenKinds.Limits(greatestZ(card, "GALAXY"), greatestZ(card, "QSO")),
            programme.spectrograph(),
            card.grid().wavelength(card.grid().pixels() - 1));
    kinds.forEach(
        kind -> simulators.add(new SurveySpectra(seed, programme.spectrograph(), kind.sources())));
  }

  /** The last bin of the family's ensemble; null where it has none, or gives points. */
  private static @Nullable Double greatestZ(ModelCard card, String family) {
    for (Redshift redshift : card.redshifts()) {
      Double start = redshift.binStart();
      Double step = redshift.binStep();
      Integer bins = redshift.bins();
      if (start != null
          && step != null
          && bins != null
          && redshift.classes().stream().anyMatch(c -> Labels.family(c).equals(family))) {
        return Math.pow(10, start + step * bins) - 1;
      }
    }
    return null;
  }

  /** The kinds, in the order in which they are drawn. */
  public List<UnseenKind> kinds() {
    return kinds;
  }

  @Override
  public String description() {
    String from = templates ? "templates and formulas" : "formulas";
    return "%d spectra of %d kinds not trained on, simulated with %s, spectrograph of %s, seed %d: no observed spectra"
        .formatted(spectra, kinds.size(), from, programme, seed);
  }

  @Override
  public int size() {
    return spectra;
  }

  @Override
  public void read(Reader reader) {
    SurveySpectra.Exposure exposure =
        new SurveySpectra.Exposure(programme.nominalSeconds(), SkyConditions.DARK);
    for (int i = 0; i < spectra; i++) {
      UnseenKind kind = kinds.get(i % kinds.size());
      SplittableRandom random = Seeds.generator(seed ^ TARGETS, i);
      double z = kind.drawZ(random);
      double snr = LEAST_SNR * Math.pow(MOST_SNR / LEAST_SNR, random.nextDouble());
      SurveySpectra.Observed observed =
          simulators
              .get(i % kinds.size())
              .spectrumOfSnr(i, 0, kind.kind(), z, snr, kind.snrFrom(), exposure);
      String label = observed.truth().label();
      int end = label.indexOf('_');
      boolean known = Labels.family(label).equals(kind.objectClass());
      reader.spectrum(
          new LabelledSpectrum(
              "unseen-%d".formatted(i),
              SimulatedSource.observed("unseen-%d".formatted(i), programme, observed, false),
              kind.objectClass(),
              known && end >= 0 ? label.substring(end + 1) : null,
              z,
              kind));
    }
  }
}
