package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.ModelBundles;
import org.nightglass.infer.ModelCard;
import org.nightglass.train.BundleCalibrator;
import org.nightglass.train.CalibrationConfig;
import org.nightglass.train.SurveyPreset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "calibrate",
    description = {
      "Calibrates a model bundle anew, its networks as they are: probabilities of classes, the limit for what is no source,"
          + " redshifts' errors, second opinions, and from which limits a redshift is accepted. Writes a bundle of another"
          + " version.",
      "For a bundle that came without trustworthy errors, or once a survey has spectra of its own whose redshifts it knows:"
          + " --spectra and --catalog, or --gasnet-tables, none of which the networks were trained on. Without them it"
          + " simulates."
    })
final class CalibrateCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--bundle",
      required = true,
      paramLabel = "NAME",
      description = "Model bundle: name, name/version or folder.")
  String bundle = "";

  @Option(
      names = "--bundle-version",
      required = true,
      paramLabel = "V",
      description = "Version of the bundle to make.")
  String version = "";

  @Option(
      names = "--survey",
      paramLabel = "NAME",
      description =
          "Whose spectrographs to simulate: sdss13, desi, 4most10; all other names stand for SDSS and BOSS (default: the"
              + " bundle's name).")
  @Nullable String survey;

  @Mixin MakingOptions making = new MakingOptions();

  @Override
  public Integer call() throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    TrainingSource source = making.source(spec.commandLine());
    ModelBundle found = ModelBundles.find(bundle, List.of(Home.bundles()));
    SurveyPreset preset = SurveyPreset.named(survey == null ? found.card().name() : survey);
    CalibrationConfig config =
        new CalibrationConfig(
            found, version, preset, making.templates, making.seed, making.heldBack, making.output);
    try (StageProgress progress = new StageProgress(out)) {
      ModelCard card = new BundleCalibrator(config, source, progress::report).run();
      progress.close();
      MadeBundle.tell(card, making.output, out);
    }
    out.flush();
    return Nightglass.OK;
  }
}
