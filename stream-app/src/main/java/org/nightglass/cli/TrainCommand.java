package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nightglass.evaluate.TrainingPlot;
import org.nightglass.infer.ModelCard;
import org.nightglass.prepare.ModelGrid;
import org.nightglass.train.BundleTrainer;
import org.nightglass.train.SurveyPreset;
import org.nightglass.train.TrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "train",
    description = {
      "Trains a model bundle on simulated or observed spectra: a classifier, and a redshift ensemble each for galaxies, quasars and stars;"
          + " calibrates their errors on spectra held back, and writes the bundle with its card.",
      "Stopped at any time, it goes on from its checkpoints when it is run again with the same options.",
      "Give it memory: 17 kB a simulated spectrum, for instance NIGHTGLASS_JAVA_OPTS=-Xmx4g."
    })
final class TrainCommand implements Callable<Integer> {
  private static final int OBSERVED_PATIENCE = 10;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--survey",
      required = true,
      paramLabel = "NAME",
      description =
          "The bundle's name: lower-case letters, digits, dashes. sdss13, desi and 4most10 bring their classes and"
              + " spectrographs; all others start from GALAXY, QSO, STAR of SDSS and BOSS.")
  String survey = "";

  @Option(
      names = "--classes",
      paramLabel = "LABEL",
      split = ",",
      description =
          "Classes instead of the survey's: GALAXY, QSO, STAR, each with or without a type, as GALAXY_AGN or STAR_K5.")
  List<String> classes = List.of();

  @Option(
      names = "--grid",
      paramLabel = "GRID",
      description =
          "optical4368: 3,600 to 9,842 Å, the default; sdss3600: 3,802 to 8,709 Å, GaSNet-II's, the default for"
              + " its tables.")
  @Nullable String grid;

  @Option(
      names = "--normalisation",
      paramLabel = "NAME",
      defaultValue = "contrast2",
      description =
          "What networks see: contrast2, or GaSNet-II's unit-norm (default: ${DEFAULT-VALUE}).")
  String normalisation = "contrast2";

  @Option(
      names = "--bundle-version",
      paramLabel = "V",
      defaultValue = "1",
      description = "The bundle's version (default: ${DEFAULT-VALUE}).")
  String version = "1";

  @Mixin MakingOptions making = new MakingOptions();

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Checkpoints and logs (default: OUTPUT/.training-NAME-V).")
  @Nullable Path work;

  @Option(
      names = "--pool",
      paramLabel = "N",
      defaultValue = "30000",
      description =
          "Simulated spectra each of galaxies, quasars and stars (default: ${DEFAULT-VALUE}).")
  int pool = 30_000;

  @Option(
      names = "--classifier-steps",
      paramLabel = "N",
      defaultValue = "2400",
      description = "Training steps of the classifier (default: ${DEFAULT-VALUE}).")
  long classifierSteps = 2400;

  @Option(
      names = "--redshift-steps",
      paramLabel = "N",
      defaultValue = "600",
      description =
          "Training steps of each redshift network of galaxies (default: ${DEFAULT-VALUE}).")
  long redshiftSteps = 600;

  @Option(
      names = "--quasar-steps",
      paramLabel = "N",
      defaultValue = "300",
      description =
          "Training steps of each redshift network of quasars (default: ${DEFAULT-VALUE}).")
  long quasarSteps = 300;

  @Option(
      names = "--star-steps",
      paramLabel = "N",
      defaultValue = "200",
      description = "Training steps of each redshift network of stars (default: ${DEFAULT-VALUE}).")
  long starSteps = 200;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Ends a training after N evaluations, one every 20 steps, in which spectra apart gained nothing; 0 = never"
              + " (default: 10 on observed spectra, 0 on simulated ones).")
  @Nullable Integer patience;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Spectra a step (default: ${DEFAULT-VALUE}).")
  int batch = 128;

  @Option(
      names = "--members",
      paramLabel = "K",
      defaultValue = "5",
      description = "Redshift networks a family (default: ${DEFAULT-VALUE}).")
  int members = 5;

  @Option(
      names = "--classifier",
      paramLabel = "KIND",
      defaultValue = "COMPACT",
      description =
          "${COMPLETION-CANDIDATES}: a small network, or GaSNet-II's at --width (default: ${DEFAULT-VALUE}).")
  TrainingConfig.ClassifierNetwork classifier = TrainingConfig.ClassifierNetwork.COMPACT;

  @Option(
      names = "--width",
      paramLabel = "W",
      defaultValue = "0.25",
      description = "Classifier's channels, times GaSNet-II's (default: ${DEFAULT-VALUE}).")
  double width = 0.25;

  @Option(
      names = "--redshift-network",
      paramLabel = "KIND",
      defaultValue = "CROSS_CORRELATION",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  TrainingConfig.RedshiftNetwork network = TrainingConfig.RedshiftNetwork.CROSS_CORRELATION;

  @Option(
      names = "--redshifts",
      paramLabel = "DIR",
      description =
          "Takes the redshift networks of another training as they are: the folder redshifts in its work directory."
              + " Grid and normalisation must be the same.")
  @Nullable Path redshifts;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    TrainingSource source = making.source(spec.commandLine());
    TrainingConfig config =
        new TrainingConfig(
            survey,
            version,
            preset(),
            normalisation,
            making.templates,
            making.seed,
            pool,
            making.heldBack,
            classifierSteps,
            redshiftSteps,
            quasarSteps,
            starSteps,
            patience == null ? (source == null ? 0 : OBSERVED_PATIENCE) : patience,
            batch,
            members,
            classifier,
            width,
            network,
            making.output,
            work == null ? making.output.resolve(".training-" + survey + "-" + version) : work,
            redshifts);
    try (StageProgress progress = new StageProgress(out)) {
      ModelCard card = new BundleTrainer(config, source, progress::report).run();
      progress.close();
      out.printf("curves: %s%n", TrainingPlot.write(config.work()));
      MadeBundle.tell(card, making.output, out);
    }
    out.flush();
    return Nightglass.OK;
  }

  private SurveyPreset preset() {
    SurveyPreset preset = SurveyPreset.named(survey);
    if (making.tables != null && grid == null) {
      preset = preset.withGrid(ModelGrid.SDSS_3600);
    }
    if (!classes.isEmpty()) {
      preset = preset.withClasses(classes);
    }
    if (grid == null) {
      return preset;
    }
    return switch (grid) {
      case "optical4368" -> preset.withGrid(ModelGrid.OPTICAL_4368);
      case "sdss3600" -> preset.withGrid(ModelGrid.SDSS_3600);
      default ->
          throw new ParameterException(
              spec.commandLine(), "--grid is optical4368 or sdss3600, got '" + grid + "'");
    };
  }
}
