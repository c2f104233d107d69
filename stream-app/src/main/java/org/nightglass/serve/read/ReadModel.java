package org.nightglass.serve.read;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetState;
import org.nightglass.config.NightglassConfig;

/**
 * What this instance knows of every night, field and target, and of the results of the latest
 * nights.
 *
 * <p>Safe for use by several threads. Answers are of the moment of each call; whoever opened it
 * closes it, after the last caller has gone.
 */
public final class ReadModel implements AutoCloseable {
  /** The night of results and rejects that name none. */
  public static final String UNKNOWN_NIGHT = ReadStore.UNKNOWN_NIGHT;

  private static final long EVENT_BYTES = 16L << 20;

  private final ReadStore store;
  private final TopicReader reader;
  private final EventLog events;
  private final TargetIndex index;
  private final TargetOrder order;

  private ReadModel(ReadStore store, TopicReader reader, EventLog events) {
    this.store = store;
    this.reader = reader;
    this.events = events;
    this.index = new TargetIndex(store.store());
    this.order = new TargetOrder(store.store(), index, this::target, TargetOrder.Limits.USUAL);
  }

  /**
   * What it may hold.
   *
   * @param nightsKept nights whose results and rejects are kept on disk
   * @param nightsInMemory of them, those whose rows are held in memory
   */
  public record Limits(int nightsKept, int nightsInMemory) {}

