package org.nightglass.topology;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
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
import org.nightglass.account.Counters;
import org.nightglass.account.NightBook;
import org.nightglass.account.Scope;
import org.nightglass.account.YieldWriter;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.topology.NightTopology.Parts;
import org.nightglass.topology.NightTopology.Rhythm;

/**
 * Keeps the book and the counters of each night, and tells where it stands and what it yields. All
 * scopes of a night are in one task, so that its records agree.
 */
final class NightProcessor implements Processor<String, ToNight, String, Object> {
  private static final String NAME = "night-yields";
  private static final String BOOKS = "night-books";

  private final Rhythm rhythm;
  private final Clock clock;
  private final Closings closings;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<String, Object> context;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, NightBook> books;

  @SuppressWarnings("NullAway.Init")
  private KeyValueStore<String, Outbox.Sent> yieldsSent;

  @SuppressWarnings("NullAway.Init")
  private Tally tally;

  @SuppressWarnings("NullAway.Init")
  private Outbox<NightYield> yields;

  @SuppressWarnings("NullAway.Init")
  private Outbox<NightStatus> statuses;

  /** Nights that are open; null = the books have not been looked through yet. */
  private @Nullable Set<String> open;

  private NightProcessor(Rhythm rhythm, Parts parts) {
    this.rhythm = rhythm;
    this.clock = parts.clock();
    this.closings = new Closings(rhythm, parts.observatory(), parts.road());
  }

  static ProcessorSupplier<String, ToNight, String, Object> supplier(Rhythm rhythm, Parts parts) {
    return new ProcessorSupplier<>() {
      @Override
      public Processor<String, ToNight, String, Object> get() {
        return new NightProcessor(rhythm, parts);
      }

      @Override
      public Set<StoreBuilder<?>> stores() {
        Set<StoreBuilder<?>> all = new HashSet<>(Tally.stores(NAME));
        all.addAll(Outbox.stores(BOOKS));
        all.add(
            Stores.keyValueStoreBuilder(
                    Stores.persistentKeyValueStore(BOOKS),
                    Serdes.String(),
                    NightTopology.serde(NightBook.class))
                .withCachingEnabled());
        return all;
      }
    };
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
    open = null;
    books = context.getStateStore(BOOKS);
    yieldsSent = context.getStateStore(Outbox.sentStore(NAME));
    tally = Tally.of(context, NAME);
    long interval = rhythm.update().toMillis();
    yields =
        new Outbox<>(
            NightYield.class,
            yieldsSent,
            context.getStateStore(Outbox.dueStore(NAME)),
            interval,
            this::yieldOf,
            this::send);
    statuses =
        new Outbox<>(
            NightStatus.class,
            context.getStateStore(Outbox.sentStore(BOOKS)),
            context.getStateStore(Outbox.dueStore(BOOKS)),
            interval,
            this::statusOf,
            this::send);
    context.schedule(rhythm.tick(), PunctuationType.WALL_CLOCK_TIME, this::tick);
  }

  private void tick(long unused) {
    long now = clock.millis();
    for (String night : List.copyOf(open())) {
      NightBook book = books.get(night);
      write(book, closings.at(book, now));
    }
    statuses.flush(now);
    yields.flush(now);
  }

  @Override
  public void process(Record<String, ToNight> record) {
    String night = record.key();
    NightBook book = books.get(night);
    long now = clock.millis();
    NightBook before = book == null ? NightBook.open(night, now) : book;
    Map<String, Counters> moves = record.value().moves();
    ToNight.Word word = record.value().word();
    NightBook after = before;
    if (moves != null) {
      after = before.changed(now);
      moves.forEach(this::count);
    } else if (word != null) {
      after = before.said(word.type(), word.atMs(), word.by(), word.plannedEndMs(), now);
    }
    write(book, after);
  }

  private void count(String scope, Counters moves) {
    tally.move(scope, moves);
    yields.touch(scope);
  }

  private void write(@Nullable NightBook before, NightBook after) {
    if (after.equals(before)) {
      return;
    }
    String night = after.night();
    books.put(night, after);
    if (after.closed()) {
      open().remove(night);
    } else {
      open().add(night);
    }
    if (before == null || !Objects.equals(before.closing(), after.closing())) {
      statuses.touch(night);
    }
    if (before == null
        || before.state() != after.state()
        || !Objects.equals(before.plannedEndMs(), after.plannedEndMs())) {
      statuses.touch(night);
      scopesOf(night).forEach(yields::touch);
    }
  }

  private Set<String> open() {
    Set<String> nights = open;
    if (nights == null) {
      nights = new TreeSet<>();
      try (KeyValueIterator<String, NightBook> all = books.all()) {
        while (all.hasNext()) {
          NightBook book = all.next().value;
          if (!book.closed()) {
            nights.add(book.night());
          }
        }
      }
      open = nights;
    }
    return nights;
  }

  private List<String> scopesOf(String night) {
    List<String> scopes = new ArrayList<>();
    try (KeyValueIterator<String, Outbox.Sent> some =
        yieldsSent.prefixScan(night + "/", new StringSerializer())) {
      some.forEachRemaining(entry -> scopes.add(entry.key));
    }
    return scopes;
  }

  private NightYield yieldOf(String key) {
    Scope scope = Scope.of(key);
    NightBook book = scope.night() == null ? null : books.get(scope.night());
    return YieldWriter.write(scope, tally.of(key), book);
  }

  private @Nullable NightStatus statusOf(String night) {
    NightBook book = books.get(night);
    if (book == null) {
      return null;
    }
    NightBook.Closing closing = book.closing();
    Long closedAt = book.closedAtMs();
    Long end = book.plannedEndMs();
    NightStatus status = new NightStatus();
    status.setNight(night);
    status.setState(book.state());
    status.setRevision(0L);
    status.setSince(Instant.ofEpochMilli(book.sinceMs()));
    status.setClosingSince(closing == null ? null : Instant.ofEpochMilli(closing.sinceMs()));
    status.setClosedAt(closedAt == null ? null : Instant.ofEpochMilli(closedAt));
    status.setClosedBy(book.closedBy());
    status.setPlannedEnd(end == null ? null : Instant.ofEpochMilli(end));
    status.setMadeAt(Instant.EPOCH);
    return status;
  }

  private void send(String key, NightYield yield, long revision, long now) {
    yield.setRevision(revision);
    yield.setMadeAt(Instant.ofEpochMilli(now));
    context.forward(new Record<>(key, yield, now));
  }

  private void send(String key, NightStatus status, long revision, long now) {
    status.setRevision(revision);
    status.setMadeAt(Instant.ofEpochMilli(now));
    context.forward(new Record<>(key, status, now));
  }
}
