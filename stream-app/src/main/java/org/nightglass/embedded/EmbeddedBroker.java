package org.nightglass.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka broker in this JVM: one KRaft node that is broker and controller, on loopback only.
 *
 * <p>For the demonstration, for trying things, and for tests. Not for a night that counts: one node
 * keeps one copy, and it shares its heap with the program.
 *
 * <p>Differs from a broker's defaults in this only: topics are never created by being named, a
 * record may have 16 MiB (each topic sets its own, lower limit), internal topics have one replica
 * and few partitions, a consumer group's first rebalance does not wait. Retention is as in
 * production, 7 days by the record's timestamp, so that what goes wrong with old timestamps there
 * goes wrong here.
 *
 * <p>Thread-safe. Whoever starts a broker closes it, after its clients; there is no shutdown hook,
 * because only the owner knows what must be closed before.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  /** The greatest record batch that the broker takes, bytes; topics set lower limits. */
  public static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final KraftNode node;
  private final KafkaFaults faults;
  private final DataDirectory data;
  private final int port;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedBroker(KraftNode node, KafkaFaults faults, DataDirectory data, int port) {
    this.node = node;
    this.faults = faults;
    this.data = data;
    this.port = port;
  }

  /**
   * Starts a broker on a free port with data in a temporary directory.
   *
   * @throws EmbeddedServiceException if it does not start
   */
  public static EmbeddedBroker start() {
    return builder().start();
  }

  /** A broker to be configured; by default as {@link #start()} starts it. */
  public static Builder builder() {
    return new Builder();
  }

  /** Where clients connect: {@code 127.0.0.1:port}. */
  public String bootstrapServers() {
    return LoopbackPort.HOST + ":" + port;
  }

  /** The port of {@link #bootstrapServers()}. */
  public int port() {
    return port;
  }

  /** Where the broker keeps its data. */
  public Path dataDirectory() {
    return data.path();
  }

  /**
   * Completes with the first fatal error of the broker, for instance a disk that cannot be written;
   * never completes if there is none. A broker that has failed must be closed and does not recover.
   */
  public CompletableFuture<Throwable> failure() {
    return faults.first().copy();
  }

  /**
   * Stops the broker, within 30 seconds or a little more, and deletes its data if they were
   * temporary. A second call does nothing.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    faults.close();
    // On a thread of its own: Kafka's shutdown has waits that take no limit.
    Thread stopper = new Thread(() -> node.stop(CLOSE_LIMIT), "embedded-broker-stop");
    stopper.setDaemon(true);
    stopper.start();
    try {
      stopper.join(CLOSE_LIMIT.plusSeconds(5).toMillis());
      if (stopper.isAlive()) {
        LOG.warn(
            "The embedded broker at {} did not stop within {} s; its threads are left behind",
            bootstrapServers(),
            CLOSE_LIMIT.toSeconds());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    data.close();
  }

  /** What a broker is started with. */
  public static final class Builder {
    private int port;
    private @Nullable Path dataDirectory;
    private final Map<String, String> overrides = new HashMap<>();

    private Builder() {}

    /** The port for clients; 0, the default, for a free one. */
    public Builder port(int port) {
      this.port = port;
      return this;
    }

    /**
     * Where the data are kept; made if absent. A directory that an earlier broker has left is
     * opened with its topics and offsets. By default a temporary one that {@link
     * EmbeddedBroker#close()} deletes.
     */
    public Builder dataDirectory(Path directory) {
      this.dataDirectory = directory;
      return this;
    }

    /**
     * A broker setting by Kafka's name; replaces ours. For instance a test of retention wants
     * {@code log.retention.check.interval.ms} and {@code log.initial.task.delay.ms} (30 s) short.
     */
    public Builder setting(String name, String value) {
      overrides.put(name, value);
      return this;
    }

    /** Several broker settings, as by {@link #setting}. */
    public Builder settings(Map<String, String> settings) {
      overrides.putAll(settings);
      return this;
    }

    /**
     * Starts the broker; when this returns, it takes requests.
     *
     * @throws EmbeddedServiceException if a port is taken, the directory is in use or a setting is
     *     wrong
     */
    public EmbeddedBroker start() {
      long started = System.nanoTime();
      DataDirectory data = DataDirectory.openOrTemporary(dataDirectory, "embedded broker");
      KafkaFaults faults = KafkaFaults.open();
      PreboundSockets sockets = new PreboundSockets();
      KraftNode node = null;
      try {
        int clientPort = sockets.bind(BrokerSettings.CLIENT_LISTENER, port);
        int controllerPort = sockets.bind(BrokerSettings.CONTROLLER_LISTENER, 0);
        KafkaConfig config =
            BrokerSettings.config(data.path(), clientPort, controllerPort, overrides);
        node = KraftNode.create(config, controllerPort, faults, sockets);
        node.start();
        LOG.info(
            "Embedded broker ready at {}:{} after {} ms, data in {}",
            LoopbackPort.HOST,
            clientPort,
            Duration.ofNanos(System.nanoTime() - started).toMillis(),
            data.path());
        return new EmbeddedBroker(node, faults, data, clientPort);
      } catch (RuntimeException | Error | IOException e) {
        faults.close();
        if (node != null) {
          node.stop(CLOSE_LIMIT);
        }
        sockets.close();
        data.close();
        throw e instanceof EmbeddedServiceException known
            ? known
            : new EmbeddedServiceException(
                "The embedded broker did not start on data in " + data.path() + ": " + reason(e),
                e);
      }
    }

    private static String reason(Throwable e) {
      Throwable deepest = e;
      while (deepest.getCause() != null) {
        deepest = deepest.getCause();
      }
      return String.valueOf(deepest.getMessage());
    }
  }
}
