package org.nightglass.page;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A headless Chromium of this machine, with what it complains of and whom it talks to.
 *
 * <p>Where there is none, the calling test is skipped; with the system property {@code
 * nightglass.require.browser=true} it fails instead.
 */
final class Browser implements AutoCloseable {
  static final int DESK = 1440;
  static final int TELEPHONE = 400;

  private static final int HEIGHT = 900;
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AXE = "META-INF/resources/webjars/axe-core/";

  private final ChromeDriver driver;
  private final List<String> complaints = new ArrayList<>();
  private final List<String> requests = new ArrayList<>();

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  static Browser open() {
    Path chromium = need("chromium", "chromium-browser", "google-chrome");
    Path chromedriver = need("chromedriver");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium.toFile());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(chromedriver.toFile()).build();
    ChromeDriver driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(3));
    Browser browser = new Browser(driver);
    browser.width(DESK);
    return browser;
  }

  private static Path need(String... names) {
    for (String name : names) {
      for (String folder : System.getenv("PATH").split(File.pathSeparator)) {
        Path file = Path.of(folder, name);
        if (Files.isExecutable(file)) {
          return file;
        }
      }
    }
    String message =
        "no browser to look at the page with: none of %s is on the PATH (Debian: chromium, chromium-driver)"
            .formatted(Arrays.toString(names));
    if (Boolean.getBoolean("nightglass.require.browser")) {
      fail(message);
    }
    return abort(message);
  }

  /** Makes the window so many CSS pixels wide. */
  void width(int pixels) {
    size(pixels, HEIGHT);
  }

  private void size(int width, int height) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of(
            "width",
            width,
            "height",
            height,
            "deviceScaleFactor",
            1,
            "mobile",
            width <= TELEPHONE));
  }

  /** Loads an address from nothing, whatever was shown before. */
  void load(String address) {
    driver.get("about:blank");
    driver.get(address);
  }

  ChromeDriver driver() {
    return driver;
  }

  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The text of the first element that matches; empty where none does. */
  String text(String selector) {
    Object text = script("return document.querySelector(arguments[0])?.textContent", selector);
    return text == null ? "" : text.toString().strip();
  }

  Object script(String script, Object... arguments) {
    return driver.executeScript(script, arguments);
  }

  Object asyncScript(String script, Object... arguments) {
    return driver.executeAsyncScript(script, arguments);
  }

  /**
   * What axe finds that is serious or critical: rule, and the elements concerned.
   *
   * @param rules only these; all if none is named
   */
  List<String> accessibilityFaults(String... rules) throws IOException {
    driver.executeScript(axe());
    String found =
        (String)
            asyncScript(
                """
                const [rules, done] = arguments;
                const only = rules.length ? {runOnly: {type: "rule", values: rules}} : {};
                axe.run(document, {resultTypes: ["violations"], ...only}).then(
                  (result) => done(JSON.stringify(result.violations)),
                  (fault) => done(JSON.stringify([{id: String(fault), impact: "critical", nodes: []}])));
                """,
                List.of(rules));
    List<String> faults = new ArrayList<>();
    for (JsonNode violation : JSON.readTree(found)) {
      String impact = violation.path("impact").asText();
      if (impact.equals("serious") || impact.equals("critical")) {
        List<String> where = new ArrayList<>();
        violation.path("nodes").forEach(node -> where.add(node.path("html").asText()));
        faults.add("%s (%s): %s".formatted(violation.path("id").asText(), impact, where));
      }
    }
    return faults;
  }

  private static String axe() throws IOException {
    ClassLoader classes = Browser.class.getClassLoader();
    Properties artifact = new Properties();
    try (InputStream in =
        classes.getResourceAsStream("META-INF/maven/org.webjars.npm/axe-core/pom.properties")) {
      artifact.load(in);
    }
    String file = AXE + artifact.getProperty("version") + "/axe.min.js";
    try (InputStream in = classes.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Errors on the browser's console since it was opened. */
  List<String> complaints() {
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
        complaints.add(entry.getMessage());
      }
    }
    return complaints;
  }

  /** Addresses that the pages asked for since the browser was opened. */
  List<String> requests() throws IOException {
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonNode message = JSON.readTree(entry.getMessage()).path("message");
      if (message.path("method").asText().equals("Network.requestWillBeSent")) {
        requests.add(message.path("params").path("request").path("url").asText());
      }
    }
    return requests;
  }

  /** A picture of the whole page, not only of what the window shows. */
  void screenshot(String name, int width) throws IOException {
    Object height = script("return Math.max(600, document.documentElement.scrollHeight)");
    size(width, ((Number) height).intValue());
    asyncScript(
        "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done()))");
    Path folder =
        Files.createDirectories(
            Path.of(System.getProperty("basedir", ""), "target", "screenshots"));
    Files.write(folder.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
    width(width);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
