package org.nightglass.topology;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.nightglass.schemas.serde.TrustedClasses;

/**
 * Sends each figure when it has changed, once, and no more often than its interval. What is to be
 * sent, and what was, stands in state stores, so a crash neither swallows an update nor tells it
 * twice, and revisions go on rising.
 *
 * <p>Owned by one task.
 *
 * @param <V> the records sent
 */
final class Outbox<V extends SpecificRecord> {
  /**
   * Keys that one flush looks at. A night of 200,000 targets that is closed touches all of them; in
   * one go they would hold up every other record of the thread, and the transaction with them.
   */
  private static final int FLUSHED_AT_A_TIME = 1000;

  /**
   * What was last sent under a key.
   *
   * @param revision of that record, from 1
   * @param digest of its content, revision and time left out
   * @param sentMs when
   */
  @JsonFormat(shape = JsonFormat.Shape.ARRAY)
  record Sent(long revision, long digest, long sentMs) {}

  /** Puts a revision and a time on a record and sends it. */
  interface Sender<V> {
    void send(String key, V value, long revision, long nowMs);
  }

  private final SpecificDatumWriter<V> writer;
  private final KeyValueStore<String, Sent> sent;
  private final KeyValueStore<String, Long> due;
  private final long intervalMs;
  private final Function<String, @Nullable V> content;
  private final Sender<V> sender;

  /** Where the next flush goes on; null = at the first key. */
  private @Nullable String flushFrom;

  /**
   * @param type of the records
   * @param content makes the record of a key, without revision and time; null = nothing to tell
   */
  Outbox(
      Class<V> type,
      KeyValueStore<String, Sent> sent,
      KeyValueStore<String, Long> due,
      long intervalMs,
      Function<String, @Nullable V> content,
      Sender<V> sender) {
    TrustedClasses.trust(type);
    this.writer = new SpecificDatumWriter<>(type);
    this.sent = sent;
    this.due = due;
    this.intervalMs = intervalMs;
    this.content = content;
    this.sender = sender;
  }

  /** The two stores of an outbox. */
  static Set<StoreBuilder<?>> stores(String name) {
    return Set.of(
        Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(sentStore(name)),
                Serdes.String(),
                NightTopology.serde(Sent.class))
            .withCachingEnabled(),
        Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(dueStore(name)), Serdes.String(), Serdes.Long()));
  }

  static String sentStore(String name) {
    return name + "-sent";
  }

  static String dueStore(String name) {
    return name + "-due";
  }

  /** Something under a key may have changed: it is told with the next flush. */
  void touch(String key) {
    if (due.get(key) == null) {
      due.put(key, 0L);
    }
  }

  /**
   * Something under a key may have changed: it is told at once, if the last time is long ago.
   *
   * @param value its record, without revision and time, as the outbox's own {@code content} would
   *     make it
   */
  void touchNow(String key, Supplier<V> value, long nowMs) {
    Sent last = sent.get(key);
    if (last == null || nowMs - last.sentMs() >= intervalMs) {
      settled(key);
      send(key, value.get(), last, nowMs);
    } else {
      touch(key);
    }
  }

  /**
   * Sends what is due; where that is a lot, a part of it, and the next flush goes on from there.
   */
  void flush(long nowMs) {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, Long> some = due.range(flushFrom, null)) {
      while (some.hasNext() && keys.size() < FLUSHED_AT_A_TIME) {
        keys.add(some.next().key);
      }
      flushFrom = some.hasNext() ? some.peekNextKey() : null;
    }
    for (String key : keys) {
      Sent last = sent.get(key);
      if (last == null || nowMs - last.sentMs() >= intervalMs) {
        send(key, last, nowMs);
      }
    }
  }

  private void send(String key, @Nullable Sent last, long nowMs) {
    settled(key);
    V value = content.apply(key);
    if (value != null) {
      send(key, value, last, nowMs);
    }
  }

  /** To delete what is not there would cost a record of the changelog all the same. */
  private void settled(String key) {
    if (due.get(key) != null) {
      due.delete(key);
    }
  }

  private void send(String key, V value, @Nullable Sent last, long nowMs) {
    long digest = digest(value);
    if (last != null && last.digest() == digest) {
      return; // there and back again: nothing to tell
    }
    long revision = last == null ? 1 : last.revision() + 1;
    sent.put(key, new Sent(revision, digest, nowMs));
    sender.send(key, value, revision, nowMs);
  }

  private long digest(V value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
    BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      writer.write(value, encoder);
      encoder.flush();
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      return ByteBuffer.wrap(hash).getLong();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
