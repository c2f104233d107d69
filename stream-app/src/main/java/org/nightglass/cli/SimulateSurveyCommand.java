package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.nightglass.app.Version;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.infer.EngineOptions;
import org.nightglass.infer.ModelBundle;
import org.nightglass.infer.SavedModelEngine;
import org.nightglass.infer.SpectrumModel;
import org.nightglass.survey.FeedbackMode;
import org.nightglass.survey.SeedOutcome;
import org.nightglass.survey.SimulatedSurvey;
import org.nightglass.survey.Survey;
import org.nightglass.survey.SurveyPage;
import org.nightglass.survey.SurveyPlan;
import org.nightglass.survey.SurveyReport;
import org.nightglass.survey.SurveyText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "simulate-survey",
    description = {
      "Finds out what feedback is worth: a simulated telescope with weather, moon and failing fibres observes the same"
          + " fields without feedback, with feedback at the end of each night, and live, all through Kafka and the real"
          + " application on embedded parts. Tells redshift completeness against open-shutter time for each.",
      "The scheduler is an example, to be replaced by a survey's own."
    })
final class SimulateSurveyCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--survey",
      paramLabel = "NAME",
      defaultValue = "desi",
      description = "sdss, desi or 4most (default: ${DEFAULT-VALUE}).")
  String survey = "desi";

  @Option(
      names = "--nights",
      paramLabel = "N",
      defaultValue = "3",
      description =
          "Nights that it lasts; the number of fields follows (default: ${DEFAULT-VALUE}).")
  int nights = 3;

  @Option(
      names = "--feedback",
      paramLabel = "MODE",
      description =
          "none, morning or live; without it all three, one after the other, under the same sky.")
  @Nullable FeedbackMode feedback;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "First seed: same seed, same sky and weather (default: ${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(
      names = "--seeds",
      paramLabel = "K",
      defaultValue = "1",
      description = "So many seeds, one after the other (default: ${DEFAULT-VALUE}).")
  int seeds = 1;

  @Option(
      names = "--fibres",
      paramLabel = "F",
      defaultValue = "60",
      description = "Targets in a field (default: ${DEFAULT-VALUE}).")
  int fibres = 60;

  @Option(names = "--json", paramLabel = "FILE", description = "Write every number to a file.")
  @Nullable Path json;

  @Option(
      names = "--plot",
      paramLabel = "FILE",
      description = "Write the curves to an HTML page that needs no network.")
  @Nullable Path plot;

  @Mixin DemoSettings overrides = new DemoSettings();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Logs.quiet();
    SurveyPlan plan =
        new SurveyPlan(
            SimulatedSurvey.named(survey),
            nights,
            fibres,
            LongStream.range(0, seeds).map(i -> seed + i).boxed().toList(),
            feedback == null ? List.of(FeedbackMode.values()) : List.of(feedback));
    PrintWriter out = spec.commandLine().getOut();
    Map<String, String> shipped = SurveyPresets.settings(survey);
    Map<String, String> given = overrides.given();
    ModelBundle bundle = Survey.check(plan.preset(), shipped, given, Home.bundles());
    EngineOptions options = EngineOptions.forOneCaller();
    Path state = Files.createTempDirectory("nightglass-survey");
    say(out, "Starting a Kafka broker and a schema registry on loopback, warming up the model …");
    try (CleanExit unused = CleanExit.within(Duration.ofSeconds(90));
        EmbeddedParts parts = EmbeddedParts.start(0, 0, null);
        SpectrumModel model = SavedModelEngine.open(bundle, options)) {
      model.warmUp();
      List<SeedOutcome> outcomes =
          run(new Survey(plan, parts, model, state, shipped, given), plan, out);
      say(out, "");
      SurveyText.gains(outcomes).forEach(line -> say(out, line));
      write(plan, outcomes, model.card().name() + "/" + model.card().version());
    } finally {
      Folders.delete(state);
    }
    return Nightglass.OK;
  }

  private static List<SeedOutcome> run(Survey survey, SurveyPlan plan, PrintWriter out)
      throws InterruptedException {
    try (Progress progress = Progress.of("survey", 1, true)) {
      return survey.run(
          new Survey.Watcher() {
            @Override
            public void progress(String what, long done, long all) {
              progress.to(done, all);
            }

            @Override
            public void finished(SeedOutcome outcome) {
              say(out, "");
              SurveyText.table(plan, outcome).forEach(line -> say(out, line));
            }
          });
    }
  }

  private void write(SurveyPlan plan, List<SeedOutcome> outcomes, String model) throws IOException {
    if (json != null) {
      SurveyReport.of(plan, outcomes, Version.text(), model).write(json);
    }
    if (plot != null) {
      SurveyPage.write(plan, outcomes, plot);
    }
  }

  private static void say(PrintWriter out, String line) {
    out.println(line);
    out.flush();
  }
}
