package org.nightglass.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.NumberFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** The night's view: its figures are the API's, arrive by themselves, and outlive a cut line. */
class TonightIT extends PageTest {
  private static final List<String> STEPS =
      List.of("targeted", "assigned", "observed", "valid", "classified", "good_z");

  private static JsonNode counted() {
    return night.api("nights/" + LiveNight.NIGHT).path("yield");
  }

  private static JsonNode ratio(JsonNode counted, String name) {
    for (JsonNode ratio : counted.path("ratios")) {
      if (ratio.path("name").asText().equals(name)) {
        return ratio;
      }
    }
    throw new AssertionError("no ratio " + name + " in " + counted);
  }

  private static String count(long value) {
    return NumberFormat.getIntegerInstance(Locale.ENGLISH).format(value);
  }

  private static String percent(double ratio) {
    return new BigDecimal(100 * ratio).setScale(1, RoundingMode.HALF_UP) + " %";
  }

  private static String step(String name) {
    return browser.text("#panel-funnel [data-step=%s] .count".formatted(name));
  }

  private static void awaitFiguresOfTheApi(long leastObserved) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode counted = counted();
              assertThat(counted.path("observed").asLong()).isGreaterThanOrEqualTo(leastObserved);
              for (String name : STEPS) {
                assertThat(step(name)).as(name).isEqualTo(count(counted.path(name).asLong()));
              }
              for (String name : List.of("redshift_completeness", "success_rate")) {
                assertThat(browser.text("[data-figure=%s] .big".formatted(name)))
                    .as(name)
                    .isEqualTo(percent(ratio(counted, name).path("value").asDouble()));
              }
            });
  }

  private static void loadTonight(String base) {
    browser.load(base + "/#/night/" + LiveNight.NIGHT);
  }

  @Test
  void shouldShowTheFiguresThatTheApiGives() {
    loadTonight(night.address());
    awaitFiguresOfTheApi(150);
    for (JsonNode programme : night.api("nights/" + LiveNight.NIGHT).path("programmes")) {
      String card = "[data-programme=%s] ".formatted(programme.path("programme").asText());
      assertThat(browser.text(card + "[data-step=good_z] .count"))
          .isEqualTo(count(programme.path("good_z").asLong()));
    }
    JsonNode fibres = night.api("nights/%s/fibres".formatted(LiveNight.NIGHT)).path("items");
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(browser.text("#panel-focal .hint"))
                    .startsWith(count(fibres.size()) + " fibres"));
    assertThat(browser.text("[data-figure=sky_false_positive_rate]")).isNotBlank();
  }

  @Test
  void shouldCountTheSameGoodTargetsInEveryPanelAsInTheFunnel() {
    String base = "nights/" + LiveNight.NIGHT;
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              JsonNode counted = counted();
              long good = counted.path("good_z").asLong();
              assertThat(good).isPositive();
              JsonNode bins = night.api(base + "/timeline").path("items");
              JsonNode last = bins.get(bins.size() - 1);
              assertThat(last.path("cumulative_good_z").asLong()).as("yield").isEqualTo(good);
              JsonNode bySnr = night.api(base + "/snr-success").path("items");
              assertThat(sum(bySnr, "good_z")).as("success against S/N").isEqualTo(good);
              assertThat(sum(bySnr, "valid")).isEqualTo(counted.path("valid").asLong());
              JsonNode fibres = night.api(base + "/fibres").path("items");
              assertThat(sum(fibres, "good_z"))
                  .as("focal plane, of a night that takes one spectrum a target")
                  .isEqualTo(good);
              assertThat(sum(fibres, "sky_accepted"))
                  .isEqualTo(counted.path("sky_accepted").asLong());
            });
  }

  private static long sum(JsonNode items, String name) {
    long sum = 0;
    for (JsonNode item : items) {
      sum += item.path(name).asLong();
    }
    return sum;
  }

  @Test
  void shouldAlwaysSayWhetherTheNightIsOpenAndItsRevision() {
    loadTonight(night.address());
    for (String view : List.of("night", "spectra", "fields", "targets", "nights")) {
      browser.script("location.hash = '#/' + arguments[0]", view);
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(browser.text("#state")).as(view).isEqualTo("OPEN");
                assertThat(browser.text("#revision"))
                    .as(view)
                    .isEqualTo("revision " + count(counted().path("revision").asLong()));
              });
    }
  }

  @Test
  void shouldTakeUpSpectraAsTheyComeInWithoutBeingLoadedAgain() {
    loadTonight(night.address());
    awaitFiguresOfTheApi(150);
    long before = counted().path("observed").asLong();
    browser.script("window.notLoadedAgain = true");
    night.send(40);
    awaitFiguresOfTheApi(before + 30);
    assertThat(browser.script("return window.notLoadedAgain")).isEqualTo(true);
  }

  @Test
  void shouldSayThatFiguresAreStaleWhileTheLineIsCutAndGoOnAfterIt() throws IOException {
    try (Relay relay = new Relay(night.uri())) {
      loadTonight(relay.address());
      awaitFiguresOfTheApi(150);
      long before = counted().path("observed").asLong();
      night.send(20); // so that there is an event to go on after
      awaitFiguresOfTheApi(before + 15);
      relay.cut();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(browser.text("#live-word")).startsWith("connection lost, ");
                assertThat(browser.driver().findElement(By.id("stale-note")))
                    .matches(note -> note.isDisplayed(), "the note on stale figures is seen");
              });
      browser.screenshot("tonight-stale", Browser.DESK);
      browser.screenshot("tonight-stale-telephone", Browser.TELEPHONE);
      browser.width(Browser.DESK);
      night.send(20);
      relay.requests().clear();
      relay.mend();
      awaitFiguresOfTheApi(before + 30);
      assertThat(browser.text("#live-word")).startsWith("live");
      assertThat(relay.requests())
          .as("the stream goes on after the last event seen")
          .anyMatch(request -> request.contains("Last-Event-ID:"));
    }
  }

  @Test
  void shouldShowNothingOfAnotherNightUnderTheNameOfOneThatIsNotKnown() {
    loadTonight(night.address());
    awaitFiguresOfTheApi(150);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(browser.text("#panel-focal .hint")).contains(" fibres"));
    browser.script("location.hash = '#/night/19990101'");
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(browser.text("#view-night .fault")).isNotBlank());
    assertThat(browser.text("#panel-funnel")).contains("Nothing has been counted");
    assertThat(browser.text("#panel-focal .hint")).isEqualTo("No spectrum of this night yet.");
    assertThat(browser.text("#state")).isEqualTo("NO NIGHT");
    assertThat(browser.text("[data-figure=success_rate] .big")).isEqualTo("–");
  }
}
