package org.nightglass.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Change;
import org.nightglass.account.Counters;
import org.nightglass.account.FieldStanding;
import org.nightglass.account.Scope;
import org.nightglass.account.Standing;
import org.nightglass.account.Tallying;
import org.nightglass.batch.DrainOnCommitStore;

/**
 * What a task of the ledger has changed since its last commit, added up for each night, field and
 * programme. Nobody reads a record before it is committed, so they hear of a hundred changes in one
 * record no later than they would of each in its own.
 *
 * <p>Owned by one task.
 */
final class HeldMoves implements DrainOnCommitStore.Client {
  /** More are sent before the commit: a record should stay well below a megabyte. */
  private static final int CHANGES_HELD = 500;

  private final ProcessorContext<String, Object> context;
  private final Map<String, Map<Scope, Counters>> nights = new TreeMap<>();
  private final Map<String, Map<Scope, Counters>> programmes = new TreeMap<>();
  private final Map<String, OfField> fields = new TreeMap<>();
  private DrainOnCommitStore.@Nullable Origin origin;
  private int held;
  private long freshestMs;

  private static final class OfField {
    final Counters moves = new Counters();
    final TreeSet<String> nights = new TreeSet<>();
  }

  HeldMoves(ProcessorContext<String, Object> context) {
    this.context = context;
  }

  /** The changes that follow come from a record of this time, milliseconds since the Unix epoch. */
  void from(long recordMs) {
    if (held >= CHANGES_HELD) {
      drain();
    }
    origin = DrainOnCommitStore.Origin.of(context);
    freshestMs = Math.max(freshestMs, recordMs);
  }

  /** A target stands otherwise in a night. */
  void night(Change change) {
    Standing any = change.after() == null ? change.before() : change.after();
    if (any != null && any.night() != null) {
      Map<Scope, Counters> moves = nights.computeIfAbsent(any.night(), unused -> new HashMap<>());
      Tallying.of(change).forEach((scope, counters) -> add(moves, scope, counters));
      held++;
    }
  }

  /** A target stands otherwise in the survey: in its programme, or in two where it has moved. */
  void survey(Change change) {
    Tallying.of(change)
        .forEach(
            (scope, counters) -> {
              // All programmes together would be the sum over tasks; readers add programmes up.
              if (scope.programme() != null) {
                add(
                    programmes.computeIfAbsent(scope.programme(), unused -> new HashMap<>()),
                    scope,
                    counters);
              }
            });
    held++;
  }

  /** A target stands otherwise in a field. */
  void field(Change.OfField change) {
    FieldStanding after = change.after();
    FieldStanding any = after == null ? change.before() : after;
    if (any != null) {
      OfField field = fields.computeIfAbsent(any.field(), unused -> new OfField());
      field.moves.addAll(Tallying.of(change));
      if (after != null) {
        field.nights.add(after.night());
      }
      held++;
    }
  }

  private static void add(Map<Scope, Counters> moves, Scope scope, Counters counters) {
    moves.computeIfAbsent(scope, unused -> new Counters()).addAll(counters);
  }

  @Override
  public void drain() {
    if (origin != null && held > 0) {
      origin.run(this::forward);
    }
    drop();
  }

  @Override
  public void drop() {
    nights.clear();
    programmes.clear();
    fields.clear();
    held = 0;
    freshestMs = 0;
  }

  private void forward() {
    nights.forEach((night, moves) -> forward(night, new ToNight(byKey(moves), null)));
    fields.forEach(
        (field, of) -> forward(field, new ToField(of.moves, new ArrayList<>(of.nights))));
    programmes.forEach((programme, moves) -> forward(programme, new ToSurvey(byKey(moves))));
  }

  private static Map<String, Counters> byKey(Map<Scope, Counters> moves) {
    Map<String, Counters> keyed = new TreeMap<>();
    moves.forEach(
        (scope, counters) -> {
          if (!counters.isEmpty()) {
            keyed.put(scope.key(), counters);
          }
        });
    return keyed;
  }

  private void forward(String key, Object value) {
    context.forward(new Record<>(key, value, freshestMs));
  }
}
