package org.nightglass.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What holds for each view: it is usable by everybody, fits a telephone, and asks nobody else. */
class EveryViewIT extends PageTest {

  private static final Logger log = LoggerFactory.getLogger(EveryViewIT.class);

  /** Name to address; each with what is there once the view has its figures. */
  private static Map<String, View> views;

  private record View(String hash, String filled) {}

  @BeforeAll
  static void nameViews() {
    String results = "nights/" + LiveNight.NIGHT + "/results?class=GALAXY&good=true&limit=1";
    await().atMost(SOON).until(() -> night.api(results).path("items").size() > 0);
    await().atMost(SOON).until(() -> night.api("targets?limit=1").path("items").size() > 0);
    await().atMost(SOON).until(() -> night.api("fields/F0001").has("field_id"));
    JsonNode row = night.api(results).path("items").get(0);
    String target = LiveNight.inPath(row.path("target_id").asText());
    String spectrum = LiveNight.inPath(row.path("spectrum_id").asText());
    views =
        new TreeMap<>(
            Map.of(
                "tonight", new View("#/night/" + LiveNight.NIGHT, "#panel-funnel tbody tr"),
                "spectra", new View("#/spectra", "#view-spectra tbody tr"),
                "spectrum", new View("#/spectrum/" + spectrum, "#view-spectrum .line"),
                "fields", new View("#/fields", "#view-fields tbody tr"),
                "field", new View("#/fields/F0001", "#view-fields .facts"),
                "targets", new View("#/targets", "#view-targets tbody tr"),
                "target", new View("#/targets/" + target, "#view-targets .facts"),
                "nights",
                    new View(
                        "#/nights?compare=%1$s,%1$s".formatted(LiveNight.NIGHT),
                        "#view-nights .compare tbody tr")));
  }

