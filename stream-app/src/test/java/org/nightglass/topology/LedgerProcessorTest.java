package org.nightglass.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.account.Counters;
import org.nightglass.account.InputReader;
import org.nightglass.account.TargetEvent;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.TargetState;
import org.nightglass.batch.DrainOnCommitStore;

/** What becomes of targets when the application is started again over the same stores. */
class LedgerProcessorTest {
  private static final String NIGHT = "20251221";
  private static final Map<String, String> LENIENT = Map.of("programme.dark.accept.snr", "0.5");
  private static final Map<String, String> STRICT = Map.of("programme.dark.accept.snr", "4");

  @TempDir Path folder;

  private final NightTopology.Rhythm rhythm =
      new NightTopology.Rhythm(
          Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofHours(2), Duration.ZERO, 1);
  private final Map<String, StateStore> stores = new TreeMap<>();
  private MockProcessorContext<String, Object> context;

  @BeforeEach
  void open() {
    Properties settings = new Properties();
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "test");
    settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
    context = new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
    Set<StoreBuilder<?>> own = LedgerProcessor.supplier(rhythm, parts(LENIENT)).stores();
    own.forEach(builder -> add(builder.withLoggingDisabled().withCachingDisabled().build()));
    add(
        Stores.timestampedKeyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(NightTopology.NIGHTS),
                Serdes.String(),
                Serdes.serdeFrom(
                    (topic, status) -> NightRig.encode(status), NightRig.plain(NightStatus.class)))
            .withLoggingDisabled()
            .build());
  }

  @AfterEach
  void close() {
    stores.values().stream().filter(StateStore::isOpen).forEach(StateStore::close);
  }

  private void add(StateStore store) {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    stores.put(store.name(), store);
  }

  private static NightTopology.Parts parts(Map<String, String> policies) {
    return NightRig.parts(
        NightRig.policies(policies), () -> () -> true, Clock.fixed(NightRig.NOW, ZoneOffset.UTC));
  }

  private Processor<String, TargetEvent, String, Object> start(Map<String, String> policies) {
    Processor<String, TargetEvent, String, Object> processor =
        LedgerProcessor.supplier(rhythm, parts(policies)).get();
    processor.init(context);
    return processor;
  }

  /** Lets the last one that was started look what is due; gives what it forwards. */
  private List<Object> tick() {
    context.resetForwards();
    List<MockProcessorContext.CapturedPunctuator> all = context.scheduledPunctuators();
    all.get(all.size() - 1).getPunctuator().punctuate(0);
    commit();
    return context.forwarded().stream().<Object>map(one -> one.record().value()).toList();
  }

  private void commit() {
    ((DrainOnCommitStore) stores.get("targets-held")).flushCache();
  }

  private void observe(Processor<String, TargetEvent, String, Object> processor) {
    TargetEvent event =
        InputReader.read(NightRig.result(NIGHT, "t1", "s1", 2).result).orElseThrow();
    processor.process(new Record<>("t1", event, 0));
    commit();
  }

  @Test
  void shouldJudgeEveryTargetAnewUnderAnotherPolicy() {
    observe(start(LENIENT));
    start(STRICT);

    List<Object> told = tick();
    assertThat(told)
        .filteredOn(ToNight.class::isInstance)
        .singleElement()
        .satisfies(
            value -> {
              Counters moves = ((ToNight) value).moves().get(NIGHT + "///");
              assertThat(moves.get("good")).isEqualTo(-1);
              assertThat(moves.get("observed")).isZero();
            });
    assertThat(tick()).noneMatch(ToNight.class::isInstance);
    assertThat(told).isNotEmpty().noneMatch(TargetState.class::isInstance); // told a second later
  }

  @Test
  void shouldNotLookThroughAllTargetsWhereThePolicyIsTheSame() {
    observe(start(LENIENT));
    tick();
    stores.get("targets").close(); // a look at it would fail
    start(LENIENT);
    assertThat(tick()).isEmpty();
  }
}
