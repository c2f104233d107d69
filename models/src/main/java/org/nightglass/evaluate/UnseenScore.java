package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.nightglass.decide.Warning;
import org.nightglass.simulate.UnseenKind;

/**
 * What a model makes of one kind of spectrum that it was not trained on.
 *
 * @param kind its name
 * @param group why it was not trained on, which says what is to be hoped
 * @param spectra how many
 * @param medianSnr their median S/N
 * @param outOfDistribution share that is flagged as like nothing trained on
 * @param warnings spectra by warning; those that stand for none are left out
 * @param accepted share whose redshift is accepted as good all the same
 * @param acceptedRight share of those whose family and redshift are right
 * @param familyRight share that is taken for the right family, flagged or not
 * @param redshiftRight share whose redshift is right, flagged or not
 * @param takenFor spectra by the family that they are taken for, flagged or not
 */
public record UnseenScore(
    String kind,
    UnseenKind.Group group,
    int spectra,
    @Nullable Double medianSnr,
    Ratio outOfDistribution,
    Map<Warning, Integer> warnings,
    Ratio accepted,
    Ratio acceptedRight,
    Ratio familyRight,
    Ratio redshiftRight,
    Map<String, Integer> takenFor) {

  /** One a kind, in the order in which the kinds come, by group. */
  static List<UnseenScore> of(List<Scored> spectra) {
    Set<UnseenKind> kinds = new LinkedHashSet<>();
    for (Scored scored : spectra) {
      if (scored.kind() != null) {
        kinds.add(scored.kind());
      }
    }
    List<UnseenScore> scores = new ArrayList<>();
    for (UnseenKind.Group group : UnseenKind.Group.values()) {
      for (UnseenKind kind : kinds) {
        if (kind.group() == group) {
          scores.add(of(kind, spectra.stream().filter(s -> kind.equals(s.kind())).toList()));
        }
      }
    }
    return List.copyOf(scores);
  }

  private static UnseenScore of(UnseenKind kind, List<Scored> spectra) {
    Map<Warning, Integer> warnings = new EnumMap<>(Warning.class);
    Map<String, Integer> takenFor = new TreeMap<>();
    int accepted = 0;
    int acceptedRight = 0;
    int family = 0;
    int redshift = 0;
    for (Scored scored : spectra) {
      scored.warnings().forEach(warning -> warnings.merge(warning, 1, Integer::sum));
      String said = scored.said();
      if (said != null) {
        takenFor.merge(Labels.family(said), 1, Integer::sum);
        family += Labels.family(said).equals(kind.objectClass()) ? 1 : 0;
      }
      Double dz = scored.dz();
      redshift += dz != null && Math.abs(dz) <= Labels.limit(scored.label()) ? 1 : 0;
      if (Boolean.TRUE.equals(scored.accepted())) {
        accepted++;
        acceptedRight += Labels.redshiftRight(scored) ? 1 : 0;
      }
    }
    int n = spectra.size();
    return new UnseenScore(
        kind.name(),
        kind.group(),
        n,
        Robust.median(RedshiftScore.values(spectra, Scored::snr)),
        Ratio.of(warnings.getOrDefault(Warning.OUT_OF_DISTRIBUTION, 0), n),
        warnings,
        Ratio.of(accepted, n),
        Ratio.of(acceptedRight, accepted),
        Ratio.of(family, n),
        Ratio.of(redshift, n),
        takenFor);
  }
}
