package org.nightglass.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Controller and broker of one KRaft node, put together as Kafka's own {@link KafkaRaftServer} does
 * it. That class itself would do but for two things it leaves no choice in: it opens its sockets
 * late, when a free port may be free no more, and a fatal error of it ends the process.
 */
final class KraftNode {
  private static final Logger LOG = LoggerFactory.getLogger(KraftNode.class);

  private final ControllerServer controller;
  private final BrokerServer broker;

  private KraftNode(ControllerServer controller, BrokerServer broker) {
    this.controller = controller;
    this.broker = broker;
  }

  /** Formats the node's directory if it is new, and reads what is in it. */
  static KraftNode create(
      KafkaConfig config, int controllerPort, KafkaFaults faults, PreboundSockets sockets)
      throws IOException {
    format(Path.of(config.metadataLogDir()));
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> directories =
        KafkaRaftServer.initializeLogDirs(config, LOG, "");
    InetSocketAddress voter = new InetSocketAddress(LoopbackPort.address(), controllerPort);
    SharedServer shared =
        new SharedServer(
            config,
            directories._1(),
            Time.SYSTEM,
            new Metrics(),
            CompletableFuture.completedFuture(Map.of(config.nodeId(), voter)),
            List.of(),
            faults,
            sockets);
    return new KraftNode(
        new ControllerServer(shared, KafkaRaftServer.configSchema(), directories._2()),
        new BrokerServer(shared));
  }

  private static void format(Path directory) throws IOException {
    if (Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME))) {
      return;
    }
    try (PrintStream quiet =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(BrokerSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
          .setMetadataLogDirectory(directory.toString())
          .addDirectory(directory.toString())
          .run();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException("cannot format " + directory + ": " + e.getMessage(), e);
    }
  }

  /** Starts the controller, then the broker; returns when both are ready. */
  void start() {
    controller.startup();
    broker.startup();
  }

  /** Stops the broker while it still has a controller to sign off from, then the controller. */
  void stop(Duration limit) {
    try {
      broker.shutdown(limit);
      broker.awaitShutdown();
    } catch (RuntimeException e) {
      LOG.warn("The embedded broker did not stop cleanly: {}", e.toString(), e);
    } finally {
      controller.shutdown();
      controller.awaitShutdown();
    }
  }
}
