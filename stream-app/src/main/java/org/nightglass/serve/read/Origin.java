package org.nightglass.serve.read;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetState;

/**
 * Where the records of a store come from, and in which form they are kept. A store of another
 * origin answers for something else: another cluster, topics deleted and made anew, another version
 * of the schemas.
 */
final class Origin {
  /** Counts changes of the store's own keys and values. */
  private static final int FORM = 2;

  private static final byte[] KEY = Key.of(Key.META, "origin");

  private Origin() {}

  /** The origin of what is read now, as the cluster says it. */
  static String of(Map<String, Object> kafka, List<String> topics) {
    try (Admin admin = Admin.create(kafka)) {
      String cluster = admin.describeCluster().clusterId().get();
      Map<String, String> ids = new TreeMap<>();
      for (TopicDescription topic : admin.describeTopics(topics).allTopicNames().get().values()) {
        ids.put(topic.name(), topic.topicId().toString());
      }
      return "form " + FORM + schemas() + " of cluster " + cluster + " " + ids;
    } catch (ExecutionException e) {
      throw new KafkaException("the cluster cannot be asked for its topics: " + e.getCause(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KafkaException("interrupted while asking the cluster for its topics", e);
    }
  }

  private static String schemas() {
    StringBuilder fingerprints = new StringBuilder();
    for (Schema schema :
        List.of(
            NightStatus.getClassSchema(),
            NightYield.getClassSchema(),
            FieldProgress.getClassSchema(),
            TargetState.getClassSchema(),
            SpectrumResult.getClassSchema(),
            Reject.getClassSchema())) {
      fingerprints
          .append(' ')
          .append(Long.toHexString(SchemaNormalization.parsingFingerprint64(schema)));
    }
    return fingerprints.toString();
  }

  /** Opens a store for an origin: the one that is there if it is of it, else an empty one. */
  static Store open(Path folder, String origin) {
    Store store = Store.open(folder);
    byte[] found = store.get(KEY);
    if (found != null && !new String(found, StandardCharsets.UTF_8).equals(origin)) {
      store.destroy();
      store = Store.open(folder);
      found = null;
    }
    if (found == null) {
      try (Store.Write write = store.write()) {
        write.put(KEY, origin.getBytes(StandardCharsets.UTF_8));
        write.commit();
      }
    }
    return store;
  }
}
