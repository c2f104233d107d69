package org.nightglass.fits;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A file that is broken, or holds no spectra that we can read. It says nothing of other files. */
public final class UnreadableFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;

  /**
   * @param file the file
   * @param problem what is wrong, with HDU and column
   * @param cause what went wrong underneath, or null
   */
  public UnreadableFileException(Path file, String problem, @Nullable Throwable cause) {
    super(file + ": " + problem, cause);
    this.file = file;
  }

  public Path file() {
    return file;
  }
}
