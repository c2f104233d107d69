package org.nightglass.topology;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.InputReader;
import org.nightglass.account.InputRules;
import org.nightglass.account.Origin;
import org.nightglass.account.TargetEvent;
import org.nightglass.avro.NightEvent;
import org.nightglass.ingest.Arrival;
import org.nightglass.ingest.Rejection;
import org.nightglass.schemas.serde.AvroDecodingException;
import org.nightglass.spectrum.RejectReason;
import org.nightglass.topology.NightTopology.Parts;

/**
 * Reads one of the account's inputs: bytes in; out come events under the key by which they are
 * brought together, or a {@link Rejection} of what cannot be read or cannot stand.
 *
 * @param <T> the records of the input
 */
final class InputProcessor<T> implements Processor<byte[], byte[], String, Object> {

  /** What becomes of a record: its new key and value; empty where it is of no interest here. */
  private interface Reading<T> {
    Optional<Keyed> read(String key, @Nullable T value, Origin origin);
  }

  private record Keyed(String key, Object value) {}

  /** A record cannot stand. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final RejectReason reason;

    Refused(RejectReason reason, String message) {
      super(message);
      this.reason = reason;
    }
  }

  private final Deserializer<T> deserializer;
  private final Reading<T> reading;
  private final Clock clock;

  @SuppressWarnings("NullAway.Init") // set by Streams, in init
  private ProcessorContext<String, Object> context;

  private InputProcessor(Deserializer<T> deserializer, Reading<T> reading, Clock clock) {
    this.deserializer = deserializer;
    this.reading = reading;
    this.clock = clock;
  }

  static Processor<byte[], byte[], String, Object> results(Parts parts) {
    return new InputProcessor<>(
        parts.input().results(),
        (key, result, origin) ->
            result == null ? Optional.empty() : InputReader.read(result).map(InputProcessor::keyed),
        parts.clock());
  }

  static Processor<byte[], byte[], String, Object> rejects(Parts parts) {
    return new InputProcessor<>(
        parts.input().rejects(),
        (key, reject, origin) ->
            reject == null ? Optional.empty() : InputReader.read(reject).map(InputProcessor::keyed),
        parts.clock());
  }

  static Processor<byte[], byte[], String, Object> plan(Parts parts) {
    InputRules rules = new InputRules(parts.policies(), parts.observatory());
    return new InputProcessor<>(
        parts.input().plan(),
        (key, plan, origin) -> {
          if (plan == null) {
            check(RejectReason.BAD_PLAN, InputRules.faultsOfWithdrawal(key));
            return Optional.of(keyed(InputReader.withdrawal(key, origin)));
          }
          check(RejectReason.BAD_PLAN, rules.faults(key, plan));
          return Optional.of(keyed(InputReader.read(plan, origin)));
        },
        parts.clock());
  }

  static Processor<byte[], byte[], String, Object> overrides(Parts parts) {
    return new InputProcessor<>(
        parts.input().overrides(),
        (key, word, origin) -> {
          if (word == null) {
            return Optional.empty(); // the topic is compacted; CLEAR is how a word is taken back
          }
          check(RejectReason.BAD_OVERRIDE, InputRules.faults(key, word));
          return Optional.of(keyed(InputReader.read(word)));
        },
        parts.clock());
  }

  static Processor<byte[], byte[], String, Object> nightEvents(Parts parts) {
    return new InputProcessor<>(
        parts.input().nightEvents(),
        (key, event, origin) -> {
          if (event == null) {
            return Optional.empty();
          }
          check(RejectReason.BAD_NIGHT_EVENT, InputRules.faults(key, event));
          return Optional.of(new Keyed(event.getNight(), new ToNight(null, word(event))));
        },
        parts.clock());
  }

  private static ToNight.Word word(NightEvent event) {
    Instant end = event.getPlannedEnd();
    return new ToNight.Word(
        event.getType().name(),
        event.getAt().toEpochMilli(),
        event.getBy(),
        end == null ? null : (Long) end.toEpochMilli());
  }

  private static Keyed keyed(TargetEvent event) {
    return new Keyed(event.target(), event);
  }

  private static void check(RejectReason reason, List<String> faults) {
    if (!faults.isEmpty()) {
      throw new Refused(reason, String.join("; ", faults));
    }
  }

  @Override
  public void init(ProcessorContext<String, Object> processorContext) {
    context = processorContext;
  }

  @Override
  public void process(Record<byte[], byte[]> record) {
    RecordMetadata from =
        context
            .recordMetadata()
            .orElseThrow(() -> new IllegalStateException("a record without an origin"));
    Origin origin =
        new Origin(
            from.topic(),
            from.partition(),
            from.offset(),
            record.timestamp(),
            clock.millis(),
            record.key(),
            record.value());
    try {
      String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
      reading
          .read(key, value(from.topic(), record.value()), origin)
          .ifPresent(
              next ->
                  context.forward(
                      new Record<>(
                          next.key(), next.value(), cameInMs(record, next), record.headers())));
    } catch (Refused refused) {
      refuse(record, origin, refused.reason, String.valueOf(refused.getMessage()));
    }
  }

  /** When the record came in; of a spectrum's result, when the spectrum did. */
  private static long cameInMs(Record<byte[], byte[]> record, Keyed next) {
    return next.value() instanceof TargetEvent.Observed observed
        ? Math.max(0, observed.ingestedMs())
        : record.timestamp();
  }

  private @Nullable T value(String topic, byte @Nullable [] bytes) {
    if (bytes == null) {
      return null;
    }
    try {
      return deserializer.deserialize(topic, bytes);
    } catch (AvroDecodingException e) {
      switch (e.failure()) {
        case REGISTRY_UNAVAILABLE, REGISTRY_REFUSED -> throw e; // not the record's fault
        case UNKNOWN_SCHEMA -> throw new Refused(RejectReason.UNKNOWN_SCHEMA, text(e));
        case INCOMPATIBLE_SCHEMA -> throw new Refused(RejectReason.INCOMPATIBLE_SCHEMA, text(e));
        default -> throw new Refused(RejectReason.UNDECODABLE, text(e));
      }
    } catch (SerializationException | ClassCastException e) {
      throw new Refused(RejectReason.UNDECODABLE, text(e));
    }
  }

  private static String text(RuntimeException e) {
    return String.valueOf(e.getMessage());
  }

  private void refuse(
      Record<byte[], byte[]> record, Origin origin, RejectReason reason, String message) {
    context.forward(
        new Record<>("", rejection(origin, reason, message), clock.millis(), record.headers()));
  }

  /** A rejection of the record that an event came from. */
  static Rejection rejection(Origin origin, RejectReason reason, String message) {
    return new Rejection(
        new Arrival(
            origin.topic(),
            origin.partition(),
            origin.offset(),
            Instant.ofEpochMilli(origin.ingestedMs()),
            Instant.ofEpochMilli(origin.receivedMs()),
            origin.key(),
            origin.value()),
        reason,
        message,
        null);
  }
}
