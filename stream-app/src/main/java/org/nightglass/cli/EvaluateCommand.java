package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nightglass.app.Version;
import org.nightglass.evaluate.BundleScorer;
import org.nightglass.evaluate.Catalogue;
import org.nightglass.evaluate.CatalogueSource;
import org.nightglass.evaluate.Evaluation;
import org.nightglass.evaluate.Evaluation.Subject;
import org.nightglass.evaluate.EvaluationHtml;
import org.nightglass.evaluate.EvaluationJson;
import org.nightglass.evaluate.EvaluationText;
import org.nightglass.evaluate.GasNetSource;
import org.nightglass.evaluate.Labels;
import org.nightglass.evaluate.PublishedPredictions;
import org.nightglass.evaluate.Scored;
import org.nightglass.evaluate.SimulatedSource;
import org.nightglass.evaluate.SkySource;
import org.nightglass.evaluate.SnrBin;
import org.nightglass.evaluate.SpectrumSource;
import org.nightglass.evaluate.UnseenSource;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.ModelCard;
import org.nightglass.infer.Precision;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.simulate.SurveyProgramme;
import org.nightglass.simulate.TrainingSimulator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "evaluate",
    description = {
      "Judges a model bundle on spectra whose class and redshift are known: accuracy, redshift errors and outliers, pulls"
          + " and coverage, purity against completeness, reliability of probabilities, by class and S/N.",
      "The spectra are observed (--spectra with --catalog, --sky) or simulated (--simulated). With --predictions no bundle"
          + " runs: somebody's published redshifts are judged in the same way.",
      "Writes evaluation.json with every number and evaluation.html with plots to --output, and a table to the terminal."
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int REASONS = 20;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--bundle",
      paramLabel = "NAME",
      defaultValue = "sdss13",
      description = "Model bundle: name, name/version or folder (default: ${DEFAULT-VALUE}).")
  String bundle = "sdss13";

  @Option(
      names = "--spectra",
      paramLabel = "DIR",
      description = "Folder of FITS files, one spectrum each; needs --catalog.")
  @Nullable Path spectra;

  @Option(
      names = "--catalog",
      paramLabel = "CSV",
      description =
          "What they are: columns file, class, z, and where there are subclass, zwarning, primary. Only rows with"
              + " zwarning 0 and primary 1 are scored.")
  @Nullable Path catalog;

  @Option(
      names = "--sky",
      paramLabel = "DIR",
      description = "Folder of FITS files of sky fibres, whose redshifts should never be accepted.")
  @Nullable Path sky;

  @Option(
      names = "--simulated",
      paramLabel = "N",
      description = "N simulated spectra of a survey's programme.")
  @Nullable Integer simulated;

  @Option(
      names = "--unseen",
      description =
          "With --simulated: not the programme's targets, but as its spectrograph sees them kinds of object that no training"
              + " has seen, redshifts that the bundle's networks cannot give (trainings show the like as no source), and"
              + " known kinds from templates that simulations do not draw from.")
  boolean unseen;

  @Option(
      names = "--programme",
      paramLabel = "NAME",
      defaultValue = "SDSS_LEGACY",
      description =
          "Programme of --simulated: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  SurveyProgramme programme = SurveyProgramme.SDSS_LEGACY;

  @Option(
      names = "--templates",
      paramLabel = "DIR",
      description = "Templates for --simulated; without them it draws from formulas alone.")
  @Nullable Path templates;

  @Option(
      names = "--gasnet-tables",
      paramLabel = "DIR",
      description = "FITS tables of spectra as GaSNet-II published them, for instance test.fits.")
  @Nullable Path tables;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Seed of --simulated (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--predictions",
      paramLabel = "FILE",
      description =
          "FITS table of redshifts as GaSNet-II publishes it: columns label (true z), SNR, CLASS, SUBCLASS, pred_bar,"
              + " pred_std. Stands alone.")
  @Nullable Path predictions;

  @Option(
      names = "--snr-bins",
      paramLabel = "EDGE",
      split = ",",
      defaultValue = "1,2,5,10,20",
      description = "Edges of the bins of S/N (default: ${DEFAULT-VALUE}).")
  List<Double> snrEdges = List.of(1.0, 2.0, 5.0, 10.0, 20.0);

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "auto",
      description =
          "Numbers that the networks multiply, as model.precision: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  Precision precision = Precision.AUTO;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Folder for evaluation.json and evaluation.html; made if it is not there.")
  Path output = Path.of("");

  @Override
  public Integer call() throws IOException {
    checkUse();
    List<SnrBin> bins = SnrBin.between(snrEdges);
    return write(predictions == null ? judgeBundle(bins) : judgePublished(predictions, bins));
  }

  private record Judged(Evaluation evaluation, List<Scored> scored) {}

  private Judged judgePublished(Path file, List<SnrBin> bins) {
    PublishedPredictions published = PublishedPredictions.read(file);
    List<Scored> scored = published.scored();
    Subject subject =
        subject("published predictions", "the table " + file, 0, scored, published.skipped());
    return new Judged(Evaluation.of(subject, scored, Labels.asTheyCome(), bins), scored);
  }

  private Judged judgeBundle(List<SnrBin> bins) throws IOException {
    ModelBundle found = ModelBundles.find(bundle, List.of(Home.bundles()));
    List<SpectrumSource> sources = sources(found.card());
    EngineOptions options = EngineOptions.forOneCaller().with(precision);
    int size = sources.stream().mapToInt(SpectrumSource::size).sum();
    try (SpectrumModel model = SavedModelEngine.open(found, options);
        Progress progress = Progress.of("evaluate", size, true)) {
      BundleScorer scorer = new BundleScorer(model, Clock.systemUTC(), progress::step);
      sources.forEach(source -> source.read(scorer));
      List<Scored> scored = scorer.scored();
      Subject subject =
          subject(
              model.card().name() + "/" + model.card().version(),
              String.join("; ", sources.stream().map(SpectrumSource::description).toList()),
              sources.stream().mapToInt(SpectrumSource::leftOut).sum(),
              scored,
              scorer.skipped());
      Evaluation evaluation = Evaluation.of(subject, scored, scorer.labels(), bins);
      return new Judged(evaluation.withCost(scorer.cost()), scored);
    }
  }

  /** What options do not say of themselves: which go together. */
  private void checkUse() {
    if ((spectra == null) != (catalog == null)) {
      throw wrongUse("--spectra and --catalog go together");
    }
    boolean observed = spectra != null || sky != null || tables != null;
    if (predictions != null && (observed || simulated != null)) {
      throw wrongUse(
          "--predictions goes without --spectra, --catalog, --sky, --gasnet-tables and"
              + " --simulated");
    }
    if (observed && simulated != null) {
      throw wrongUse("--simulated goes without --spectra, --catalog, --sky and --gasnet-tables");
    }
    if (predictions == null && !observed && simulated == null) {
      throw wrongUse(
          "nothing to evaluate on: give --spectra DIR --catalog CSV, --sky DIR, --simulated N or"
              + " --predictions FILE");
    }
    if (unseen && simulated == null) {
      throw wrongUse("--unseen needs --simulated N");
    }
    if (simulated != null && simulated < 1) {
      throw wrongUse("--simulated must be at least 1, got " + simulated);
    }
  }

  private ParameterException wrongUse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private List<SpectrumSource> sources(ModelCard card) throws IOException {
    List<SpectrumSource> sources = new ArrayList<>();
    if (spectra != null && catalog != null) {
      sources.add(new CatalogueSource(spectra, Catalogue.read(catalog)));
    }
    if (sky != null) {
      sources.add(new SkySource(sky));
    }
    if (tables != null) {
      sources.add(new GasNetSource(tables));
    }
    if (simulated != null) {
      sources.add(
          unseen
              ? new UnseenSource(simulated, seed, programme, templates, card)
              : new SimulatedSource(
                  simulated,
                  seed,
                  programme,
                  TrainingSimulator.sources(templates),
                  templates != null));
    }
    return sources;
  }

  private Subject subject(
      String model, String source, int leftOut, List<Scored> scored, List<String> skipped) {
    PrintWriter err = spec.commandLine().getErr();
    skipped.forEach(why -> err.println("skipped: " + why));
    err.flush();
    if (scored.isEmpty()) {
      throw new CommandFailedException(
          "none of %d spectra could be used: %s".formatted(skipped.size(), source));
    }
    return new Subject(
        model,
        source,
        Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString(),
        Version.text(),
        scored.size() + skipped.size(),
        scored.size(),
        leftOut,
        skipped.size(),
        skipped.stream().limit(REASONS).toList());
  }

  private int write(Judged judged) throws IOException {
    Evaluation evaluation = judged.evaluation();
    Files.createDirectories(output);
    Path json = EvaluationJson.write(evaluation, output);
    Path html = EvaluationHtml.write(evaluation, judged.scored(), output);
    PrintWriter out = spec.commandLine().getOut();
    EvaluationText.lines(evaluation).forEach(out::println);
    out.printf("%nnumbers: %s%nplots:   %s%n", json, html);
    out.flush();
    return evaluation.subject().skipped() == 0 ? Nightglass.OK : Nightglass.SOME_UNREADABLE;
  }
}
