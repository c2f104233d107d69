package org.nightglass.embedded;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a fatal error inside an embedded broker. A broker of its own process ends that
 * process; here the process belongs to somebody else, so the error is logged, {@link #first()}
 * completes, and the thread that hit it ends.
 */
final class KafkaFaults implements FaultHandlerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

  /** The faults of every broker that is open in this JVM. */
  private static final Set<KafkaFaults> OPEN = ConcurrentHashMap.newKeySet();

  private final CompletableFuture<Throwable> first = new CompletableFuture<>();

  /** Ends the thread that called {@code Exit}: whoever calls it does not expect to go on. */
  private static final class ExitRefused extends Error {
    private static final long serialVersionUID = 1L;

    ExitRefused(String message) {
      super(message);
    }
  }

  /**
   * Takes over Kafka's {@code Exit.exit} and {@code Exit.halt} for this JVM, once for all brokers:
   * the hooks are global, and a broker that goes down late may still call them after its close.
   */
  private static final class ExitHooks {
    static {
      Exit.setExitProcedure((status, message) -> refuse("exit", status, message));
      Exit.setHaltProcedure((status, message) -> refuse("halt", status, message));
    }

    private ExitHooks() {}

    static void install() {
      // Loading the class was all.
    }

    private static void refuse(String kind, int status, @Nullable String message) {
      ExitRefused fault =
          new ExitRefused(
              "Kafka asked to "
                  + kind
                  + " the process with status "
                  + status
                  + (message == null ? "" : ": " + message));
      // The call does not say which broker it comes from: all of them may be affected.
      OPEN.forEach(faults -> faults.report("exit", fault));
      if (OPEN.isEmpty()) {
        LOG.error("{}", fault.getMessage(), fault);
      }
      throw fault;
    }
  }

  private KafkaFaults() {}

  static KafkaFaults open() {
    ExitHooks.install();
    KafkaFaults faults = new KafkaFaults();
    OPEN.add(faults);
    return faults;
  }

  /** Completes with the first fatal error; never completes if there is none. */
  CompletableFuture<Throwable> first() {
    return first;
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    if (!fatal) {
      return new LoggingFaultHandler(name, action);
    }
    return (message, cause) -> {
      RuntimeException fault = new EmbeddedServiceException(name + ": " + message, cause);
      report(name, fault);
      try {
        action.run();
      } catch (RuntimeException e) {
        fault.addSuppressed(e);
      }
      return fault;
    };
  }

  private void report(String where, Throwable fault) {
    if (first.complete(fault)) {
      LOG.error("The embedded broker has failed ({}): {}", where, fault.getMessage(), fault);
    }
  }

  /** Forgets this broker; what goes wrong while it is torn down is no news. */
  void close() {
    OPEN.remove(this);
  }
}
