package org.nightglass.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nightglass.fits.UnreadableFileException;

/** A folder of sky fibres: no redshift of theirs should ever be accepted. */
public final class SkySource implements SpectrumSource {
  private final Path folder;
  private final List<Path> files;

  /**
   * @param folder of FITS files, one spectrum each
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException if it holds no FITS file
   */
  public SkySource(Path folder) throws IOException {
    this.folder = folder;
    this.files = FitsFiles.in(folder);
  }

  @Override
  public String description() {
    return "sky fibres in " + folder;
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public void read(Reader reader) {
    for (Path file : files) {
      try {
        reader.spectrum(
            new LabelledSpectrum(
                String.valueOf(file.getFileName()), FitsFiles.only(file), Labels.SKY, null, null));
      } catch (UnreadableFileException e) {
        reader.skipped(String.valueOf(e.getMessage()));
      }
    }
  }
}
