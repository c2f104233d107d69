package org.nightglass.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;

/**
 * What the application needs of a Kafka cluster: its topics, there and set so that nothing is lost.
 */
public final class Cluster {
  private static final int ANSWER_WITHIN_MS = 15_000;

  private Cluster() {}

  /**
   * Creates the topics that are missing, where the configuration lets it, and checks those that are
   * there.
   *
   * @return every fault, in words; empty if the topics will do
   */
  public static List<String> prepareTopics(NightglassConfig config) {
    return visit(config, config.flag(Settings.TOPICS_CREATE));
  }

  /**
   * Checks the topics that are there, and says what is missing where it would not be created.
   * Changes nothing.
   */
  public static List<String> checkTopics(NightglassConfig config) {
    return visit(config, false);
  }

  private static List<String> visit(NightglassConfig config, boolean create) {
    Map<String, Object> settings = new HashMap<>(config.kafka());
    settings.putIfAbsent(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
    settings.putIfAbsent(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS / 3);
    try (Admin admin = Admin.create(settings)) {
      List<TopicSpec> specs = TopicSpec.all(config);
      Set<String> there = admin.listTopics().names().get();
      List<TopicSpec> missing =
          specs.stream().filter(spec -> !there.contains(spec.name())).toList();
      List<String> faults = new ArrayList<>();
      if (create) {
        create(admin, missing, config);
      } else if (!config.flag(Settings.TOPICS_CREATE)) {
        missing.forEach(
            spec ->
                faults.add(
                    "topic "
                        + spec.name()
                        + " is missing; create it with "
                        + spec.settings()
                        + ", or set "
                        + Settings.TOPICS_CREATE
                        + "=true"));
      }
      check(admin, specs.stream().filter(spec -> there.contains(spec.name())).toList(), faults);
      return faults;
    } catch (ExecutionException e) {
      return List.of(unreachable(config, e.getCause() == null ? e : e.getCause()));
    } catch (KafkaException e) {
      return List.of(unreachable(config, e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of("interrupted while looking at the cluster's topics");
    }
  }

  private static String unreachable(NightglassConfig config, Throwable cause) {
    String reason =
        cause.getCause() == null
            ? cause.toString()
            : cause + " (" + cause.getCause().getMessage() + ")";
    return Settings.BOOTSTRAP_SERVERS
        + "="
        + String.join(",", config.list(Settings.BOOTSTRAP_SERVERS))
        + ": the cluster cannot be asked for its topics: "
        + reason;
  }

  private static void create(Admin admin, List<TopicSpec> missing, NightglassConfig config)
      throws ExecutionException, InterruptedException {
    short factor = (short) config.integer(Settings.TOPICS_REPLICATION);
    Optional<Short> replication = factor == -1 ? Optional.empty() : Optional.of(factor);
    List<NewTopic> topics =
        missing.stream()
            .map(
                spec ->
                    new NewTopic(
                            spec.name(),
                            Optional.of(config.integer(Settings.TOPICS_PARTITIONS)),
                            replication)
                        .configs(spec.settings()))
            .toList();
    for (var created : admin.createTopics(topics).values().values()) {
      try {
        created.get();
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof TopicExistsException)) { // another instance was quicker
          throw e;
        }
      }
    }
  }

  private static void check(Admin admin, List<TopicSpec> specs, List<String> faults)
      throws ExecutionException, InterruptedException {
    Map<ConfigResource, TopicSpec> resources =
        specs.stream()
            .collect(
                Collectors.toMap(
                    spec -> new ConfigResource(ConfigResource.Type.TOPIC, spec.name()),
                    spec -> spec));
    Map<ConfigResource, Config> found = admin.describeConfigs(resources.keySet()).all().get();
    resources.forEach(
        (resource, spec) ->
            spec.indispensable()
                .forEach(
                    (key, needed) -> {
                      Config settings = found.get(resource);
                      ConfigEntry entry = settings == null ? null : settings.get(key);
                      String value = entry == null ? "" : entry.value();
                      if (!needed.equals(value)) {
                        faults.add(
                            "topic %s has %s=%s, must be %s%s"
                                .formatted(spec.name(), key, value, needed, why(key)));
                      }
                    }));
  }

  private static String why(String key) {
    return key.equals("message.timestamp.type")
        ? ": retention goes by the record's timestamp, and would delete spectra of old nights unread"
        : "";
  }
}
