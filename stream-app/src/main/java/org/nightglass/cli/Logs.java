package org.nightglass.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/**
 * How much is logged: the application's own word, and of its libraries only warnings, unless all is
 * asked for.
 */
final class Logs {
  private Logs() {}

  static void configure(boolean debug) {
    logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(debug ? Level.INFO : Level.WARN);
    logger("org.nightglass").setLevel(debug ? Level.DEBUG : Level.INFO);
  }

  /** For commands that draw on the terminal: only what went wrong may interrupt them. */
  static void quiet() {
    if (logger("org.nightglass").getLevel() != Level.DEBUG) {
      logger("org.nightglass").setLevel(Level.WARN);
      logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.ERROR);
      logger("org.apache.kafka").setLevel(Level.ERROR);
      logger("kafka").setLevel(Level.ERROR);
    }
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
