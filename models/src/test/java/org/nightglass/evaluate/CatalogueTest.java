package org.nightglass.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueTest {
  @TempDir Path folder;

  private Path write(String... lines) throws IOException {
    return Files.write(folder.resolve("catalogue.csv"), List.of(lines));
  }

  @Test
  void shouldScoreOnlyPrimarySpectraWithoutWarning() throws IOException {
    Catalogue catalogue =
        Catalogue.read(
            write(
                "\ufeffFile,other,Class,SUBCLASS,z,zwarning,primary",
                "a.fits,,GALAXY,\"AGN, BROADLINE\",0.1,0,1",
                "b.fits,,QSO,,2.5,4,1",
                "",
                "c.fits,,QSO,,2.5,0,0",
                "d.fits,,STAR,F5,-0.0001,0,1"));
    assertThat(catalogue.leftOut()).isEqualTo(2);
    assertThat(catalogue.rows())
        .containsExactly(
            new Catalogue.Row("a.fits", "GALAXY", "AGN, BROADLINE", 0.1),
            new Catalogue.Row("d.fits", "STAR", "F5", -0.0001));
  }

  @Test
  void shouldScoreAllWhereTheCatalogueSaysNothingOfWarnings() throws IOException {
    Catalogue catalogue = Catalogue.read(write("file,class,z", "a.fits,QSO,1", "a2.fits,QSO,2"));
    assertThat(catalogue.rows()).hasSize(2);
    assertThat(catalogue.leftOut()).isZero();
  }

  @Test
  void shouldNameEveryMissingColumn() throws IOException {
    Path path = write("name,class,zed", "a.fits,QSO,1");
    assertThatThrownBy(() -> Catalogue.read(path))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining("no column file, z")
        .hasMessageContaining("name, class, zed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "b.fits,QSO,high,0|line 3, column z: 'high' is no number",
        "b.fits,QSO,NaN,0|line 3, column z: 'NaN'",
        "b.fits,QSO,-1,0|line 3, column z: '-1'",
        "b.fits,QSO,,0|line 3, column z: '' is blank",
        ",QSO,1,0|line 3, column file: '' is blank",
        "b.fits,QSO,1,none|line 3, column zwarning: 'none' is no whole number",
        "b.fits,QSO,1|line 3, column zwarning: '' is blank",
      })
  void shouldNameLineColumnAndValueOfAFault(String line, String message) throws IOException {
    Path path = write("file,class,z,zwarning", "a.fits,QSO,1,0", line);
    assertThatThrownBy(() -> Catalogue.read(path))
        .isInstanceOf(CatalogueException.class)
        .hasMessageContaining(message);
  }

  @Test
  void shouldSayThatThereIsNoCatalogueOrNothingInIt() throws IOException {
    Path nowhere = folder.resolve("nowhere.csv");
    assertThatThrownBy(() -> Catalogue.read(nowhere))
        .hasMessage("there is no catalogue " + nowhere);
    Path empty = write("file,class,z,primary", "a.fits,QSO,1,0");
    assertThatThrownBy(() -> Catalogue.read(empty)).hasMessageContaining("no row to score (1 ");
    Path blank = Files.createFile(folder.resolve("blank.csv"));
    assertThatThrownBy(() -> Catalogue.read(blank)).hasMessageContaining("no column file, class");
  }

  @Test
  void shouldSkipFilesThatAreMissingOrBroken() throws IOException {
    Files.writeString(folder.resolve("broken.fits"), "no FITS");
    Catalogue catalogue =
        Catalogue.read(write("file,class,z", "gone.fits,QSO,1", "broken.fits,QSO,1"));
    List<String> skipped = new ArrayList<>();
    new CatalogueSource(folder, catalogue)
        .read(
            new SpectrumSource.Reader() {
              @Override
              public void spectrum(LabelledSpectrum spectrum) {
                throw new AssertionError("read " + spectrum.id());
              }

              @Override
              public void skipped(String why) {
                skipped.add(why);
              }
            });
    assertThat(skipped).hasSize(2);
    assertThat(skipped.get(0)).contains("gone.fits", "not there");
    assertThat(skipped.get(1)).contains("broken.fits", "HDU");
  }

  @Test
  void shouldRefuseAFolderThatHoldsNoneOfTheFiles() throws IOException {
    Catalogue catalogue = Catalogue.read(write("file,class,z", "gone.fits,QSO,1"));
    assertThatThrownBy(() -> new CatalogueSource(folder, catalogue))
        .hasMessageContaining("none of the 1 files")
        .hasMessageContaining("gone.fits");
    assertThatThrownBy(() -> new CatalogueSource(folder.resolve("no"), catalogue))
        .hasMessageContaining("no folder of spectra");
    assertThatThrownBy(() -> new SkySource(folder)).hasMessageContaining("no *.fits");
  }
}
