package org.nightglass.account;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.OverrideAction;
import org.nightglass.avro.PlannedTarget;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetOverride;

/**
 * What is known of a target once everything has come in, as a batch job would find it.
 *
 * @param name its name
 * @param plans that stand, by night
 * @param spectra that stand, by spectrum
 * @param refused spectra without a result, by spectrum
 * @param word a person's word that holds; null where none does
 */
record BatchTarget(
    String name,
    TreeMap<String, PlannedTarget> plans,
    TreeMap<String, SpectrumResult> spectra,
    TreeMap<String, Reject> refused,
    @Nullable TargetOverride word) {

  static String night(SpectrumResult spectrum) {
    return spectrum.getNight() == null
        ? String.valueOf(spectrum.getNightDeclared())
        : spectrum.getNight();
  }

  static String orEmpty(@Nullable String name) {
    return name == null ? "" : name;
  }

  private static @Nullable String orNull(@Nullable String name) {
    return name == null || name.isEmpty() ? null : name;
  }

  TreeSet<String> nights() {
    TreeSet<String> nights = new TreeSet<>(plans.keySet());
    spectra.values().forEach(spectrum -> nights.add(night(spectrum)));
    refused.values().forEach(reject -> nights.add(reject.getNight()));
    return nights;
  }

  TreeSet<String> fields() {
    TreeSet<String> fields = new TreeSet<>();
    plans.values().forEach(plan -> fields.add(plan.getFieldId()));
    spectra.values().forEach(spectrum -> fields.add(spectrum.getFieldId()));
    refused.values().forEach(reject -> fields.add(orEmpty(reject.getFieldId())));
    fields.remove("");
    return fields;
  }

  /** What of it belongs to a night; everything for null. */
  BatchTarget in(@Nullable String night) {
    BatchTarget part =
        new BatchTarget(name, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), word);
    plans.forEach((of, plan) -> put(part.plans, of, plan, night == null || of.equals(night)));
    spectra.forEach(
        (id, one) -> put(part.spectra, id, one, night == null || night(one).equals(night)));
    refused.forEach(
        (id, one) -> put(part.refused, id, one, night == null || one.getNight().equals(night)));
    return part;
  }

  /** What of it belongs to a field. */
  BatchTarget inField(String field) {
    BatchTarget part =
        new BatchTarget(name, new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), word);
    plans.forEach((of, plan) -> put(part.plans, of, plan, plan.getFieldId().equals(field)));
    spectra.forEach((id, one) -> put(part.spectra, id, one, one.getFieldId().equals(field)));
    refused.forEach(
        (id, one) -> put(part.refused, id, one, orEmpty(one.getFieldId()).equals(field)));
    return part;
  }

  private static <T> void put(TreeMap<String, T> into, String key, T value, boolean belongs) {
    if (belongs) {
      into.put(key, value);
    }
  }

  /** The latest plan's programme, else that of the first spectrum by name; empty: not known. */
  String programme() {
    if (!plans.isEmpty()) {
      return plans.lastEntry().getValue().getProgramme();
    }
    return spectra.isEmpty()
        ? refused.isEmpty() ? "" : orEmpty(refused.firstEntry().getValue().getProgramme())
        : spectra.firstEntry().getValue().getProgramme();
  }

  /** The latest plan's field, else that of the first spectrum by name; empty: not known. */
  String field() {
    if (!plans.isEmpty()) {
      return plans.lastEntry().getValue().getFieldId();
    }
    return spectra.isEmpty()
        ? refused.isEmpty() ? "" : orEmpty(refused.firstEntry().getValue().getFieldId())
        : spectra.firstEntry().getValue().getFieldId();
  }

  /** The class that the plan gives, else the spectra. */
  @Nullable String selectedAs() {
    return Stream.concat(
            plans.values().stream().map(plan -> orNull(plan.getSelectedAs())),
            spectra.values().stream().map(spectrum -> orNull(spectrum.getSelectedAs())))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(null);
  }

  boolean targeted() {
    return !plans.isEmpty();
  }

  boolean assigned() {
    return plans.values().stream().anyMatch(PlannedTarget::getAssigned);
  }

  boolean observed() {
    return !spectra.isEmpty() || !refused.isEmpty();
  }

  boolean says(OverrideAction action) {
    return word != null && word.getAction() == action;
  }

  /** Whether one spectrum counts as good. */
  boolean good(SpectrumResult spectrum, BatchPolicy policy) {
    return says(OverrideAction.ACCEPT)
        ? BatchPolicy.usable(spectrum)
        : !says(OverrideAction.REJECT) && policy.good(spectrum);
  }

  /** Whether one spectrum's class is accepted. */
  boolean classified(SpectrumResult spectrum, BatchPolicy policy) {
    return says(OverrideAction.ACCEPT) ? BatchPolicy.usable(spectrum) : policy.classified(spectrum);
  }

  /** The usable spectrum that speaks for the target: good before classified before bright. */
  @Nullable SpectrumResult best(BatchPolicy policy) {
    SpectrumResult best = null;
    for (SpectrumResult one : usable()) { // by name: of equals the last
      if (best == null || !better(best, one, policy)) {
        best = one;
      }
    }
    return best;
  }

  private boolean better(SpectrumResult one, SpectrumResult other, BatchPolicy policy) {
    if (good(one, policy) != good(other, policy)) {
      return good(one, policy);
    }
    if (classified(one, policy) != classified(other, policy)) {
      return classified(one, policy);
    }
    return one.getSnr() > other.getSnr();
  }

  Collection<SpectrumResult> usable() {
    return spectra.values().stream().filter(BatchPolicy::usable).toList();
  }

  /** The class of the best spectrum, as a person who accepts it or the model gives it. */
  String label(SpectrumResult best) {
    return word != null && says(OverrideAction.ACCEPT) && word.getClassLabel() != null
        ? word.getClassLabel()
        : best.getClassLabel();
  }

  /** Whether a person who accepts it has given a redshift, and which; else the model's. */
  @Nullable Double z(SpectrumResult best) {
    return personsRedshift() ? Objects.requireNonNull(word).getZ() : best.getZ();
  }

  boolean personsRedshift() {
    return word != null && says(OverrideAction.ACCEPT) && word.getZ() != null;
  }

  /** Exposures of its spectra, rejected ones included. */
  List<String> exposures() {
    return Stream.concat(
            spectra.values().stream().map(SpectrumResult::getExposureId),
            refused.values().stream().map(reject -> orEmpty(reject.getExposureId())))
        .toList();
  }
}
