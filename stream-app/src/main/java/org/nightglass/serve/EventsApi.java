package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.nightglass.serve.read.Event;
import org.nightglass.serve.read.EventLog;
import org.nightglass.serve.read.Json;
import org.nightglass.serve.read.ReadModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Server-sent events. Each connection has a thread of the server, which walks the event log at the
 * connection's own pace: a reader that does not keep up finds the events it has not read gone, is
 * told so, and let go.
 */
final class EventsApi {
  private static final Logger log = LoggerFactory.getLogger(EventsApi.class);
  private static final Set<String> TYPES =
      Set.of(
          Event.NIGHT,
          Event.YIELD,
          Event.SURVEY,
          Event.FIELD,
          Event.TARGET,
          Event.RESULTS,
          Event.REJECTS);
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);
  private static final int AT_ONCE = 256;

  private final ReadModel model;
  private final String instance;
  private final int mostConnections;
  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();

  /**
   * @param instance names this run of this instance: ids of another mean nothing here
   * @param mostConnections connections at a time; each has a thread
   */
  EventsApi(ReadModel model, String instance, int mostConnections) {
    this.model = model;
    this.instance = instance;
    this.mostConnections = mostConnections;
  }

  void addTo(RoutesConfig routes) {
    routes.get("/api/v1/events", this::listen);
  }

  /** Connections that listen now. */
  int connections() {
    return connections.get();
  }

  /** Connections let go since the start because they did not keep up. */
  int dropped() {
    return dropped.get();
  }

  private record Wanted(@Nullable Set<String> types, @Nullable String night) {
    boolean has(Event event) {
      return (types == null || types.contains(event.type()))
          && (night == null || event.night() == null || night.equals(event.night()));
    }
  }

  private void listen(Context context) throws IOException {
    Query query = new Query(context);
    String types = query.text("types");
    List<String> named = types == null ? List.of() : List.of(types.split(",", -1));
    if (!TYPES.containsAll(named)) {
      query.fault("types", types, "some of " + String.join(",", TYPES.stream().sorted().toList()));
    }
    Wanted wanted = new Wanted(types == null ? null : Set.copyOf(named), query.night("night"));
    String lastInQuery = query.text("last_event_id");
    query.check();
    String last = context.header("Last-Event-ID");
    if (connections.incrementAndGet() > mostConnections) {
      connections.decrementAndGet();
      context.header("Retry-After", "5");
      throw Problem.unavailable(
          "too-many-listeners",
          "[%d/%d] connections listen already".formatted(mostConnections, mostConnections));
    }
    try {
      send(context, wanted, last == null || last.isEmpty() ? lastInQuery : last);
    } catch (IOException e) {
      log.debug("A listener has gone: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      connections.decrementAndGet();
    }
  }

  private void send(Context context, Wanted wanted, @Nullable String last)
      throws IOException, InterruptedException {
    EventLog events = model.events();
    long place = last == null ? -1 : place(last);
    boolean resumed = place >= 0 && events.holdsAfter(place);
    long from = resumed ? place : events.last();
    // Past Javalin's own stream, which would collect and compress what must go out at once.
    context.res().setContentType("text/event-stream");
    context.res().setCharacterEncoding("UTF-8");
    context.res().setHeader("Cache-Control", "no-store");
    context.res().setHeader("X-Accel-Buffering", "no");
    OutputStream out = context.res().getOutputStream();
    write(out, "hello", null, hello(resumed));
    if (last != null && !resumed) {
      write(
          out,
          "reset",
          null,
          reason("what followed event '%s' is not held here".formatted(shown(last))));
    }
    out.flush();
    context.res().flushBuffer();
    follow(events, from, wanted, out);
  }

  private void follow(EventLog events, long from, Wanted wanted, OutputStream out)
      throws IOException, InterruptedException {
    long place = from;
    while (true) {
      EventLog.Batch batch = events.after(place, AT_ONCE, HEARTBEAT);
      if (batch.missed()) {
        dropped.incrementAndGet();
        write(out, "slow", null, reason("this reader does not keep up; connect again"));
        out.flush();
        return;
      }
      long number = place;
      boolean any = false;
      for (Event event : batch.events()) {
        number++;
        if (wanted.has(event)) {
          write(out, event.type(), instance + "-" + number, event.data());
          any = true;
        }
      }
      place = batch.last();
      if (!any) { // also where others' events go by: a listener tells silence from a broken line by
        // it
        out.write(":\n\n".getBytes(StandardCharsets.UTF_8));
      }
      out.flush();
      if (batch.closed()) {
        return;
      }
    }
  }

  private byte[] hello(boolean resumed) {
    NavigableSet<String> nights = model.nights();
    ObjectNode hello = Json.MAPPER.createObjectNode();
    hello.put("instance", instance);
    hello.put("latest_night", nights.isEmpty() ? null : nights.last());
    hello.put("resumed", resumed);
    return Json.bytes(hello);
  }

  private static byte[] reason(String text) {
    return Json.bytes(Json.MAPPER.createObjectNode().put("reason", text));
  }

  private static String shown(String id) {
    return id.length() > 100 ? id.substring(0, 100) + "…" : id;
  }

  /** The number of an event of this instance; -1 for anything else. */
  private long place(String id) {
    String prefix = instance + "-";
    if (!id.startsWith(prefix)) {
      return -1;
    }
    try {
      return Long.parseLong(id.substring(prefix.length()));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static void write(OutputStream out, String type, @Nullable String id, byte[] data)
      throws IOException {
    String head = "event: " + type + "\n" + (id == null ? "" : "id: " + id + "\n") + "data: ";
    out.write(head.getBytes(StandardCharsets.UTF_8));
    out.write(data);
    out.write("\n\n".getBytes(StandardCharsets.UTF_8));
  }
}
