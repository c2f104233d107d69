package org.nightglass.page;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test that looks at the live night's page, in a browser of its own. */
@ExtendWith(OnTheLiveNight.class)
abstract class PageTest {
  /** Within which what is waited for must come; generous, because builds share their machine. */
  static final Duration SOON = Duration.ofSeconds(60);

  static LiveNight night;
  static Browser browser;

  @BeforeAll
  static void openBrowser(LiveNight live) {
    browser = Browser.open();
    night = live;
  }

  @AfterAll
  static void closeBrowser() {
    if (browser != null) {
      browser.close();
      browser = null;
    }
  }
}
