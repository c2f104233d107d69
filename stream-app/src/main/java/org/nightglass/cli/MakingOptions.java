package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.nightglass.evaluate.Catalogue;
import org.nightglass.evaluate.CatalogueSource;
import org.nightglass.evaluate.GasNetSource;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a bundle is made from, simulated spectra or observed ones, and where it goes. */
final class MakingOptions {
  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description =
          "Templates in the layout of desihub/redrock-templates, plain or gzipped. Without them, spectra are simulated"
              + " from formulas alone.")
  @Nullable Path templates;

  @Option(
      names = "--gasnet-tables",
      paramLabel = "DIR",
      description =
          "Learns from FITS tables of spectra as GaSNet-II published them (train.fits): columns int_flux, CLASS, SUBCLASS, Z.")
  @Nullable Path tables;

  @Option(
      names = "--spectra",
      paramLabel = "DIR",
      description =
          "Learns from a folder of FITS files, one spectrum each, for instance SDSS's spec-*.fits; needs --catalog.")
  @Nullable Path spectra;

  @Option(
      names = "--catalog",
      paramLabel = "CSV",
      description =
          "What they are: columns file, class, z, and where there are subclass, zwarning, primary.")
  @Nullable Path catalog;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder of bundles; the bundle goes to DIR/NAME/V.")
  Path output = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of simulations, weights, batches (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--held-back",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Simulated spectra a family to calibrate on (default: ${DEFAULT-VALUE}).")
  int heldBack = 4000;

  /** Null for simulations. */
  @Nullable TrainingSource source(CommandLine line) throws IOException {
    if ((spectra == null) != (catalog == null)) {
      throw new ParameterException(line, "--spectra and --catalog go together");
    }
    if (tables != null && spectra != null) {
      throw new ParameterException(line, "--gasnet-tables goes without --spectra and --catalog");
    }
    PrintWriter err = line.getErr();
    if (tables != null) {
      return new TrainingSource(new GasNetSource(tables), err);
    }
    return spectra == null || catalog == null
        ? null
        : new TrainingSource(new CatalogueSource(spectra, Catalogue.read(catalog)), err);
  }
}
