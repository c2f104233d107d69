package org.nightglass.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nightglass.infer.ModelCard.Acceptance;
import org.nightglass.infer.RedshiftEstimate;
import org.nightglass.simulate.SourceClass;

/** How good a bundle is on simulations it has not seen, by the names that stand in its card. */
final class Metrics {
  private final Map<String, Double> values = new TreeMap<>();

  /** Redshifts of a class by its own ensemble, whatever the classifier says. */
  void redshifts(SourceClass sourceClass, List<RedshiftEstimate> estimates, double[] z) {
    double[] dz = new double[z.length];
    double[] pull = new double[z.length];
    for (int i = 0; i < z.length; i++) {
      RedshiftEstimate e = estimates.get(i);
      dz[i] = (e.z() - z[i]) / (1 + z[i]);
      pull[i] = (e.z() - z[i]) / e.zErr();
    }
    String prefix = "simulated." + sourceClass + ".";
    put(prefix + "nmad", Statistics.nmad(dz));
    put(prefix + "outliers0.003", Statistics.shareAbove(dz, 0.003));
    put(prefix + "outliers0.01", Statistics.shareAbove(dz, 0.01));
    put(prefix + "outliers0.15", Statistics.shareAbove(dz, 0.15));
    put(prefix + "pullWidth", Statistics.nmad(pull));
    put(prefix + "coverage1sigma", 1 - Statistics.shareAbove(pull, 1));
    put(prefix + "coverage2sigma", 1 - Statistics.shareAbove(pull, 2));
  }

  /** Classes, and what the acceptance policy lets through. */
  void verdicts(List<Verdict> verdicts, Acceptance acceptance) {
    for (SourceClass sourceClass : ClassifierBatches.CLASSES) {
      List<Verdict> own = verdicts.stream().filter(v -> v.truth() == sourceClass).toList();
      put(
          "simulated." + sourceClass + ".classRight",
          share(own.stream().filter(v -> v.said() == sourceClass).count(), own.size()));
      long accepted = own.stream().filter(v -> Calibration.accepts(acceptance, v)).count();
      long right =
          own.stream().filter(v -> Calibration.accepts(acceptance, v) && v.right()).count();
      put("simulated." + sourceClass + ".accepted", share(accepted, own.size()));
      if (sourceClass != SourceClass.STAR) {
        put("simulated." + sourceClass + ".acceptedRight", share(right, accepted));
      }
    }
    List<Verdict> sky = verdicts.stream().filter(v -> v.truth() == null).toList();
    put(
        "simulated.SKY.accepted",
        share(sky.stream().filter(v -> Calibration.accepts(acceptance, v)).count(), sky.size()));
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : part / (double) whole;
  }

  private void put(String name, double value) {
    values.put(name, Math.round(value * 1e6) / 1e6);
  }

  Map<String, Double> values() {
    return values;
  }
}
