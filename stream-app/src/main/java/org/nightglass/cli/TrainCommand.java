package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard;
import org.nightglass.train.BundleTrainer;
import org.nightglass.train.TrainingConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "train",
    description = {
      "Trains a model bundle on simulated spectra: a classifier, and a redshift ensemble each for galaxies and quasars;"
          + " calibrates their errors on held-back simulations, and writes the bundle with its card.",
      "Stopped at any time, it goes on from its checkpoints when it is run again with the same options.",
      "Give it memory: 14 kB a simulated spectrum, for instance NIGHTGLASS_JAVA_OPTS=-Xmx4g."
    })
final class TrainCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--survey",
      required = true,
      paramLabel = "NAME",
      description = "The bundle's name: lower-case letters, digits, dashes.")
  String survey = "";

  @Option(
      names = "--bundle-version",
      paramLabel = "V",
      defaultValue = "1",
      description = "The bundle's version (default: ${DEFAULT-VALUE}).")
  String version = "1";

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
      description = "Folder of bundles; the bundle goes to DIR/NAME/V.")
  Path output = Path.of("");

  @Option(
      names = "--work",
      paramLabel = "DIR",
      description = "Checkpoints and logs (default: OUTPUT/.training-NAME-V).")
  @Nullable Path work;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "Default: ${DEFAULT-VALUE}.")
  long seed = 1;

  @Option(
      names = "--spectra",
      paramLabel = "N",
      defaultValue = "45000",
      description = "Simulated spectra a class (default: ${DEFAULT-VALUE}).")
  int spectra = 45_000;

  @Option(
      names = "--held-back",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Simulated spectra a class to calibrate on (default: ${DEFAULT-VALUE}).")
  int heldBack = 4000;

  @Option(
      names = "--classifier-steps",
      paramLabel = "N",
      defaultValue = "4000",
      description = "Training steps of the classifier (default: ${DEFAULT-VALUE}).")
  long classifierSteps = 4000;

  @Option(
      names = "--redshift-steps",
      paramLabel = "N",
      defaultValue = "2500",
      description = "Training steps of each redshift network (default: ${DEFAULT-VALUE}).")
  long redshiftSteps = 2500;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "128",
      description = "Spectra a step (default: ${DEFAULT-VALUE}).")
  int batch = 128;

  @Option(
      names = "--members",
      paramLabel = "K",
      defaultValue = "3",
      description = "Redshift networks a class (default: ${DEFAULT-VALUE}).")
  int members = 3;

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

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    TrainingConfig config =
        new TrainingConfig(
            survey,
            version,
            templates,
            seed,
            spectra,
            heldBack,
            classifierSteps,
            redshiftSteps,
            batch,
            members,
            width,
            network,
            output,
            work == null ? output.resolve(".training-" + survey + "-" + version) : work);
    try (StageProgress progress = new StageProgress(out)) {
      ModelCard card = new BundleTrainer(config, progress::report).run();
      progress.close();
      out.printf(
          "%s/%s is in %s%n", card.name(), card.version(), output.resolve(survey).resolve(version));
      new TreeMap<>(card.metrics())
          .forEach((name, value) -> out.printf("  %-48s %12.5g%n", name, value));
    }
    out.flush();
    return Nightglass.OK;
  }
}
