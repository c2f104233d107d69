package org.nightglass.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.nightglass.fits.FitsSpectra;
import org.nightglass.fits.SpectrumFiles;
import org.nightglass.fits.UnreadableFileException;
import org.nightglass.spectrum.ObservedSpectrum;

/** Reads files that must hold one spectrum each, so that a label given to the file is its. */
final class FitsFiles {
  private FitsFiles() {}

  /**
   * @throws UnreadableFileException if the file is broken, or holds none or several
   */
  static ObservedSpectrum only(Path file) {
    try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(file)) {
      List<ObservedSpectrum> first = spectra.limit(2).toList();
      if (first.size() == 1) {
        return first.get(0);
      }
      throw new UnreadableFileException(
          file,
          first.isEmpty()
              ? "holds no spectrum"
              : "holds several spectra; a label for the whole file needs one spectrum a file",
          null);
    }
  }

  /**
   * The FITS files in a folder, at any depth.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if there is none
   */
  static List<Path> in(Path folder) throws IOException {
    List<Path> files = SpectrumFiles.walk(List.of(folder));
    if (files.isEmpty()) {
      throw new IllegalArgumentException("no *.fits or *.fits.gz in " + folder);
    }
    return files;
  }
}
