package org.nightglass.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A target's ledger with the standings that were made public of it.
 *
 * @param ledger its facts
 * @param nights its standings, one a night
 * @param survey its standing over the survey; null where it has none
 * @param fields its standings, one a field
 * @param policies fingerprint of the policies by which they stand
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record TargetAccount(
    Ledger ledger,
    List<Standing> nights,
    @Nullable Standing survey,
    List<FieldStanding> fields,
    String policies) {

  /** A target of which nothing is known. */
  public static TargetAccount of(String target) {
    return new TargetAccount(Ledger.of(target), List.of(), null, List.of(), "");
  }

  /** The account with another ledger, standings worked out anew. */
  public TargetAccount with(Ledger next, Standings standings, FieldStandings inFields, String by) {
    return new TargetAccount(
        next, standings.nights(next), standings.survey(next).orElse(null), inFields.of(next), by);
  }

  /** What has changed for the nights since another account. */
  public List<Change> nightChanges(TargetAccount before) {
    List<Change> changes = new ArrayList<>();
    pairs(
        before.nights,
        nights,
        standing -> String.valueOf(standing.night()),
        (old, fresh) -> changes.add(new Change(old, fresh)));
    return changes;
  }

  /** What has changed for the fields since another account. */
  public List<Change.OfField> fieldChanges(TargetAccount before) {
    List<Change.OfField> changes = new ArrayList<>();
    pairs(
        before.fields,
        fields,
        FieldStanding::field,
        (old, fresh) -> changes.add(new Change.OfField(old, fresh)));
    return changes;
  }

  /** What has changed for the survey since another account. */
  public Optional<Change> surveyChange(TargetAccount before) {
    return Objects.equals(before.survey, survey)
        ? Optional.empty()
        : Optional.of(new Change(before.survey, survey));
  }

  private interface Pair<T> {
    void take(@Nullable T before, @Nullable T after);
  }

  /** Pairs up what has the same key, where the two differ. */
  private static <T> void pairs(
      List<T> before, List<T> after, Function<T, String> key, Pair<T> each) {
    TreeMap<String, T> old = new TreeMap<>();
    before.forEach(one -> old.put(key.apply(one), one));
    Consumer<T> take =
        fresh -> {
          T was = old.remove(key.apply(fresh));
          if (!fresh.equals(was)) {
            each.take(was, fresh);
          }
        };
    after.forEach(take);
    old.values().forEach(gone -> each.take(gone, null));
  }
}
