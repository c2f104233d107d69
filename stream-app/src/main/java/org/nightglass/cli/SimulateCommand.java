package org.nightglass.cli;

import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nightglass.evaluate.LabelledSpectrum;
import org.nightglass.evaluate.SimulatedSource;
import org.nightglass.evaluate.SpectrumSource;
import org.nightglass.fits.FitsSpectrumWriter;
import org.nightglass.simulate.SurveyProgramme;
import org.nightglass.simulate.TrainingSimulator;
import org.nightglass.spectrum.ObjectKind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "simulate",
    description = {
      "Writes simulated spectra of a survey's programme as FITS files, and what they are as a table: DIR/spectra,"
          + " DIR/catalog.csv, and DIR/sky for the one fibre in twenty that lies on empty sky.",
      "SDSS's and BOSS's are written as spec-*.fits, the three arms of DESI and 4MOST as DESI coadds of one row. classify,"
          + " replay and evaluate (--spectra DIR/spectra --catalog DIR/catalog.csv --sky DIR/sky) read them, and train"
          + " learns from them.",
      "The same seed gives the same spectra; they are those of evaluate --simulated."
    })
final class SimulateCommand implements Callable<Integer> {
  private static final int MOST = 1_000_000;
  private static final String CATALOGUE = "catalog.csv";
  private static final CsvSchema COLUMNS =
      CsvSchema.builder()
          .addColumn("file")
          .addColumn("class")
          .addColumn("subclass")
          .addColumn("z")
          .build()
          .withHeader();

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--programme",
      paramLabel = "P",
      defaultValue = "SDSS_LEGACY",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  SurveyProgramme programme = SurveyProgramme.SDSS_LEGACY;

  @Option(
      names = "--number",
      paramLabel = "N",
      defaultValue = "100",
      description = "Spectra, those of empty sky among them (default: ${DEFAULT-VALUE}).")
  int number = 100;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description =
          "Templates in the layout of desihub/redrock-templates, plain or gzipped. Without them, spectra are simulated"
              + " from formulas alone.")
  @Nullable Path templates;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write to; it must not hold a catalog.csv.")
  Path output = Path.of("");

  @Override
  public Integer call() throws IOException {
    if (number < 1 || number > MOST) {
      throw new ParameterException(
          spec.commandLine(), "--number is 1 to %d, got %d".formatted(MOST, number));
    }
    Path catalogue = output.resolve(CATALOGUE);
    if (Files.exists(catalogue)) {
      throw new CommandFailedException(
          catalogue + " is there already: clear the folder or name another");
    }
    Path spectra = Files.createDirectories(output.resolve("spectra"));
    Path sky = Files.createDirectories(output.resolve("sky"));
    SpectrumSource source =
        new SimulatedSource(
            number, seed, programme, TrainingSimulator.sources(templates), templates != null);
    List<String[]> rows = new ArrayList<>();
    try (Progress progress = Progress.of("simulate", number, true)) {
      source.read(
          new SpectrumSource.Reader() {
            private int next;

            @Override
            public void spectrum(LabelledSpectrum labelled) {
              boolean empty = labelled.spectrum().observation().kind() == ObjectKind.SKY;
              String file = write(empty ? sky : spectra, next++, labelled);
              if (!empty) {
                rows.add(row(file, labelled));
              }
              progress.to(next, number);
            }

            @Override
            public void skipped(String why) {
              throw new IllegalStateException("simulations are never unreadable: " + why);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    new CsvMapper().writer(COLUMNS).writeValue(catalogue.toFile(), rows);
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s%n%d spectra in %s, %d of empty sky in %s; what they are: %s%n",
        source.description(), rows.size(), spectra, number - rows.size(), sky, catalogue);
    out.flush();
    return Nightglass.OK;
  }

  private static String write(Path folder, int index, LabelledSpectrum labelled) {
    boolean joined = labelled.spectrum().arms().size() == 1;
    String file =
        joined
            ? String.format(
                Locale.ROOT,
                "spec-%04d-%05d-%04d.fits",
                1 + index / 1000,
                (int) labelled.spectrum().observation().mjd(),
                1 + index % 1000)
            : String.format(Locale.ROOT, "simulated-%07d.fits", index);
    try {
      FitsSpectrumWriter.write(folder.resolve(file), index, labelled.spectrum());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  private static String[] row(String file, LabelledSpectrum labelled) {
    String subclass = labelled.subclass();
    Double z = labelled.z();
    return new String[] {
      file,
      labelled.objectClass(),
      subclass == null ? "" : subclass,
      z == null ? "" : Double.toString(z)
    };
  }
}
