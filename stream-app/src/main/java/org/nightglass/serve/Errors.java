package org.nightglass.serve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.nightglass.serve.read.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error as problem details; what nobody foresaw is logged and said without its insides. */
final class Errors {
  private static final Logger log = LoggerFactory.getLogger(Errors.class);
  private static final String INDEX = "page/index.html";

  private Errors() {}

  static void addTo(RoutesConfig routes) {
    routes.exception(
        Problem.class,
        (problem, context) -> write(context, problem.status(), problem.document(context.path())));
    routes.exception(
        HttpResponseException.class,
        (failure, context) -> {
          if (failure.getStatus() == 404 && isPage(context)) {
            page(context);
          } else {
            write(context, failure.getStatus(), ofJavalin(failure, context));
          }
        });
    routes.exception(
        Exception.class,
        (failure, context) -> {
          log.error("{} {} failed", context.method(), context.path(), failure);
          write(
              context,
              500,
              Problem.plain(
                  500, "Internal error", "the server's log says what went wrong", context.path()));
        });
  }

  private static ObjectNode ofJavalin(HttpResponseException failure, Context context) {
    int status = failure.getStatus();
    String detail =
        status == 404
            ? "nothing is at this path; /api/v1/openapi.json says what there is"
            : String.valueOf(failure.getMessage());
    return Problem.plain(status, HttpStatus.getMessage(status), detail, context.path());
  }

  private static void write(Context context, int status, ObjectNode document) {
    if (context.res().isCommitted()) {
      return; // an event stream that broke off
    }
    context
        .status(status)
        .contentType(Problem.CONTENT_TYPE)
        .header("Cache-Control", "no-store")
        .result(Json.bytes(document));
  }

  /** Addresses of the page's views have no files behind them; the page itself finds its way. */
  private static boolean isPage(Context context) {
    String path = context.path();
    String accept = String.valueOf(context.header("Accept")).toLowerCase(Locale.ROOT);
    String last = path.substring(path.lastIndexOf('/') + 1);
    return context.method().name().equals("GET")
        && !path.startsWith("/api/")
        && !last.contains(".")
        && accept.contains("text/html");
  }

  private static void page(Context context) {
    try (InputStream in = Errors.class.getResourceAsStream(INDEX)) {
      if (in == null) {
        throw new IllegalStateException(INDEX + " is missing from the program");
      }
      context.status(200).contentType("text/html; charset=utf-8").result(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What Jetty refuses before a request gets here: broken addresses, headers too long. */
  static final class OfJetty extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = response.getStatus();
      String detail = String.valueOf(request.getAttribute(ErrorHandler.ERROR_MESSAGE));
      ObjectNode document =
          Problem.plain(
              status, HttpStatus.getMessage(status), detail, request.getHttpURI().getPath());
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
      response.write(true, ByteBuffer.wrap(Json.bytes(document)), callback);
      return true;
    }
  }
}
