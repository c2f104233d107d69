package org.nightglass.topology;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.FieldStandings;
import org.nightglass.account.InputRules;
import org.nightglass.account.Ledger;
import org.nightglass.account.Origin;
import org.nightglass.account.Standing;
import org.nightglass.account.Standings;
import org.nightglass.account.TargetAccount;
import org.nightglass.account.TargetEvent;
import org.nightglass.account.TargetWriter;
import org.nightglass.avro.TargetState;
import org.nightglass.batch.DrainOnCommitStore;
import org.nightglass.policy.Policies;
import org.nightglass.spectrum.RejectReason;
import org.nightglass.topology.NightTopology.Parts;
import org.nightglass.topology.NightTopology.Rhythm;

/**
 * Keeps the account of each target, and tells its state, and the nights, fields and programmes in
 * which it counts, what has changed.
 *
 * <p>After a start, targets that were judged by another policy are judged anew, some at a time.
 */
final class LedgerProcessor implements Processor<String, TargetEvent, String, Object> {
  private static final String NAME = "targets";
  private static final String JUDGED = "targets-judged";
  private static final String HELD = "targets-held";
  private static final String ALL = "all";
  private static final int JUDGED_ANEW_AT_A_TIME = 1000;

  private final Rhythm rhythm;
  private final Clock clock;
  private final Policies policies;
  private final Standings standings;
  private final FieldStandings inFields;
  private final TargetWriter writer;
  private final String fingerprint;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<String, Object> context;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, TargetAccount> accounts;

  /** Under {@link #ALL} the fingerprint of the policies that every account stands by. */
  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, String> judged;

  @SuppressWarnings("NullAway.Init")
  private HeldMoves moves;

  @SuppressWarnings("NullAway.Init")
  private NightTurns turns;

  @SuppressWarnings("NullAway.Init")
  private Outbox<TargetState> outbox;

  /** From here on accounts may stand by another policy; null = none does. */
  private @Nullable String judgeAnewFrom = "";

  private LedgerProcessor(Rhythm rhythm, Parts parts) {
    this.rhythm = rhythm;
    this.clock = parts.clock();
    this.policies = parts.policies();
    this.standings = new Standings(policies);
    this.inFields = new FieldStandings(policies);
    this.writer = new TargetWriter(policies);
    this.fingerprint = policies.fingerprint();
  }

  static ProcessorSupplier<String, TargetEvent, String, Object> supplier(
      Rhythm rhythm, Parts parts) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, TargetEvent, String, Object> get() {
        return new LedgerProcessor(rhythm, parts);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> all = new HashSet<>(Outbox.stores(NAME));
        all.addAll(NightTurns.stores(NAME));
        all.add(DrainOnCommitStore.builder(HELD));
        all.add(
            Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(NAME),
                Serdes.String(),
                NightTopology.serde(TargetAccount.class)));
        all.add(
            Stores.keyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(JUDGED), Serdes.String(), Serdes.String()));
        return all;
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    accounts = context.getStateStore(NAME);
    judged = context.getStateStore(JUDGED);
    judgeAnewFrom = fingerprint.equals(judged.get(ALL)) ? null : "";
    moves = new HeldMoves(context);
    DrainOnCommitStore held = context.getStateStore(HELD);
    held.register(moves);
    turns =
        new NightTurns(
            context.getStateStore(NightTopology.NIGHTS),
            context.getStateStore(NightTurns.membersStore(NAME)),
            context.getStateStore(NightTurns.seenStore(NAME)));
    outbox =
        new Outbox<>(
            TargetState.class,
            context.getStateStore(Outbox.sentStore(NAME)),
            context.getStateStore(Outbox.dueStore(NAME)),
            rhythm.update().toMillis(),
            this::content,
            this::send);
    Duration tick = rhythm.tick();
    context.schedule(tick, PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  private void tick(long unused) {
    turns.turned(outbox::touch);
    outbox.flush(clock.millis());
    judgeAnew();
  }

  @Override
  public void process(Record<String, TargetEvent> record) {
    TargetEvent event = record.value();
    TargetAccount account = accounts.get(event.target());
    TargetAccount before = account == null ? TargetAccount.of(event.target()) : account;
    if (event instanceof TargetEvent.Planned planned) {
      Optional<String> conflict = conflict(before.ledger(), planned.plan());
      if (conflict.isPresent()) {
        refuse(planned.origin(), conflict.get());
        return;
      }
    } else if (event instanceof TargetEvent.Withdrawn withdrawn) {
      String night = withdrawn.night();
      Optional<String> conflict =
          InputRules.conflictOfWithdrawal(
              before.ledger().plan(night),
              withdrawn.origin().ingestedMs(),
              turns.closedAtMs(night));
      if (conflict.isPresent()) {
        refuse(withdrawn.origin(), conflict.get());
        return;
      }
    }
    Ledger next = before.ledger().with(event);
    if (!next.equals(before.ledger())) {
      settle(before, next, record.timestamp());
    }
  }

  private Optional<String> conflict(Ledger ledger, TargetEvent.Plan plan) {
    TargetEvent.Plan standing = ledger.plan(plan.night());
    return plan.equals(standing)
        ? Optional.empty()
        : InputRules.conflict(plan, standing, turns.closedAtMs(plan.night()));
  }

  private void refuse(Origin origin, String why) {
    forward("", InputProcessor.rejection(origin, RejectReason.BAD_PLAN, why), clock.millis());
  }

  /**
   * @param cameInMs when what changed the ledger came in
   */
  private void settle(TargetAccount before, Ledger next, long cameInMs) {
    TargetAccount after = before.with(next, standings, inFields, fingerprint);
    long now = clock.millis();
    moves.from(cameInMs);
    after.nightChanges(before).forEach(moves::night);
    after.fieldChanges(before).forEach(moves::field);
    after.surveyChange(before).ifPresent(moves::survey);
    accounts.put(next.target(), after);
    if (TargetWriter.tellsOf(next)) {
      after.nights().forEach(standing -> note(standing, next.target()));
      outbox.touchNow(next.target(), () -> content(after), now);
    }
  }

  private void note(Standing standing, String target) {
    if (standing.night() != null) {
      turns.note(standing.night(), target);
    }
  }

  private void forward(String key, Object value, long now) {
    context.forward(new Record<>(key, value, now));
  }

  private @Nullable TargetState content(String target) {
    TargetAccount account = accounts.get(target);
    return account == null || !TargetWriter.tellsOf(account.ledger()) ? null : content(account);
  }

  private TargetState content(TargetAccount account) {
    return writer.write(account.ledger(), account.nights(), turns::state);
  }

  private void send(String target, TargetState state, long revision, long now) {
    state.setRevision(revision);
    state.setMadeAt(Instant.ofEpochMilli(now));
    forward(target, state, now);
  }

  private void judgeAnew() {
    String from = judgeAnewFrom;
    if (from == null) {
      return;
    }
    List<TargetAccount> outdated = new ArrayList<>();
    int read = 0;
    try (KeyValueIterator<String, TargetAccount> rest =
        accounts.range(from.isEmpty() ? null : from, null)) {
      while (rest.hasNext() && read++ < JUDGED_ANEW_AT_A_TIME) {
        var entry = rest.next();
        if (!entry.value.policies().equals(fingerprint)) {
          outdated.add(entry.value);
        }
        from = entry.key + "\u0000";
      }
      judgeAnewFrom = rest.hasNext() ? from : null;
    }
    long now = clock.millis();
    outdated.forEach(account -> settle(account, account.ledger(), now));
    if (judgeAnewFrom == null) {
      judged.put(ALL, fingerprint);
    }
  }
}
