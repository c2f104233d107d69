package org.nightglass.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between browser and server on loopback, like the network of a mountain: it can be cut,
 * which breaks every connection and refuses new ones, and be mended.
 */
final class Relay implements AutoCloseable {
  private static final int CHUNK_BYTES = 16 * 1024;

  private final URI server;
  private final ServerSocket listening;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private volatile boolean cut;

  /**
   * @param server where to, for instance {@code http://127.0.0.1:8080}
   */
  Relay(URI server) throws IOException {
    this.server = server;
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  /** The address that the browser is to use. */
  String address() {
    return "http://127.0.0.1:" + listening.getLocalPort();
  }

  /** What browsers sent, chunk by chunk, in Latin-1. */
  List<String> requests() {
    return requests;
  }

  void cut() {
    cut = true;
    open.forEach(Relay::shut);
  }

  void mend() {
    cut = false;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        Socket browser = listening.accept();
        if (cut) {
          browser.close();
          continue;
        }
        Socket upstream = new Socket(server.getHost(), server.getPort());
        open.add(browser);
        open.add(upstream);
        threads.execute(() -> pump(browser, upstream, true));
        threads.execute(() -> pump(upstream, browser, false));
      } catch (IOException e) {
        // Closed by close(), or the server refused: the browser sees its connection end.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean request) {
    byte[] chunk = new byte[CHUNK_BYTES];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (request) {
          requests.add(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
        }
        out.write(chunk, 0, read);
      }
    } catch (IOException e) {
      // Cut, or hung up: both ends go.
    } finally {
      shut(from);
      shut(to);
    }
  }

  private static void shut(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException("a socket on loopback cannot be closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(Relay::shut);
    threads.shutdownNow();
  }
}
