package org.nightglass.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nightglass.app.Served;
import org.nightglass.config.NightglassConfig;
import org.nightglass.report.ApiClient;
import org.nightglass.report.NightReport;
import org.nightglass.report.ReportFiles;
import org.nightglass.serve.NightglassServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "report",
    description = {
      "Writes the report of a night: one page with every plot inside, and results, targets, fields, tallies and rejects"
          + " as CSV and as one FITS file.",
      "From a running instance with --url; or straight from the topics, with --config or the options that stand for it."
    })
final class ReportCommand implements Callable<Integer> {
  private static final Pattern NIGHT = Pattern.compile("[0-9]{8}");
  private static final long LOOK_AGAIN_MS = 200;

  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--night",
      required = true,
      paramLabel = "YYYYMMDD",
      description = "The night: local date at its start.")
  String night = "";

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "A running instance, for instance http://127.0.0.1:8080.")
  @Nullable URI url;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "DIR",
      defaultValue = ".",
      description = "Folder for the files (default: the current one).")
  Path output = Path.of(".");

  @Option(
      names = "--patience",
      paramLabel = "S",
      defaultValue = "600",
      description =
          "Without --url: seconds that reading the topics may take (default: ${DEFAULT-VALUE}).")
  int patienceSeconds = 600;

  @Mixin ConfigOptions options = new ConfigOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!NIGHT.matcher(night).matches()) {
      throw new IllegalArgumentException(
          "--night %s: must be YYYYMMDD, the local date at the night's start".formatted(night));
    }
    if (url != null) {
      write(new ApiClient(base(url)));
      return Nightglass.OK;
    }
    Map<String, String> given = options.given();
    if (given.isEmpty()) {
      throw new IllegalArgumentException(
          "where from? --url names a running instance, --config FILE the topics' cluster");
    }
    fromTopics(options.config(given));
    return Nightglass.OK;
  }

  private static URI base(URI url) {
    String text = url.toString();
    String scheme = String.valueOf(url.getScheme());
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException(
          "--url %s: must begin with http:// or https:// and name a host".formatted(text));
    }
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  private void fromTopics(NightglassConfig config) throws IOException, InterruptedException {
    Path state = Files.createTempDirectory("nightglass-report");
    try (NightglassServer reading = Served.reading(config, Home.bundles(), state)) {
      ApiClient api = new ApiClient(reading.address());
      say("Reading the topics …");
      long until = System.nanoTime() + Duration.ofSeconds(patienceSeconds).toNanos();
      while (!api.ready()) {
        if (System.nanoTime() > until) {
          throw new CommandFailedException(
              "the topics were not read within %d s (%s); --patience gives more time"
                  .formatted(
                      patienceSeconds, String.join("; ", reading.model().reasonsNotReady())));
        }
        Thread.sleep(LOOK_AGAIN_MS);
      }
      write(api);
    } finally {
      Folders.delete(state);
    }
  }

  private void write(ApiClient api) throws IOException {
    NightReport report = NightReport.fetch(api, night, part -> say("Fetching " + part + " …"));
    for (Path file : ReportFiles.write(report, output)) {
      say("  " + file);
    }
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
