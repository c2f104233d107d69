package org.nightglass.evaluate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is on the spectra of one class, or of all, in one bin of S/N or over all.
 *
 * @param label true class, or {@link #ALL}
 * @param snrBin range of S/N; null = all
 * @param spectra how many
 * @param medianSnr their median S/N
 * @param classRight share whose class is right, of those with a predicted class; sky has none
 * @param familyRight the same for the class's family (galaxy, quasar, star)
 * @param redshift of those with an estimate, of classes that the model means to give one: what a
 *     star gets that is taken for a galaxy is the wrong class's, and counts in acceptedRight
 * @param redshiftRight share whose redshift lies within {@link Labels#limit}, of all that the model
 *     means to give one: a missing estimate is a wrong one
 * @param accepted share whose redshift is accepted as good
 * @param acceptedRight share of those whose family and redshift are right
 */
public record Score(
    String label,
    @Nullable SnrBin snrBin,
    int spectra,
    @Nullable Double medianSnr,
    Ratio classRight,
    Ratio familyRight,
    RedshiftScore redshift,
    Ratio redshiftRight,
    Ratio accepted,
    Ratio acceptedRight) {

  /** The name of everything but empty sky. */
  public static final String ALL = "all";

  static Score of(String label, @Nullable SnrBin bin, List<Scored> spectra, Labels labels) {
    int classified = 0;
    int right = 0;
    int family = 0;
    int wanted = 0;
    int found = 0;
    int decided = 0;
    int accepted = 0;
    int acceptedRight = 0;
    for (Scored scored : spectra) {
      String truth = scored.label();
      String said = scored.said();
      if (said != null && !truth.equals(Labels.SKY)) {
        classified++;
        right += labels.right(truth, said) ? 1 : 0;
        family += Labels.family(said).equals(Labels.family(truth)) ? 1 : 0;
      }
      if (scored.trueZ() != null && labels.hasRedshift(truth)) {
        Double dz = scored.dz();
        wanted++;
        found += dz != null && Math.abs(dz) <= Labels.limit(truth) ? 1 : 0;
      }
      if (scored.accepted() != null) {
        decided++;
        if (scored.accepted()) {
          accepted++;
          acceptedRight += Labels.redshiftRight(scored) ? 1 : 0;
        }
      }
    }
    return new Score(
        label,
        bin,
        spectra.size(),
        Robust.median(RedshiftScore.values(spectra, Scored::snr)),
        Ratio.of(right, classified),
        Ratio.of(family, classified),
        RedshiftScore.of(spectra.stream().filter(s -> labels.hasRedshift(s.label())).toList()),
        Ratio.of(found, wanted),
        Ratio.of(accepted, decided),
        Ratio.of(acceptedRight, accepted));
  }
}
