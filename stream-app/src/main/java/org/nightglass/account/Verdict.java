package org.nightglass.account;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.account.TargetEvent.Overridden;
import org.nightglass.decide.Warning;
import org.nightglass.policy.ProgrammePolicy;
import org.nightglass.policy.SnrRule;
import org.nightglass.policy.SnrRule.Statistic;
import org.nightglass.policy.SnrWindow;

/**
 * The one place that says whether a spectrum is usable, a redshift good, an observation a success.
 * A person's word wins.
 *
 * @param worth what it says; a success is a good redshift (ML_GOOD_Z), enough signal, or both, as
 *     the programme wants it
 * @param whyNot which conditions of a good redshift fail, for people
 */
record Verdict(Worth worth, List<String> whyNot) {

  static final String ACCEPT = "ACCEPT";
  static final String REJECT = "REJECT";
  static final String DO_NOT_OBSERVE = "DO_NOT_OBSERVE";

  private static final Set<Warning> UNUSABLE =
      Set.of(Warning.NO_DATA, Warning.LITTLE_COVERAGE, Warning.BAD_CALIBRATION);

  static Verdict of(Observed spectrum, ProgrammePolicy policy, @Nullable Overridden word) {
    boolean valid =
        UNUSABLE.stream().noneMatch(warning -> (spectrum.warnings() >> warning.bit() & 1) != 0);
    var acceptance = policy.acceptance(spectrum.label());
    boolean classified = valid && acceptance.classifies(spectrum.candidate());
    List<String> whyNot = acceptance.failures(spectrum.candidate());
    boolean good = valid && whyNot.isEmpty();
    boolean success =
        switch (policy.doneBy()) {
          case REDSHIFT -> good;
          case RULES -> valid && rulesHold(spectrum, policy);
          case BOTH -> good && rulesHold(spectrum, policy);
        };
    Worth own = new Worth(valid, classified, good, success);
    if (word == null) {
      return new Verdict(own, whyNot);
    }
    return new Verdict(
        own.by(word.action()),
        switch (word.action()) {
          case ACCEPT -> valid ? List.of() : whyNot;
          case REJECT -> List.of("rejected by " + word.by() + ": " + word.reason());
          default -> whyNot;
        });
  }

  boolean valid() {
    return worth.valid();
  }

  boolean classified() {
    return worth.classified();
  }

  boolean good() {
    return worth.good();
  }

  boolean success() {
    return worth.success();
  }

  private static boolean rulesHold(Observed spectrum, ProgrammePolicy policy) {
    SnrRule rule = policy.successRule();
    return rule != null && rule.holds((window, statistic) -> measured(spectrum, window, statistic));
  }

  private static @Nullable Double measured(
      Observed spectrum, SnrWindow window, Statistic statistic) {
    for (TargetEvent.Window measured : spectrum.windows()) {
      if (measured.from() == window.fromAngstrom() && measured.to() == window.toAngstrom()) {
        return statistic == Statistic.MEAN ? measured.mean() : measured.median();
      }
    }
    return null;
  }
}
