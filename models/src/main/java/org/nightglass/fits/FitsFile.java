package org.nightglass.fits;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPInputStream;
import nom.tam.fits.BasicHDU;
import nom.tam.fits.BinaryTableHDU;
import nom.tam.fits.Fits;
import nom.tam.fits.FitsException;
import nom.tam.fits.Header;
import nom.tam.fits.ImageHDU;
import org.jspecify.annotations.Nullable;

/**
 * An open FITS file, whose headers are read and whose data are read where they are asked for. A
 * gzipped file is first unpacked into a temporary one, since rows can only be sought in a plain
 * file.
 */
final class FitsFile implements AutoCloseable {
  /** The library logs stack traces of what we report as an error with its file. */
  private static final Logger LIBRARY = Logger.getLogger("nom.tam");

  static {
    LIBRARY.setLevel(Level.SEVERE);
  }

  private static final int GZIP_MAGIC = 0x1f8b;

  /** How names of unpacked files begin: whose they are. */
  static final String UNPACKED = "nightglass-fits-%d-".formatted(ProcessHandle.current().pid());

  private final Path path;
  private final @Nullable Path unpacked;
  private final Fits fits;
  private final List<BasicHDU<?>> hdus = new ArrayList<>();

  private FitsFile(Path path, @Nullable Path unpacked, Fits fits) {
    this.path = path;
    this.unpacked = unpacked;
    this.fits = fits;
  }

  /**
   * @throws UnreadableFileException if it cannot be read or is no FITS file
   */
  static FitsFile open(Path path) {
    Path unpacked = null;
    try {
      unpacked = unpack(path);
      Fits fits = new Fits((unpacked == null ? path : unpacked).toFile());
      FitsFile file = new FitsFile(path, unpacked, fits);
      file.readHeaders();
      return file;
    } catch (IOException | RuntimeException e) {
      delete(unpacked);
      throw e instanceof UnreadableFileException known
          ? known
          : new UnreadableFileException(path, "cannot be read as FITS: " + text(e), e);
    }
  }

  private static @Nullable Path unpack(Path path) throws IOException {
    try (PushbackInputStream in = new PushbackInputStream(Files.newInputStream(path), 2)) {
      byte[] magic = in.readNBytes(2);
      if (magic.length < 2 || ((magic[0] & 0xff) << 8 | magic[1] & 0xff) != GZIP_MAGIC) {
        return null;
      }
      in.unread(magic);
      Path unpacked = Files.createTempFile(UNPACKED, ".fits");
      try (InputStream plain = new GZIPInputStream(in, 1 << 16)) {
        Files.copy(plain, unpacked, StandardCopyOption.REPLACE_EXISTING);
        return unpacked;
      } catch (IOException | RuntimeException e) {
        delete(unpacked);
        throw e;
      }
    }
  }

  private void readHeaders() throws FitsException, IOException {
    for (BasicHDU<?> hdu = fits.readHDU(); hdu != null; hdu = fits.readHDU()) {
      hdus.add(hdu);
    }
    if (hdus.isEmpty()) {
      throw unreadable("holds no HDU", null);
    }
  }

  Path path() {
    return path;
  }

  /** The file's name without folders and endings, for naming spectra. */
  String stem() {
    Path name = path.getFileName();
    return (name == null ? path : name).toString().replaceFirst("(?i)\\.fits(\\.gz)?$", "");
  }

  Header primaryHeader() {
    return hdus.get(0).getHeader();
  }

  /** Names of the HDUs, empty where one has none. */
  List<String> names() {
    return hdus.stream().map(FitsFile::name).toList();
  }

  /** The table at an index, or null. */
  @Nullable FitsTable table(int index) {
    return index < hdus.size() && hdus.get(index) instanceof BinaryTableHDU table
        ? new FitsTable(this, "HDU %d (%s)".formatted(index, name(table)), table)
        : null;
  }

  /** The table of a name, or null. */
  @Nullable FitsTable table(String name) {
    return table(Math.max(0, names().indexOf(name)));
  }

  /** The image of a name, or null. */
  @Nullable FitsImage image(String name) {
    int index = names().indexOf(name);
    return index >= 0 && hdus.get(index) instanceof ImageHDU image
        ? new FitsImage(this, "HDU %d (%s)".formatted(index, name), image)
        : null;
  }

  /** The error to throw for this file. */
  UnreadableFileException unreadable(String problem, @Nullable Throwable cause) {
    return new UnreadableFileException(
        path, cause == null ? problem : problem + ": " + text(cause), cause);
  }

  private static String name(BasicHDU<?> hdu) {
    String name = hdu.getHeader().getStringValue("EXTNAME", "");
    return name.trim();
  }

  private static String text(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  @Override
  public void close() {
    try {
      fits.close();
    } catch (IOException e) {
      throw unreadable("cannot be closed", e);
    } finally {
      delete(unpacked);
    }
  }

  private static void delete(@Nullable Path unpacked) {
    if (unpacked != null) {
      try {
        Files.deleteIfExists(unpacked);
      } catch (IOException e) {
        // A temporary file that stays behind is no reason to fail; the system clears its folder.
        unpacked.toFile().deleteOnExit();
      }
    }
  }
}
