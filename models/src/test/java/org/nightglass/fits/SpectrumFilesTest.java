package org.nightglass.fits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpectrumFilesTest {
  @TempDir Path folder;

  @Test
  void shouldWalkFoldersInOrderAndTakeNamedFilesAsTheyAre() throws IOException {
    Path inner = Files.createDirectories(folder.resolve("b/c"));
    Path deep = Files.createFile(inner.resolve("spec-2.FITS.gz"));
    Path last = Files.createFile(folder.resolve("spec-1.fits"));
    Path first = Files.createFile(folder.resolve("a.fits.gz"));
    Files.createFile(folder.resolve("catalog.csv"));
    Files.createFile(folder.resolve("image.fits.fz"));
    Files.createDirectory(folder.resolve("folder.fits"));
    Path named = Files.createFile(folder.resolve("odd.dat"));
    assertThat(SpectrumFiles.walk(List.of(named, folder, last)))
        .containsExactly(named, first, deep, last);
  }

  @Test
  void shouldNameAPathThatIsNotThere() {
    Path missing = folder.resolve("nothing");
    assertThatThrownBy(() -> SpectrumFiles.walk(List.of(missing)))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageContaining(missing.toString());
  }
}
