package org.nightglass.serve.read;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.nightglass.account.Versions;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetState;

/**
 * Turns records into one write of the store, with the events that tell of them. Made for one poll
 * of the topics, used by the one thread that reads them.
 */
final class Intake implements AutoCloseable {
  /** Newest results or rejects that an event brings along; listeners fetch the rest. */
  private static final int BROUGHT_ALONG = 20;

  private static final byte[] NOTHING = new byte[0];

  private final ReadStore into;
  private final Store.Write write;
  private final List<NightTables.RowChange> rows = new ArrayList<>();
  private final Map<String, @Nullable String> said = new LinkedHashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<String, Several> results = new LinkedHashMap<>();
  private final Map<String, Several> rejects = new LinkedHashMap<>();

  /** New things of one night: how many, and the newest of them. */
  private static final class Several {
    private long count;
    private final List<ObjectNode> latest = new ArrayList<>();

    void add(ObjectNode item) {
      count++;
      latest.add(item);
      if (latest.size() > BROUGHT_ALONG) {
        latest.remove(0);
      }
    }
  }

  Intake(ReadStore into) {
    this.into = into;
    this.write = into.store().write();
  }

  void night(byte[] key, @Nullable NightStatus status) {
    if (document(
        Key.of(Key.NIGHT, text(key)), status == null ? null : into.nights().write(status))) {
      events.add(new Event(Event.NIGHT, text(key), Json.bytes(Json.orNull(status))));
    }
  }

  void nightYield(byte[] key, @Nullable NightYield yield) {
    if (document(
            Key.of(Key.NIGHT_YIELD, text(key)), yield == null ? null : into.yields().write(yield))
        && yield != null) {
      events.add(new Event(Event.YIELD, yield.getNight(), Json.bytes(Json.of(yield))));
    }
  }

  void surveyYield(byte[] key, @Nullable NightYield yield) {
    if (document(
            Key.of(Key.SURVEY_YIELD, text(key)), yield == null ? null : into.yields().write(yield))
        && yield != null) {
      events.add(new Event(Event.SURVEY, null, Json.bytes(Json.of(yield))));
    }
  }

  void field(byte[] key, @Nullable FieldProgress field) {
    if (document(Key.of(Key.FIELD, text(key)), field == null ? null : into.fields().write(field))
        && field != null) {
      events.add(new Event(Event.FIELD, field.getNight(), Json.bytes(Json.of(field))));
    }
  }

  void target(byte[] key, @Nullable TargetState target) {
    byte[] at = Key.of(Key.TARGET, text(key));
    byte[] before = write.get(at);
    TargetState was = before == null ? null : into.targets().read(before);
    index(was, target);
    if (document(at, target == null ? null : into.targets().write(target)) && target != null) {
      events.add(new Event(Event.TARGET, target.getNight(), Json.bytes(Json.of(target))));
    }
    if (!Objects.equals(Words.of(was), Words.of(target))) {
      word(text(key), Words.of(target));
    }
  }

  /** Moves a target in the lists in which it stands elsewhere now. */
  private void index(@Nullable TargetState was, @Nullable TargetState target) {
    List<byte[]> gone = new ArrayList<>(was == null ? List.of() : TargetIndex.entries(was));
    for (byte[] entry : target == null ? List.<byte[]>of() : TargetIndex.entries(target)) {
      if (!gone.removeIf(old -> Arrays.equals(old, entry))) {
        write.put(entry, NOTHING);
      }
    }
    gone.forEach(write::delete);
  }

  private void word(String target, @Nullable String action) {
    byte[] at = Key.of(Key.WORD, target);
    if (action != null) {
      write.put(at, action.getBytes(StandardCharsets.UTF_8));
    } else {
      write.delete(at);
    }
    said.put(target, action);
  }

  /** Keeps a document, or takes it away; true if there is one now. */
  private boolean document(byte[] key, byte @Nullable [] value) {
    if (value == null) {
      write.delete(key);
      return false;
    }
    write.put(key, value);
    return true;
  }

