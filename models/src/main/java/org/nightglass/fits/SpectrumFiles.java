package org.nightglass.fits;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Finds the files of spectra that a command line names. */
public final class SpectrumFiles {
  private SpectrumFiles() {}

  /**
   * Walks folders for {@code *.fits} and {@code *.fits.gz}, each sorted by path. A file that is
   * named itself is taken whatever its name. A file named twice comes once.
   *
   * @param paths files and folders
   * @throws IOException if a path is not there or a folder cannot be read
   */
  public static List<Path> walk(List<Path> paths) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : paths) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> found = Files.walk(path)) {
          found
              .filter(SpectrumFiles::isFits)
              .filter(Files::isRegularFile)
              .sorted()
              .forEach(files::add);
        }
      } else if (Files.exists(path)) {
        files.add(path);
      } else {
        throw new java.nio.file.NoSuchFileException(
            path.toString(), null, "no such file or folder");
      }
    }
    return files.stream().distinct().toList();
  }

  private static boolean isFits(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".fits") || name.endsWith(".fits.gz");
  }
}
