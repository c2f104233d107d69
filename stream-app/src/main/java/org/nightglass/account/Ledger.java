package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.TargetEvent.Observed;
import org.nightglass.account.TargetEvent.Overridden;
import org.nightglass.account.TargetEvent.Plan;
import org.nightglass.account.TargetEvent.Rejected;

/**
 * The facts of one target, in a form that does not depend on the order in which they came: events
 * that are resent, repeated, late or reprocessed leave the same ledger behind.
 *
 * <ul>
 *   <li>Of a spectrum, only results of its newest reduction stand; of those, the first one of each
 *       model: a spectrum that is merely sent again changes nothing.
 *   <li>The model that came last speaks for the spectrum.
 *   <li>A spectrum counts as rejected while no result of it stands.
 *   <li>Of a person's words, the latest holds.
 * </ul>
 *
 * Only the plan goes by order: its records of one key come in order by themselves.
 *
 * @param target its name
 * @param plans what the nights' plans say, one a night, by night
 * @param spectra the results that stand, by spectrum and model
 * @param rejected the latest rejection of each spectrum, by spectrum
 * @param word a person's word, CLEAR included; null where there never was one
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Ledger(
    String target,
    List<Plan> plans,
    List<Observed> spectra,
    List<Rejected> rejected,
    @Nullable Overridden word) {

  private static final Comparator<Observed> EARLIEST =
      Comparator.comparingLong(Observed::emittedMs)
          .thenComparingLong(Observed::ingestedMs)
          .thenComparing(Observed::toString);

  private static final Comparator<Rejected> LATEST_REJECTION =
      Comparator.comparingLong(Rejected::rejectedMs).thenComparing(Rejected::toString);

  /** A target of which nothing is known. */
  public static Ledger of(String target) {
    return new Ledger(target, List.of(), List.of(), List.of(), null);
  }

  /** The ledger with one more event; the same where it changes nothing. */
  public Ledger with(TargetEvent event) {
    if (event instanceof Observed observed) {
      return withSpectra(add(observed));
    }
    if (event instanceof Rejected refused) {
      List<Rejected> next = replaced(rejected, refused, Rejected::spectrum, LATEST_REJECTION);
      return new Ledger(target, plans, spectra, next, word);
    }
    if (event instanceof TargetEvent.Planned planned) {
      List<Plan> next = replaced(plans, planned.plan(), Plan::night, (one, other) -> 1);
      return new Ledger(target, next, spectra, rejected, word);
    }
    if (event instanceof TargetEvent.Withdrawn withdrawn) {
      List<Plan> next =
          plans.stream().filter(plan -> !plan.night().equals(withdrawn.night())).toList();
      return new Ledger(target, next, spectra, rejected, word);
    }
    return new Ledger(target, plans, spectra, rejected, later(word, (Overridden) event));
  }

  private Ledger withSpectra(List<Observed> next) {
    return new Ledger(target, plans, next, rejected, word);
  }

  private List<Observed> add(Observed added) {
    List<Observed> next = new ArrayList<>();
    Observed standing = added;
    for (Observed other : spectra) {
      if (!other.spectrum().equals(added.spectrum())) {
        next.add(other);
        continue;
      }
      int newer = Versions.compare(added.reduction(), other.reduction());
      if (newer < 0) {
        return spectra; // superseded before it came
      }
      if (newer == 0 && !other.model().equals(added.model())) {
        next.add(other);
      } else if (newer == 0 && EARLIEST.compare(other, added) <= 0) {
        standing = other;
      }
    }
    next.add(standing);
    next.sort(Comparator.comparing(Observed::spectrum).thenComparing(Observed::model));
    return next.equals(spectra) ? spectra : List.copyOf(next);
  }

  /** One of each key, in order of keys; of two with the same key the preferred, greater one. */
  private static <T> List<T> replaced(
      List<T> all, T added, Function<T, String> key, Comparator<T> preferred) {
    TreeMap<String, T> byKey = new TreeMap<>();
    all.forEach(one -> byKey.put(key.apply(one), one));
    byKey.merge(
        key.apply(added), added, (old, fresh) -> preferred.compare(fresh, old) >= 0 ? fresh : old);
    List<T> next = List.copyOf(byKey.values());
    return next.equals(all) ? all : next;
  }

  private static Overridden later(@Nullable Overridden one, Overridden other) {
    Comparator<Overridden> order =
        Comparator.comparingLong(Overridden::atMs).thenComparing(Overridden::toString);
    return one == null || order.compare(other, one) > 0 ? other : one;
  }

  /** The result that speaks for each spectrum, by spectrum: of several models the last to come. */
  List<Observed> current() {
    TreeMap<String, Observed> current = new TreeMap<>();
    Comparator<Observed> latest = EARLIEST.thenComparing(Observed::model);
    for (Observed observed : spectra) {
      current.merge(
          observed.spectrum(),
          observed,
          (one, other) -> latest.compare(one, other) >= 0 ? one : other);
    }
    return List.copyOf(current.values());
  }

  /** Rejections of spectra of which no result stands. */
  List<Rejected> unredeemed() {
    return rejected.stream()
        .filter(refused -> spectra.stream().noneMatch(s -> s.spectrum().equals(refused.spectrum())))
        .toList();
  }

  /** A person's word, if one holds. */
  @Nullable Overridden override() {
    return word == null || word.action().equals("CLEAR") ? null : word;
  }

  /** What a night's plan says; null where it does not name the target. */
  public @Nullable Plan plan(String night) {
    return plans.stream().filter(plan -> plan.night().equals(night)).findFirst().orElse(null);
  }

  /** The latest night's plan; null where there is none. */
  @Nullable Plan latestPlan() {
    return plans.isEmpty() ? null : plans.get(plans.size() - 1);
  }

  /** Every night that anything is known of, in order. */
  TreeSet<String> nights() {
    TreeSet<String> nights = new TreeSet<>();
    plans.forEach(plan -> nights.add(plan.night()));
    current().forEach(observed -> nights.add(observed.night()));
    unredeemed().forEach(refused -> nights.add(refused.night()));
    return nights;
  }

  /** Every field that a target's plan or spectra name, in order. */
  TreeSet<String> fields() {
    TreeSet<String> fields = new TreeSet<>();
    plans.forEach(plan -> fields.add(plan.field()));
    current().stream().filter(Ledger::ofTarget).forEach(observed -> fields.add(observed.field()));
    unredeemed().stream()
        .filter(refused -> refused.kind().equals(TARGET))
        .forEach(refused -> fields.add(refused.field()));
    fields.remove(""); // of a rejected spectrum the field need not be known
    return fields;
  }

  static final String TARGET = "TARGET";
  static final String SKY = "SKY";

  static boolean ofTarget(Observed observed) {
    return observed.kind().equals(TARGET);
  }
}
