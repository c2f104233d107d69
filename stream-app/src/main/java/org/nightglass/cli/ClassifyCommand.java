package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nightglass.batch.IsolatingRunner.Outcome;
import org.nightglass.batch.SharedModel;
import org.nightglass.decide.Decider;
import org.nightglass.fits.FitsSpectra;
import org.nightglass.fits.SpectrumFiles;
import org.nightglass.fits.UnreadableFileException;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.Inference;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.prepare.PreparedSpectrum;
import org.nightglass.prepare.Preparer;
import org.nightglass.prepare.SpectrumLimits;
import org.nightglass.publish.Judged;
import org.nightglass.spectrum.BadSpectrumException;
import org.nightglass.spectrum.ObservedSpectrum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "classify",
    description = {
      "Classifies spectra in FITS files and estimates their redshifts, without Kafka: the same preparation, model and"
          + " decisions as the application.",
      "Reads SDSS and BOSS spec-*.fits and DESI coadds, plain or gzipped; folders are walked. One row a spectrum. A file"
          + " or spectrum that cannot be used is reported and skipped."
    })
final class ClassifyCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "FITS files or folders of them.")
  List<Path> paths = List.of();

  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      defaultValue = "sdss13",
      description = "Model bundle: name, name/version or folder (default: ${DEFAULT-VALUE}).")
  String bundle = "sdss13";

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Write rows to FILE.csv or FILE.jsonl instead of a table on the terminal.")
  @Nullable Path output;

  private int unusable;

  @Override
  public Integer call() throws IOException {
    RowFormat format = RowFormat.of(output);
    List<Path> files = files();
    ModelBundle found = ModelBundles.find(bundle, List.of(Home.bundles()));
    EngineOptions options = EngineOptions.forOneCaller();
    try (SpectrumModel model = SavedModelEngine.open(found, options);
        PrintWriter rows = open();
        Progress progress = Progress.of("classify", files.size(), output != null)) {
      format.begin(rows);
      classify(files, model, row -> format.row(rows, row), progress);
      format.end(rows);
    }
    return unusable == 0 ? Nightglass.OK : Nightglass.SOME_UNREADABLE;
  }

  /** Every file once, in the order in which they are named; tells of folders without any. */
  private List<Path> files() throws IOException {
    Set<Path> files = new LinkedHashSet<>();
    List<Path> empty = new ArrayList<>();
    for (Path path : paths) {
      List<Path> own = SpectrumFiles.walk(List.of(path));
      files.addAll(own);
      if (own.isEmpty()) {
        empty.add(path);
      }
    }
    if (files.isEmpty()) {
      throw new CommandFailedException("no *.fits or *.fits.gz in " + paths);
    }
    empty.forEach(folder -> skip(folder + ": no *.fits or *.fits.gz in it"));
    return List.copyOf(files);
  }

  private interface RowSink {
    void accept(ResultRow row);
  }

  private void classify(List<Path> files, SpectrumModel model, RowSink sink, Progress progress) {
    Preparer preparer = new Preparer(model.card().grid(), SpectrumLimits.DEFAULT);
    Decider decider = new Decider(model.card());
    SharedModel shared = new SharedModel(model, 1);
    List<Integer> sizes = model.card().batchSizes();
    int batchSize = sizes.get(sizes.size() - 1);
    List<PreparedSpectrum> batch = new ArrayList<>();
    List<Path> origins = new ArrayList<>();
    Runnable flush =
        () -> {
          judge(shared, decider, batch, origins, sink);
          batch.clear();
          origins.clear();
        };
    for (Path file : files) {
      try (Stream<ObservedSpectrum> spectra = FitsSpectra.read(file)) {
        spectra.forEach(
            spectrum -> {
              try {
                batch.add(preparer.prepare(spectrum, Instant.now()));
                origins.add(file);
              } catch (BadSpectrumException e) {
                skip(file + ", " + spectrum.observation().spectrumId() + ": " + e.getMessage());
              }
              if (batch.size() == batchSize) {
                flush.run();
              }
            });
      } catch (UnreadableFileException e) {
        skip(String.valueOf(e.getMessage()));
      }
      progress.step();
    }
    flush.run();
  }

  private void judge(
      SharedModel model,
      Decider decider,
      List<PreparedSpectrum> batch,
      List<Path> origins,
      RowSink sink) {
    if (batch.isEmpty()) {
      return;
    }
    List<Outcome<Inference>> outcomes = model.infer(List.copyOf(batch));
    for (int i = 0; i < batch.size(); i++) {
      PreparedSpectrum spectrum = batch.get(i);
      if (outcomes.get(i) instanceof Outcome.Answer<Inference> answer) {
        Inference inference = answer.value();
        Judged judged =
            new Judged(spectrum, inference, decider.decide(spectrum, inference), null, List.of());
        sink.accept(ResultRow.of(origins.get(i), judged));
      } else {
        skip(
            origins.get(i)
                + ", "
                + spectrum.observation().spectrumId()
                + ": the model fails on it");
      }
    }
  }

  private void skip(String why) {
    unusable++;
    PrintWriter err = spec.commandLine().getErr();
    err.println("skipped: " + why);
    err.flush();
  }

  private PrintWriter open() throws IOException {
    return output == null
        ? new PrintWriter(spec.commandLine().getOut(), true)
        : new PrintWriter(Files.newBufferedWriter(output, StandardCharsets.UTF_8));
  }
}
