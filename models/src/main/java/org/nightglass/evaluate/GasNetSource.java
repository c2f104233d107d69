package org.nightglass.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nightglass.fits.GasNetTable;
import org.nightglass.fits.UnreadableFileException;

/** Spectra in tables as GaSNet-II published them. */
public final class GasNetSource implements SpectrumSource {
  private final Path folder;
  private final List<Path> files;

  /**
   * @param folder of FITS tables, for instance {@code train.fits}
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds no FITS file
   */
  public GasNetSource(Path folder) throws IOException {
    this.folder = folder;
    this.files = FitsFiles.in(folder);
  }

  @Override
  public String description() {
    return "tables in " + folder;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public void read(Reader reader) {
    for (Path file : files) {
      try {
        int leftOut =
            GasNetTable.read(
                file,
                row ->
                    reader.spectrum(
                        new LabelledSpectrum(
                            row.spectrum().observation().spectrumId(),
                            row.spectrum(),
                            row.objectClass(),
                            row.subclass(),
                            row.z())));
        if (leftOut > 0) {
          reader.skipped("%s: %d rows without class, z or flux".formatted(file, leftOut));
        }
      } catch (UnreadableFileException e) {
        reader.skipped(String.valueOf(e.getMessage()));
      }
    }
  }
}
