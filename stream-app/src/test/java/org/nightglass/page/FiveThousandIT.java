package org.nightglass.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.nightglass.app.NightglassApp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A survey of 5,000 fibres at its full rate, a tile a minute, on the real application but for the
 * model: the account and its figures keep up, a dead petal jumps to the eye, and the page does not
 * stutter.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FiveThousandIT {
  private static final Logger log = LoggerFactory.getLogger(FiveThousandIT.class);
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int TILES = 3;
  private static final int A_SECOND = 83; // 5,000 a minute
  private static final int SECONDS = 45;
  private static final int AT_ONCE = 500;
  private static final String BASE = "nights/" + FiveThousandFibres.NIGHT;

  private static LiveApplication application;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.open();
    application =
        new LiveApplication(
            FiveThousandFibres.ZONE, config -> NightglassApp.start(config, new SignalModel()));
    application.announce(FiveThousandFibres.NIGHT, FiveThousandFibres.plan(TILES), null);
    for (int from = 0; from < FiveThousandFibres.FIBRES; from += AT_ONCE) {
      CompletableFuture.allOf(
              IntStream.range(from, from + AT_ONCE)
                  .mapToObj(i -> application.send(FiveThousandFibres.spectrum(i)))
                  .toArray(CompletableFuture[]::new))
          .join();
    }
    await().atMost(SOON).until(() -> application.api(BASE).at("/yield/observed").asInt() == 4500);
  }

  @AfterAll
  static void stop() throws IOException {
    if (application != null) {
      application.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  private static void show(String theme) {
    browser.load(application.uri() + "/#/night/" + FiveThousandFibres.NIGHT);
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(browser.text("#panel-focal .hint")).startsWith("5,000 fibres"));
    browser.script(
        "const s = document.getElementById('theme'); s.value = arguments[0]; s.onchange()", theme);
  }

  @Test
  @Order(1)
  void shouldMakeADeadPetalJumpToTheEye() throws IOException {
    show("night");
    assertThat(browser.text("#panel-focal .alarm"))
        .isEqualTo("Look at petal 7: 0.0 % good of 450.");
    assertThat(label()).contains("Standing out: petal 7: 0.0 % good of 450.");
    browser.script("document.querySelector('#panel-focal details').open = true");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(browser.all("#panel-focal tbody tr")).hasSize(10));
    browser.script("document.querySelector('#panel-focal details').open = false");
    for (String theme : List.of("night", "dome", "day")) {
      show(theme);
      double[] failed = failureColour();
      assertThat(failed[0])
          .as("the dead petal in the colour of failure, against the others; theme %s", theme)
          .isGreaterThan(0.15)
          .isGreaterThan(4 * failed[1]);
      browser.screenshot("dead-petal-" + theme, Browser.DESK);
    }
    browser.width(Browser.TELEPHONE);
    show("night");
    browser.screenshot("dead-petal-telephone", Browser.TELEPHONE);
    browser.width(Browser.DESK);
  }

  private static String label() {
    return String.valueOf(
        browser.script(
            "return document.querySelector('#panel-focal canvas').getAttribute('aria-label')"));
  }

  /** Share of the ground that has the colour of failure: of the dead petal, and of all others. */
  private static double[] failureColour() {
    List<?> shares =
        (List<?>)
            browser.script(
                """
                const canvas = document.querySelector("#panel-focal canvas");
                const { width, height } = canvas;
                const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
                const probe = document.createElement("canvas").getContext("2d");
                probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--bad");
                probe.fillRect(0, 0, 1, 1);
                const bad = probe.getImageData(0, 0, 1, 1).data;
                const sums = [[0, 0], [0, 0]];
                for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) {
                  const [dx, dy] = [x - width / 2, y - height / 2];
                  const radius = Math.hypot(dx, dy) / (width / 2);
                  if (radius < 0.2 || radius > 0.8) continue;
                  const petal = Math.floor(10 * ((Math.atan2(dy, dx) / (2 * Math.PI) + 1.25) % 1));
                  const sum = sums[petal === arguments[0] ? 0 : 1];
                  const i = 4 * (y * width + x);
                  const near = [0, 1, 2, 3].every((k) => Math.abs(pixels[i + k] - bad[k]) < 40);
                  sum[0] += near ? 1 : 0;
                  sum[1]++;
                }
                return sums.map(([sum, count]) => sum / count);
                """,
                FiveThousandFibres.DEAD_PETAL);
    return shares.stream().mapToDouble(share -> ((Number) share).doubleValue()).toArray();
  }

  /**
   * Watches frames, long tasks and layout shifts; watched.quiet() says whether all of what is
   * loaded at first has found its place, watched.begin() counts from then on, watched.seen() tells.
   */
  private static final String WATCH =
      """
      let frames = [], tasks = [], shifts = 0, last = performance.now(), moved = last;
      const frame = (now) => { frames.push(now - last); last = now; requestAnimationFrame(frame); };
      requestAnimationFrame(frame);
      new PerformanceObserver((list) => list.getEntries().forEach((one) => tasks.push(one.duration)))
        .observe({ type: "longtask" });
      new PerformanceObserver((list) => list.getEntries().forEach((one) => {
        shifts += one.value;
        moved = performance.now();
      })).observe({ type: "layout-shift" });
      window.watched = {
        quiet: () => performance.now() - moved > 1500,
        begin: () => ([frames, tasks, shifts] = [[], [], 0]),
        seen: () => {
          const sorted = frames.slice(1).sort((a, b) => a - b);
          const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
          return { frames: sorted.length, p50: at(0.5), p99: at(0.99), longest: at(1),
            tasks: tasks.length, longestTask: Math.max(0, ...tasks), shifts };
        },
      };
      """;

  @Test
  @Order(2)
  void shouldNotStutterAtFiveThousandSpectraAMinute() throws Exception {
    AtomicInteger next = new AtomicInteger(FiveThousandFibres.FIBRES);
    ScheduledExecutorService growing = Executors.newSingleThreadScheduledExecutor();
    StringBuilder figures = new StringBuilder();
    try {
      var unused =
          growing.scheduleAtFixedRate(
              () -> {
                var sent = application.send(FiveThousandFibres.spectrum(next.getAndIncrement()));
              },
              0,
              1_000_000 / A_SECOND,
              TimeUnit.MICROSECONDS);
      for (String view : List.of("night", "spectra", "targets", "fields")) {
        browser.load(application.uri() + "/#/" + view);
        int before = observed();
        await()
            .atMost(SOON)
            .until(() -> !browser.all("main section:not([hidden]) tbody tr").isEmpty());
        browser.script(WATCH);
        await().atMost(SOON).until(() -> browser.script("return watched.quiet()").equals(true));
        browser.script("watched.begin()");
        int sentBefore = next.get();
        await()
            .atMost(Duration.ofSeconds(4L * SECONDS))
            .until(
                () -> next.get() >= sentBefore + A_SECOND * (view.equals("night") ? SECONDS : 10));
        Map<?, ?> seen = (Map<?, ?>) browser.script("return watched.seen()");
        String line =
            String.format(
                Locale.ROOT,
                "%s: %s frames, p50 %.1f ms, p99 %.1f ms, longest %.0f ms; %s tasks above 50 ms, longest %.0f ms; layout shift %.4f",
                view,
                seen.get("frames"),
                number(seen, "p50"),
                number(seen, "p99"),
                number(seen, "longest"),
                seen.get("tasks"),
                number(seen, "longestTask"),
                number(seen, "shifts"));
        log.info("{}", line);
        figures.append(line).append('\n');
        assertThat(observed()).as("what came in meanwhile is counted").isGreaterThan(before + 200);
        assertThat(number(seen, "shifts")).as(line).isLessThan(0.02);
        assertThat(number(seen, "p50")).as(line).isLessThan(34);
        assertThat(number(seen, "longestTask")).as(line).isLessThan(400);
      }
    } finally {
      growing.shutdownNow();
      Files.writeString(
          Path.of(System.getProperty("basedir", ""), "target", "page-smoothness.txt"),
          figures,
          StandardCharsets.UTF_8);
    }
  }

  private static int observed() {
    JsonNode counted = application.api(BASE).at("/yield/observed");
    return counted.asInt();
  }

  private static double number(Map<?, ?> seen, String name) {
    return ((Number) seen.get(name)).doubleValue();
  }
}
