package org.nightglass.demo;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import org.nightglass.embedded.EmbeddedBroker;
import org.nightglass.embedded.EmbeddedRegistry;

/** A broker and a registry, started side by side; the two take about as long as each other. */
public final class EmbeddedParts implements AutoCloseable {
  private final EmbeddedBroker broker;
  private final EmbeddedRegistry registry;

  private EmbeddedParts(EmbeddedBroker broker, EmbeddedRegistry registry) {
    this.broker = broker;
    this.registry = registry;
  }

  /**
   * Starts both on loopback.
   *
   * @param brokerPort the broker's port; 0 = a free one
   * @param registryPort the registry's port; 0 = a free one
   * @param data where both keep their data; null = nothing is kept
   */
  public static EmbeddedParts start(int brokerPort, int registryPort, @Nullable Path data) {
    CompletableFuture<EmbeddedRegistry> registry =
        CompletableFuture.supplyAsync(() -> startRegistry(registryPort, data));
    EmbeddedBroker broker;
    try {
      broker = startBroker(brokerPort, data);
    } catch (RuntimeException e) {
      registry.thenAccept(EmbeddedRegistry::close);
      throw e;
    }
    try {
      return new EmbeddedParts(broker, registry.join());
    } catch (CompletionException e) {
      broker.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static EmbeddedBroker startBroker(int port, @Nullable Path data) {
    EmbeddedBroker.Builder builder = EmbeddedBroker.builder().port(port);
    return (data == null ? builder : builder.dataDirectory(data.resolve("broker"))).start();
  }

  private static EmbeddedRegistry startRegistry(int port, @Nullable Path data) {
    EmbeddedRegistry.Builder builder = EmbeddedRegistry.builder().port(port);
    return (data == null ? builder : builder.dataDirectory(data.resolve("registry"))).start();
  }

  /** {@code host:port} of the broker. */
  public String bootstrapServers() {
    return broker.bootstrapServers();
  }

  /** Base address of the registry's Confluent API. */
  public String registryUrl() {
    return registry.url();
  }

  /**
   * Waits until one of the two ends by itself, which neither should.
   *
   * @return what ended, and why
   */
  public String awaitFailure() throws InterruptedException {
    CompletableFuture<String> first =
        broker
            .failure()
            .thenApply(cause -> "the broker failed: " + cause)
            .applyToEither(
                registry.failure().thenApply(cause -> "the registry failed: " + cause), why -> why);
    try {
      return first.get();
    } catch (ExecutionException e) {
      return String.valueOf(e.getCause());
    }
  }

  @Override
  public void close() {
    registry.close();
    broker.close();
  }
}
