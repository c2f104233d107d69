package org.nightglass.embedded;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import kafka.server.KafkaConfig;

/** The settings of an embedded broker. */
final class BrokerSettings {
  static final String CLIENT_LISTENER = "CLIENT";
  static final String CONTROLLER_LISTENER = "CONTROLLER";
  static final int NODE_ID = 1;

  private BrokerSettings() {}

  /**
   * The settings as Kafka reads them.
   *
   * @param overrides win over ours
   * @throws org.apache.kafka.common.config.ConfigException if a setting is wrong
   */
  static KafkaConfig config(
      Path data, int clientPort, int controllerPort, Map<String, String> overrides) {
    Map<String, String> settings = new HashMap<>();
    addNetwork(settings, clientPort, controllerPort);
    addTopics(settings);
    addSizes(settings);
    settings.put("log.dirs", data.resolve("kafka").toString());
    settings.putAll(overrides);
    return KafkaConfig.fromProps(toProperties(settings), false);
  }

  private static void addNetwork(Map<String, String> settings, int clientPort, int controllerPort) {
    String client = CLIENT_LISTENER + "://" + LoopbackPort.HOST + ":" + clientPort;
    String controller = CONTROLLER_LISTENER + "://" + LoopbackPort.HOST + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("listeners", client + "," + controller);
    settings.put("advertised.listeners", client);
    settings.put(
        "listener.security.protocol.map",
        CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", CLIENT_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put(
        "controller.quorum.voters", NODE_ID + "@" + LoopbackPort.HOST + ":" + controllerPort);
  }

  private static void addTopics(Map<String, String> settings) {
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", Integer.toString(EmbeddedBroker.MAX_MESSAGE_BYTES));
    settings.put("replica.fetch.max.bytes", Integer.toString(EmbeddedBroker.MAX_MESSAGE_BYTES));
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.num.partitions", "5");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "5");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
  }

  /** Threads and buffers for one machine with few clients, in the heap of another program. */
  private static void addSizes(Map<String, String> settings) {
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
    settings.put("num.replica.fetchers", "1");
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(4 * 1024 * 1024));
    settings.put("log.cleaner.io.buffer.size", Integer.toString(128 * 1024));
    // Kafka sets room for an index aside with each segment, 10 MB unless told otherwise, and the
    // kernel fills it with zeros when it is looked at: with a hundred partitions that was 7 % of
    // two
    // cores. Of a segment of this size the index needs 3/4 of what it has here.
    settings.put("log.segment.bytes", Integer.toString(256 * 1024 * 1024));
    settings.put("log.index.size.max.bytes", Integer.toString(1024 * 1024));
  }

  private static java.util.Properties toProperties(Map<String, String> settings) {
    java.util.Properties properties = new java.util.Properties();
    properties.putAll(settings);
    return properties;
  }
}
