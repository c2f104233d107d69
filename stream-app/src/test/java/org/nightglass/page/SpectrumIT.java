package org.nightglass.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The view of one spectrum: its lines stand where they belong, and a person's word goes round. */
class SpectrumIT extends PageTest {

  /** Rest wavelengths in vacuum, Å, from another table than the page's (NIST). */
  private static final Map<String, Double> AT_REST =
      Map.of("Hβ 4862", 4862.68, "[O III] 5008", 5008.24, "Hα 6564", 6564.61, "Ca K 3934", 3934.77);

  /** A galaxy with a good redshift at which Hβ and Hα are covered. */
  private static JsonNode galaxy() {
    String query = "/results?class=GALAXY&good=true&kind=TARGET&z_min=0.02&z_max=0.35&limit=1";
    await()
        .atMost(SOON)
        .until(() -> night.api("nights/" + LiveNight.NIGHT + query).path("items").size() > 0);
    return night.api("nights/" + LiveNight.NIGHT + query).path("items").get(0);
  }

  private static JsonNode show(JsonNode row) {
    String id = row.path("spectrum_id").asText();
    browser.load(night.address() + "/#/spectrum/" + LiveNight.inPath(id));
    await().atMost(SOON).until(() -> !browser.all(".line").isEmpty());
    return night.api("results/" + LiveNight.inPath(id));
  }

  /** Lines drawn: name and number to place in pixels. */
  private static Map<String, Double> drawn() {
    Map<String, Double> places = new HashMap<>();
    for (WebElement line : browser.all(".line")) {
      Object left = browser.script("return parseFloat(arguments[0].style.left)", line);
      places.put(line.getDomAttribute("data-line"), ((Number) left).doubleValue());
    }
    return places;
  }

  private static double plotWidth() {
    Object width = browser.script("return document.querySelector('.spectrum .u-over').clientWidth");
    return ((Number) width).doubleValue();
  }

  @Test
  void shouldDrawTheLinesOfTheClassAtTheEstimatedRedshift() {
    JsonNode result = show(galaxy());
    double z = result.path("z").asDouble();
    JsonNode wavelengths =
        night
            .api("spectra/" + LiveNight.inPath(result.path("spectrum_id").asText()) + "/pixels")
            .path("arms")
            .get(0)
            .path("wavelength");
    double from = wavelengths.get(0).asDouble();
    double to = wavelengths.get(wavelengths.size() - 1).asDouble();
    double width = plotWidth();
    Map<String, Double> drawn = drawn();
    assertThat(drawn).containsKeys("Hβ 4862", "[O III] 5008");
    AT_REST.forEach(
        (line, rest) -> {
          double observed = rest * (1 + z);
          if (observed > from && observed < to) {
            assertThat(drawn.get(line))
                .as("%s at %.1f Å", line, observed)
                .isCloseTo(width * (observed - from) / (to - from), within(1.5));
          } else {
            assertThat(drawn).doesNotContainKey(line);
          }
        });
  }

  @Test
  void shouldMoveTheRedshiftWithALineThatIsDragged() {
    JsonNode result = show(galaxy());
    double z = result.path("z").asDouble();
    WebElement line = browser.driver().findElement(By.cssSelector("[data-line='[O III] 5008']"));
    double observed = Double.parseDouble(line.getDomAttribute("data-angstrom"));
    WebElement over = browser.driver().findElement(By.cssSelector(".spectrum .u-over"));
    int left = (int) Math.round(drawn().get("[O III] 5008"));
    int fromCentre = left - (int) Math.round(plotWidth() / 2);
    new Actions(browser.driver())
        .moveToElement(over, fromCentre, 40)
        .clickAndHold()
        .moveByOffset(60, 0)
        .release()
        .perform();
    double moved =
        Double.parseDouble(
            browser
                .script(
                    "return document.querySelector('[data-line=\"[O III] 5008\"]').dataset.angstrom")
                .toString());
    assertThat(moved).isGreaterThan(observed + 50);
    String hash = browser.script("return location.hash").toString();
    assertThat(hash).contains("z=");
    double shown = Double.parseDouble(hash.replaceAll(".*[?&]z=([0-9.]+).*", "$1"));
    assertThat(shown).isCloseTo(moved / 5008.24 - 1, within(2e-5)).isGreaterThan(z);
    browser.load(night.address() + "/" + hash);
    await().atMost(SOON).until(() -> !browser.all(".line").isEmpty());
    assertThat(drawn().get("[O III] 5008")).isCloseTo(left + 60.0, within(2.0));
  }

  @Test
  void shouldShowWhatTheModelSays() {
    JsonNode result = show(galaxy());
    for (JsonNode each : result.path("probabilities")) {
      assertThat(browser.all("[data-class='%s']".formatted(each.path("label").asText())))
          .hasSize(1);
    }
    assertThat(browser.all(".members .member")).hasSize(result.path("z_members").size());
    assertThat(browser.text("[data-figure=class] .big"))
        .isEqualTo(result.path("class_label").asText());
    assertThat(browser.text("[data-figure=good] .big")).isEqualTo("yes");
  }

  @Test
  void shouldSendAPersonsWordAndShowThatItHolds() {
    JsonNode result = show(galaxy());
    String target = "targets/" + LiveNight.inPath(result.path("target_id").asText());
    await().atMost(SOON).until(() -> !night.api(target).path("state").isNull());
    say("REJECT", "wrong-token");
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(browser.text(".override + [role=status]")).startsWith("Not sent"));
    assertThat(night.api(target).path("state").path("override").isNull()).isTrue();
    say("REJECT", LiveNight.TOKEN);
    awaitTakenUp();
    JsonNode word = night.api(target).path("state").path("override");
    assertThat(word.path("action").asText()).isEqualTo("REJECT");
    assertThat(word.path("by").asText()).isEqualTo("A. Observer");
    assertThat(browser.text("#view-spectrum [data-override=REJECT]")).contains("a cosmic ray");
    say("CLEAR", LiveNight.TOKEN);
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(browser.all("#view-spectrum [data-override]")).isEmpty());
    assertThat(night.api(target).path("state").path("override").isNull()).isTrue();
  }

  private static void say(String action, String token) {
    Map<String, String> texts =
        Map.of("reason", "a cosmic ray", "by", "A. Observer", "token", token);
    for (String name : List.of("reason", "by", "token")) {
      WebElement field =
          browser.driver().findElement(By.cssSelector("#view-spectrum [name=%s]".formatted(name)));
      field.clear();
      field.sendKeys(texts.get(name));
    }
    browser
        .driver()
        .findElement(By.cssSelector("#view-spectrum button[value=%s]".formatted(action)))
        .click();
  }

  private static void awaitTakenUp() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(browser.text("#view-spectrum [data-kind=taken-up]"))
                    .startsWith("Taken up"));
  }
}