  /**
   * Opens the read model of a folder and begins to read the topics, which must be there.
   *
   * @param config of the application
   * @param folder where it is kept; one folder an instance
   */
  public static ReadModel open(NightglassConfig config, Path folder, Limits limits) {
    String origin = Origin.of(config.kafka(), TopicReader.topics(config.topics()));
    ReadStore store =
        new ReadStore(Origin.open(folder, origin), config.policies(), limits.nightsInMemory());
    EventLog events = new EventLog(EVENT_BYTES);
    TopicReader reader;
    try {
      reader = new TopicReader(config, store, events, limits.nightsKept());
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
    reader.start();
    return new ReadModel(store, reader, events);
  }

  /** Every night that anything is known of, in order. */
  public NavigableSet<String> nights() {
    NavigableSet<String> nights = store.nightsOfResults();
    nights.addAll(store.firstParts(Key.NIGHT));
    nights.addAll(store.firstParts(Key.REJECT));
    return nights;
  }

  /** Where the account of a night stands; null where it is not known. */
  public @Nullable NightStatus night(String night) {
    byte[] value = store.store().get(Key.of(Key.NIGHT, night));
    return value == null ? null : store.nights().read(value);
  }

  /** Whether anything is known of a night. */
  public boolean knows(String night) {
    return store.store().get(Key.of(Key.NIGHT, night)) != null
        || has(Key.of(Key.RESULT, night, ""))
        || has(Key.of(Key.REJECT, night, ""))
        || has(Key.of(Key.NIGHT_YIELD, night + "/"));
  }

  private boolean has(byte[] prefix) {
    return store.store().firstKey(prefix, prefix) != null;
  }

  /** A night's funnels of the scopes asked for, in order of their keys. */
  public List<NightYield> yields(String night, Predicate<NightYield> scopes) {
    return yields(Key.of(Key.NIGHT_YIELD, night + "/"), scopes);
  }

  /** A night's funnel of all programmes, fields and classes together; null where there is none. */
  public @Nullable NightYield total(String night) {
    byte[] value = store.store().get(Key.of(Key.NIGHT_YIELD, night + "///"));
    return value == null ? null : store.yields().read(value);
  }

  /** The survey's funnels to date. */
  public List<NightYield> survey() {
    return yields(new byte[] {(byte) Key.SURVEY_YIELD}, scope -> true);
  }

  private List<NightYield> yields(byte[] prefix, Predicate<NightYield> scopes) {
    List<NightYield> found = new ArrayList<>();
    store
        .store()
        .scan(
            prefix,
            null,
            (key, value) -> {
              NightYield yield = store.yields().read(value);
              if (scopes.test(yield)) {
                found.add(yield);
              }
              return true;
            });
    return found;
  }

  /** A field's progress; null where the field is not known. */
  public @Nullable FieldProgress field(String field) {
    byte[] value = store.store().get(Key.of(Key.FIELD, field));
    return value == null ? null : store.fields().read(value);
  }

  /**
   * Fields in order of their names.
   *
   * @param after the name after which to go on; null = from the first
   * @param most how many
   */
  public List<FieldProgress> fields(
      Predicate<FieldProgress> wanted, @Nullable String after, int most) {
    List<FieldProgress> found = new ArrayList<>();
    store
        .store()
        .scan(
            new byte[] {(byte) Key.FIELD},
            after == null ? null : Key.of(Key.FIELD, after + '\u0001'),
            (key, value) -> {
              FieldProgress field = store.fields().read(value);
              if (wanted.test(field)) {
                found.add(field);
              }
              return found.size() < most;
            });
    return found;
  }

  /** Looks at every field, in order of their names. */
  public void eachField(Consumer<FieldProgress> look) {
    store
        .store()
        .scan(
            new byte[] {(byte) Key.FIELD},
            null,
            (key, value) -> {
              look.accept(store.fields().read(value));
              return true;
            });
  }

  /** A target's state; null where it is not known. */
  public @Nullable TargetState target(String target) {
    byte[] value = store.store().get(Key.of(Key.TARGET, target));
    return value == null ? null : store.targets().read(value);
  }

  /**
   * Targets in order of their names.
   *
   * @param after the name after which to go on; null = from the first
   * @param most how many
   */
  public List<TargetState> targets(TargetFilter filter, @Nullable String after, int most) {
    return index.find(filter, after, most).stream()
        .map(this::target)
        .filter(Objects::nonNull) // gone since it was found
        .toList();
  }

  /**
   * Targets in order of a column, those without a value last.
   *
   * @param targets the page; of a filter that few targets of many pass it may be short
   * @param next after which the next page goes on; null where this is the last
   */
  public record SortedTargets(List<TargetState> targets, @Nullable Place next) {}

  /**
   * One page of targets in order of a column.
   *
   * @param after {@link SortedTargets#next} of the page before; null for the first
   * @param most how many
   */
  public SortedTargets targets(
      TargetFilter filter, TargetColumn column, boolean falling, @Nullable Place after, int most) {
    return order.page(filter, column, falling, after, most);
  }

  /** Results of a target, the latest first. */
  public List<Row> resultsOf(String target, int most) {
    List<Row> found = new ArrayList<>();
    store
        .store()
        .scan(
            Key.of(Key.TARGET_SPECTRUM, target, ""),
            null,
            (key, value) -> {
              String[] parts = Key.parts(key);
              byte[] result = store.store().get(Key.of(Key.RESULT, parts[1], parts[2]));
              if (result != null) {
                found.add(store.words().on(store.row(store.results().read(result))));
              }
              return true;
            });
    found.sort(Comparator.comparing(Row::emittedAt).reversed());
    return found.size() > most ? found.subList(0, most) : found;
  }

  /** A spectrum's result, whole; null where it is not known, or of a night too long ago. */
  public @Nullable SpectrumResult result(String spectrum) {
    byte[] night = store.store().get(Key.of(Key.SPECTRUM, spectrum));
    byte[] value =
        night == null
            ? null
            : store
                .store()
                .get(Key.of(Key.RESULT, new String(night, StandardCharsets.UTF_8), spectrum));
    return value == null ? null : store.results().read(value);
  }

  /** A night's results in short, one a spectrum, in no order. */
  public Collection<Row> rows(String night) {
    return store.tables().rows(night);
  }

  /**
   * Rejects in order, the latest first.
   *
   * @param rejects what was found
   * @param next where the following page begins; null where this is the last
   */
  public record Rejects(List<Reject> rejects, @Nullable String next) {}

  /**
   * A night's rejects, the latest first.
   *
   * @param reason only of this reason; null = of any
   * @param from where to go on, as {@link Rejects#next} says; null = from the latest
   */
  public Rejects rejects(String night, @Nullable String reason, @Nullable String from, int most) {
    byte[] prefix = Key.of(Key.REJECT, night, "");
    List<Reject> found = new ArrayList<>();
    String[] next = new String[1];
    store
        .store()
        .scan(
            prefix,
            from == null ? null : Key.of(Key.REJECT, night, from),
            (key, value) -> {
              Reject reject = store.rejects().read(value);
              boolean wanted = reason == null || reason.equals(reject.getReason());
              if (wanted && found.size() == most) {
                next[0] =
                    new String(
                        key, prefix.length, key.length - prefix.length, StandardCharsets.UTF_8);
                return false;
              }
              if (wanted) {
                found.add(reject);
              }
              return true;
            });
    return new Rejects(found, next[0]);
  }

  /** A night's rejected events by reason. */
  public Map<String, Integer> rejectReasons(String night) {
    Map<String, Integer> counts = new TreeMap<>();
    store
        .store()
        .scan(
            Key.of(Key.REJECT, night, ""),
            null,
            (key, value) -> {
              counts.merge(store.rejects().read(value).getReason(), 1, Integer::sum);
              return true;
            });
    return counts;
  }

  /** What changes from now on, and what has changed lately. */
  public EventLog events() {
    return events;
  }

  /** Why answers are not up to date; empty where they are. */
  public List<String> reasonsNotReady() {
    List<String> reasons = new ArrayList<>(reasonsBroken());
    if (reasons.isEmpty() && !reader.caughtUp()) {
      reasons.add("the read model is catching up, %d records to go".formatted(reader.behind()));
    }
    if (reader.registrySilent()) {
      reasons.add("the schema registry does not answer, records wait to be read");
    }
    return reasons;
  }

  /** Why answers will not be up to date again; empty where all is well. */
  public List<String> reasonsBroken() {
    Throwable failure = reader.failure();
    return failure == null ? List.of() : List.of("the read model has stopped: " + failure);
  }

  /** Records of Kafka not read yet. */
  public long behind() {
    return reader.behind();
  }

  /** Records read since the start. */
  public long recordsRead() {
    return reader.recordsRead();
  }

  /** Records that could not be decoded, since the start. */
  public long undecodable() {
    return reader.undecodable();
  }

  /** When the broker took the latest record read; null where none was read since the start. */
  public @Nullable Instant lastRecordAt() {
    long millis = reader.lastRecordMillis();
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  /** Lets every listener go, before the rest is closed. */
  public void closeEvents() {
    events.close();
  }

  @Override
  public void close() {
    reader.close();
    events.close();
    store.close();
  }
}
