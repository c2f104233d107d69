package org.nightglass.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Gives Kafka sockets that already listen. The broker's own configuration must name the ports of
 * both listeners before either is open; a port that is picked, closed and opened again can be taken
 * by another process in between, one that is never closed cannot.
 *
 * <p>A channel belongs to this object until Kafka takes it, then to Kafka.
 */
final class PreboundSockets implements ServerSocketFactory, AutoCloseable {
  private final Map<String, ServerSocketChannel> channels = new ConcurrentHashMap<>();

  /**
   * Opens a socket for a listener.
   *
   * @return its port
   */
  int bind(String listener, int port) {
    ServerSocketChannel channel = LoopbackPort.open(port, "embedded broker, listener " + listener);
    channels.put(listener, channel);
    return LoopbackPort.of(channel);
  }

  @Override
  public ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBuffer)
      throws IOException {
    ServerSocketChannel channel = channels.remove(listenerName);
    if (channel == null) {
      throw new IOException("no socket was opened for listener " + listenerName);
    }
    channel.configureBlocking(false);
    return channel;
  }

  /** Closes the sockets that nobody took. */
  @Override
  public void close() {
    for (ServerSocketChannel channel : channels.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    channels.clear();
  }
}