  private static void show(View view) {
    browser.load(night.address() + "/" + view.hash());
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(browser.all(view.filled())).as(view.hash()).isNotEmpty());
    assertThat(browser.all("main .fault")).as("faults in " + view.hash()).isEmpty();
  }

  @Test
  void shouldHaveNoSeriousFaultOfAccessibilityInAnyViewOrTheme() throws IOException {
    Map<String, List<String>> faults = new TreeMap<>();
    for (Map.Entry<String, View> view : views.entrySet()) {
      show(view.getValue());
      faults.put(view.getKey(), browser.accessibilityFaults());
      for (String theme : List.of("dome", "day", "night")) {
        browser.script(
            "const s = document.getElementById('theme'); s.value = arguments[0]; s.onchange()",
            theme);
        faults.put(
            view.getKey() + " in the theme " + theme,
            browser.accessibilityFaults("color-contrast"));
      }
    }
    assertThat(faults).allSatisfy((where, found) -> assertThat(found).as(where).isEmpty());
  }

  /** Text, grounds and borders that hold more green or blue than red, in the dome's theme. */
  private static final String NOT_RED =
      """
      const channels = (colour) => {
        const parts = (colour.match(/[0-9.]+/g) ?? []).map(Number);
        return colour.startsWith("color(srgb") ? parts.map((part, i) => (i < 3 ? 255 * part : part)) : parts;
      };
      return [...document.querySelectorAll("body *")].flatMap((element) => {
        if (!element.checkVisibility()) return [];
        const style = getComputedStyle(element);
        return ["color", "backgroundColor", "borderTopColor"]
          .filter((name) => {
            const [r, g, b, alpha = 1] = channels(style[name]);
            return alpha > 0 && Math.max(g, b) > r + 1;
          })
          .map((name) => `${element.tagName} ${element.className}: ${name} ${style[name]}`);
      });
      """;

  @Test
  void shouldShineInNothingButRedInTheDome() {
    for (Map.Entry<String, View> view : views.entrySet()) {
      show(view.getValue());
      browser.script("const s = document.getElementById('theme'); s.value = 'dome'; s.onchange()");
      assertThat((List<?>) browser.script(NOT_RED)).as(view.getKey()).isEmpty();
      browser.script("const s = document.getElementById('theme'); s.value = 'night'; s.onchange()");
    }
  }

  @Test
  void shouldFitATelephoneWithoutScrollingSideways() throws IOException {
    browser.width(Browser.TELEPHONE);
    try {
      for (Map.Entry<String, View> view : views.entrySet()) {
        show(view.getValue());
        Object width = browser.script("return document.documentElement.scrollWidth");
        assertThat(((Number) width).intValue())
            .as("width of " + view.getKey())
            .isLessThanOrEqualTo(Browser.TELEPHONE);
        browser.screenshot(view.getKey() + "-telephone", Browser.TELEPHONE);
      }
    } finally {
      browser.width(Browser.DESK);
    }
  }

  @Test
  void shouldComplainOfNothingAndAskNobodyButThisMachine() throws IOException {
    try (Browser fresh = Browser.open()) {
      for (View view : views.values()) {
        fresh.load(night.address() + "/" + view.hash());
        await().atMost(SOON).until(() -> !fresh.all(view.filled()).isEmpty());
      }
      assertThat(fresh.complaints()).isEmpty();
      assertThat(fresh.requests())
          .isNotEmpty()
          .allMatch(
              url -> url.startsWith(night.address()) || url.startsWith("data:"),
              "goes to this machine");
    }
  }

  @Test
  void shouldBeWalkedThroughWithTheKeyboard() {
    show(views.get("fields"));
    browser.script("document.activeElement.blur()");
    press(Keys.TAB);
    assertThat(browser.script("return document.activeElement.id")).isEqualTo("skip");
    press(Keys.ENTER);
    assertThat(browser.script("return document.activeElement.id")).isEqualTo("main");
    browser.script("document.querySelector('#view-fields th:nth-child(6) button').focus()");
    press(Keys.ENTER);
    assertThat(browser.script("return location.hash").toString()).contains("sort=good");
    assertThat(browser.all("#view-fields th[aria-sort=ascending]")).hasSize(1);
    assertThat(browser.script("return document.activeElement.textContent").toString())
        .as("the focus stays where it was")
        .startsWith("Good z");
  }

  @Test
  void shouldSortAllTargetsAndSpectraByTheServer() {
    assertSortedAs("targets?sort=-snr", "targets?sort=snr&order=desc", "target_id");
    String results = "nights/" + LiveNight.NIGHT + "/results";
    assertSortedAs("spectra?sort=z", results + "?sort=z", "spectrum_id");
    browser.script("document.querySelector('#view-spectra th:nth-child(6) button').click()");
    assertThat(browser.script("return location.hash").toString()).contains("sort=snr");
    assertSortedAs("spectra?sort=snr", results + "?sort=snr", "spectrum_id");
  }

  private static void assertSortedAs(String hash, String path, String id) {
    browser.load(night.address() + "/#/" + hash);
    String keys =
        "return [...document.querySelectorAll('main section:not([hidden]) tbody tr')].map((row) => row.dataset.key)";
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              List<String> expected = new ArrayList<>();
              night
                  .api(path + "&limit=20")
                  .path("items")
                  .forEach(item -> expected.add(item.path(id).asText()));
              assertThat((List<?>) browser.script(keys))
                  .as(hash)
                  .asInstanceOf(list(String.class))
                  .startsWith(expected.toArray(String[]::new));
            });
  }

  private static void press(Keys key) {
    browser.driver().switchTo().activeElement().sendKeys(key);
  }

  @Test
  void shouldMakeAPictureOfEachView() throws IOException {
    for (Map.Entry<String, View> view : views.entrySet()) {
      show(view.getValue());
      browser.screenshot(view.getKey(), Browser.DESK);
      log.info(
          "{}: first paint after {} ms",
          view.getKey(),
          browser.script(
              "return Math.round(performance.getEntriesByName('first-contentful-paint')[0].startTime)"));
    }
  }

  @Test
  void shouldCallAPetalDeadThatGivesNoRedshifts() {
    show(views.get("tonight"));
    Object dead =
        browser.asyncScript(
            """
            const done = arguments[0];
            import("/js/charts/focal.js").then(({ petalSums }) => {
              const fibres = Array.from({ length: 5000 }, (_, fibre) => ({
                fibre, observed: 1, valid: 1, good_z: fibre % 500 < (fibre < 3500 || fibre >= 4000 ? 400 : 20) ? 1 : 0,
              }));
              done(petalSums(fibres).filter((sum) => sum.dead).map((sum) => sum.petal).join());
            });
            """);
    assertThat(dead).isEqualTo("7");
  }
}
