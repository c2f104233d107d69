package org.nightglass.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/** Listening sockets on 127.0.0.1, opened before the server that is going to use them. */
final class LoopbackPort {
  /** Every embedded service listens here and nowhere else. */
  static final String HOST = "127.0.0.1";

  private static final int BACKLOG = 128;

  private LoopbackPort() {}

  /**
   * Opens a listening socket.
   *
   * @param port 1 to 65535, or 0 for a free one
   * @param user who wants it, for the message
   * @throws EmbeddedServiceException if the port is out of range or taken
   */
  static ServerSocketChannel open(int port, String user) {
    if (port < 0 || port > 65535) {
      throw new EmbeddedServiceException(
          user + ": port " + port + " is outside 0..65535 (0 = any free port)", null);
    }
    try {
      ServerSocketChannel channel = ServerSocketChannel.open();
      try {
        channel.bind(new InetSocketAddress(address(), port), BACKLOG);
        return channel;
      } catch (IOException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new EmbeddedServiceException(
          user
              + ": cannot listen on "
              + HOST
              + ":"
              + port
              + " ("
              + e.getMessage()
              + "); give another port, or 0 for any free one",
          e);
    }
  }

  /** The port that a channel opened here listens on. */
  static int of(ServerSocketChannel channel) {
    return channel.socket().getLocalPort();
  }

  static InetAddress address() throws UnknownHostException {
    // The number, not a name: "localhost" may be ::1 first.
    return InetAddress.getByAddress(HOST, new byte[] {127, 0, 0, 1});
  }
}
