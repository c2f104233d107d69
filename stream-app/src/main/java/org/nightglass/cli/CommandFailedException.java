package org.nightglass.cli;

/** A command that could not do its work, said in words that need no stack trace. */
final class CommandFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommandFailedException(String message) {
    super(message);
  }
}
