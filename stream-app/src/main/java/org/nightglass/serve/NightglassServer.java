package org.nightglass.serve;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.staticfiles.Location;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.serve.read.ReadModel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application's HTTP server, with the read model that it answers from.
 *
 * <p>Opened by {@link #start}, which returns once it answers; the read model catches up meanwhile,
 * and {@code /readyz} says when it has. Whoever started it closes it.
 */
public final class NightglassServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NightglassServer.class);

  /** Connections that listen to events, each with a thread. */
  private static final int MOST_LISTENERS = 100;

  /** Threads for everything else; requests beyond wait their turn. */
  private static final int REQUEST_THREADS = 32;

  private static final int LEAST_THREADS = 8;
  private static final long MOST_BODY_BYTES = 64 * 1024;
  private static final int STOP_WITHIN_MS = 5000;

  private final ReadModel model;
  private final PixelReader pixels;
  private final OverrideApi overrides;
  private final Token token;
  private final Javalin server;
  private final URI address;

  private NightglassServer(ServedApplication application, ReadModel model, Clock clock) {
    NightglassConfig config = application.config();
    this.model = model;
    this.token = Token.of(config.string(Settings.HTTP_TOKEN));
    this.pixels = new PixelReader(config.kafka(), application.spectra(), clock);
    this.overrides = new OverrideApi(config, model, token, clock);
    EventsApi events = new EventsApi(model, instance(), MOST_LISTENERS);
    ServiceApi service = new ServiceApi(application, model, events, clock);
    ServeMetrics metrics = new ServeMetrics(application.metrics(), model, events, service::ready);
    this.server =
        Javalin.create(
            settings -> {
              configure(settings, config);
              RoutesConfig routes = settings.routes;
              new NightApi(model).addTo(routes);
              new SurveyApi(model).addTo(routes);
              new SpectrumApi(model, pixels).addTo(routes);
              overrides.addTo(routes);
              events.addTo(routes);
              service.addTo(routes, metrics);
              Errors.addTo(routes);
              metrics.time(settings);
            });
    this.address = listen(config);
  }

  /**
   * Starts the server of an application.
   *
   * @throws ConfigFaultsException if its port cannot be had
   */
  public static NightglassServer start(ServedApplication application) {
    NightglassConfig config = application.config();
    ReadModel model =
        ReadModel.open(
            config,
            application.folder(),
            new ReadModel.Limits(
                config.integer(Settings.READ_NIGHTS_KEPT),
                config.integer(Settings.READ_NIGHTS_IN_MEMORY)));
    try {
      return new NightglassServer(application, model, Clock.systemUTC());
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Another at every start: ids of events of an earlier run are not taken for this one's. */
  private static String instance() {
    byte[] random = new byte[6];
    new SecureRandom().nextBytes(random);
    return HexFormat.of().formatHex(random);
  }

  private static void configure(JavalinConfig settings, NightglassConfig config) {
    settings.startup.showJavalinBanner = false;
    settings.startup.showOldJavalinVersionWarning = false;
    settings.http.prefer405over404 = true;
    settings.http.maxRequestSize = MOST_BODY_BYTES;
    settings.jetty.host = config.string(Settings.HTTP_HOST);
    settings.jetty.port = config.integer(Settings.HTTP_PORT);
    QueuedThreadPool threads =
        new QueuedThreadPool(MOST_LISTENERS + REQUEST_THREADS, LEAST_THREADS);
    threads.setName("http");
    threads.setDaemon(true);
    settings.jetty.threadPool = threads;
    settings.jetty.modifyServer(NightglassServer::configure);
    settings.jetty.modifyHttpConfiguration(
        http -> {
          http.setSendServerVersion(false);
          // Names may hold a slash or a percent sign; the path stays encoded until it is taken
          // apart.
          http.setUriCompliance(
              UriCompliance.DEFAULT.with(
                  "names in paths",
                  Violation.AMBIGUOUS_PATH_SEPARATOR,
                  Violation.AMBIGUOUS_PATH_ENCODING,
                  Violation.AMBIGUOUS_EMPTY_SEGMENT,
                  Violation.SUSPICIOUS_PATH_CHARACTERS));
        });
    settings.jetty.modifyServletContextHandler(
        handler -> handler.getServletHandler().setDecodeAmbiguousURIs(true));
    settings.staticFiles.add(
        files -> {
          files.hostedPath = "/";
          files.directory = "/org/nightglass/serve/page";
          files.location = Location.CLASSPATH;
        });
  }

  private static void configure(Server server) {
    server.setErrorHandler(new Errors.OfJetty());
    server.setStopTimeout(STOP_WITHIN_MS);
  }

  private URI listen(NightglassConfig config) {
    String host = config.string(Settings.HTTP_HOST);
    try {
      server.start();
    } catch (RuntimeException e) {
      closeParts();
      if (e instanceof JavalinBindException || e.getCause() instanceof IOException) {
        throw new ConfigFaultsException(
            "start",
            List.of(
                "%s=%d on %s=%s cannot be listened on (%s): choose another, 0 for any free one, or %s=false"
                    .formatted(
                        Settings.HTTP_PORT,
                        config.integer(Settings.HTTP_PORT),
                        Settings.HTTP_HOST,
                        host,
                        e.getMessage(),
                        Settings.HTTP_ENABLED)));
      }
      throw e;
    }
    String shown = host.contains(":") ? "[" + host + "]" : host;
    URI listening = URI.create("http://" + shown + ":" + server.port());
    log.info("Page and API at {}", listening);
    if (token.generated()) {
      log.info("Overrides need this token, of this run only: {}", token.word());
    }
    return listening;
  }

  /** Where it listens, for instance {@code http://127.0.0.1:8080}. */
  public URI address() {
    return address;
  }

  /** The token that writing needs. */
  public String token() {
    return token.word();
  }

  /** What is known of nights, fields and targets. */
  public ReadModel model() {
    return model;
  }

  private void closeParts() {
    pixels.close();
    overrides.close();
  }

  @Override
  public void close() {
    model.closeEvents(); // listeners would hold the server up
    server.stop();
    closeParts();
    model.close();
  }
}