  /** Keeps a result under its night; of a spectrum, the one that stands. */
  void result(SpectrumResult result) {
    String night = result.getNight() == null ? ReadStore.UNKNOWN_NIGHT : result.getNight();
    String spectrum = result.getSpectrumId();
    byte[] bySpectrum = Key.of(Key.SPECTRUM, spectrum);
    byte[] before = write.get(bySpectrum);
    if (before != null && !removeEarlier(text(before), night, result)) {
      return;
    }
    write.put(bySpectrum, night.getBytes(StandardCharsets.UTF_8));
    write.put(Key.of(Key.RESULT, night, spectrum), into.results().write(result));
    write.put(Key.of(Key.TARGET_SPECTRUM, result.getTargetId(), night, spectrum), NOTHING);
    Row row = into.row(result);
    rows.add(new NightTables.RowChange.Put(night, row));
    results.computeIfAbsent(night, one -> new Several()).add(Json.of(into.words().on(row)));
  }

  /** Makes room for a newer result of the same spectrum; false where the one there is the newer. */
  private boolean removeEarlier(String nightBefore, String night, SpectrumResult result) {
    byte[] at = Key.of(Key.RESULT, nightBefore, result.getSpectrumId());
    byte[] value = write.get(at);
    if (value == null) {
      return true;
    }
    SpectrumResult there = into.results().read(value);
    if (!replaces(result, there)) {
      return false;
    }
    if (!nightBefore.equals(night) || !there.getTargetId().equals(result.getTargetId())) {
      write.delete(at);
      write.delete(
          Key.of(Key.TARGET_SPECTRUM, there.getTargetId(), nightBefore, result.getSpectrumId()));
      rows.add(new NightTables.RowChange.Remove(nightBefore, result.getSpectrumId()));
    }
    return true;
  }

  /**
   * As the account of the night has it, whatever the order in which results are read: the newest
   * reduction stands, and the model that came last; a spectrum merely sent again changes nothing.
   */
  private static boolean replaces(SpectrumResult added, SpectrumResult there) {
    int newer = Versions.compare(added.getReductionVersion(), there.getReductionVersion());
    if (newer != 0) {
      return newer > 0;
    }
    boolean sameModel =
        added.getModelName().equals(there.getModelName())
            && added.getModelVersion().equals(there.getModelVersion());
    return sameModel
        ? added.getEmittedAt().isBefore(there.getEmittedAt())
        : !added.getEmittedAt().isBefore(there.getEmittedAt());
  }

  void reject(Reject reject) {
    reject.setKey(null); // the bytes stay in Kafka
    reject.setValue(null);
    String night = reject.getNight() == null ? ReadStore.UNKNOWN_NIGHT : reject.getNight();
    write.put(
        Key.of(
            Key.REJECT,
            night,
            "%016x".formatted(Long.MAX_VALUE - reject.getRejectedAt().toEpochMilli()),
            reject.getSourceTopic()
                + "-"
                + reject.getSourcePartition()
                + "@"
                + reject.getSourceOffset()),
        into.rejects().write(reject));
    rejects.computeIfAbsent(night, one -> new Several()).add(Json.of(reject));
  }

  void position(TopicPartition partition, long next) {
    write.put(offsetKey(partition), Long.toString(next).getBytes(StandardCharsets.UTF_8));
  }

  static byte[] offsetKey(TopicPartition partition) {
    return Key.of(Key.OFFSET, partition.topic(), Integer.toString(partition.partition()));
  }

  /**
   * Writes everything at once.
   *
   * @return what to tell listeners
   */
  List<Event> commit() {
    into.tables().commit(write, rows, said);
    several(Event.RESULTS, results);
    several(Event.REJECTS, rejects);
    return events;
  }

  private void several(String type, Map<String, Several> byNight) {
    byNight.forEach(
        (night, several) -> {
          String known = night.equals(ReadStore.UNKNOWN_NIGHT) ? null : night;
          ObjectNode data = Json.MAPPER.createObjectNode();
          data.put("night", known);
          data.put("count", several.count);
          data.putArray("items").addAll(several.latest);
          events.add(new Event(type, known, Json.bytes(data)));
        });
  }

  /** The nights of which results came. */
  Iterable<String> nightsOfResults() {
    return results.keySet();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    write.close();
  }
}
