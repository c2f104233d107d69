package org.nightglass.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.nightglass.app.Cluster;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.config.NightglassConfig;
import org.nightglass.demo.SpectrumSource;
import org.nightglass.produce.Pacer;
import org.nightglass.produce.RecordTooBigException;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    description = {
      "Sends spectra in FITS files to the spectra topic, as Avro events.",
      "Reads SDSS and BOSS spec-*.fits and DESI coadds, plain or gzipped; folders are walked. Spectra of any age may be"
          + " sent: their time of observation is in the event, not in Kafka's timestamp.",
      "A file that cannot be read is reported and skipped; the exit code then is 3."
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "FITS files or folders of them.")
  List<Path> paths = List.of();

  @Mixin ConfigOptions options = new ConfigOptions();

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "0",
      description = "Spectra a second; 0, the default, as fast as the broker takes them.")
  double rate;

  @Override
  public Integer call() {
    NightglassConfig config = options.config(options.given());
    Pacer pacer = Pacer.perSecond(rate);
    SpectrumSource source = SpectrumSource.files(paths);
    if (source.size() == 0) {
      throw new CommandFailedException("no *.fits or *.fits.gz in " + paths);
    }
    List<String> faults = Cluster.prepareTopics(config);
    if (!faults.isEmpty()) {
      throw new ConfigFaultsException("replay", faults);
    }
    AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
    serializer.configure(config.serdes(), false);
    AtomicInteger taken = new AtomicInteger();
    AtomicInteger broken = new AtomicInteger();
    List<String> refused = Collections.synchronizedList(new ArrayList<>());
    try (SpectrumSender sender =
            SpectrumSender.open(config.kafka(), serializer, config.topics().spectra());
        Progress progress = Progress.of("replay", source.size(), true)) {
      source.forEach(
          item -> {
            pause(pacer.waitBefore(System.nanoTime()));
            String id = item.spectrum().observation().spectrumId();
            try {
              sender
                  .send(item.spectrum())
                  .whenComplete(
                      (at, failure) -> {
                        if (failure == null) {
                          taken.incrementAndGet();
                        } else {
                          refused.add(id + ": " + failure.getMessage());
                        }
                      });
            } catch (RecordTooBigException e) {
              refused.add(id + ": " + e.getMessage());
            }
            progress.step();
          },
          unreadable -> {
            broken.incrementAndGet();
            complain("skipped: " + unreadable.getMessage());
            progress.step();
          });
    }
    refused.forEach(each -> complain("refused: " + each));
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%,d spectra sent to %s, %d refused, %d files unreadable%n",
        taken.get(), config.topics().spectra(), refused.size(), broken.get());
    out.flush();
    return !refused.isEmpty()
        ? Nightglass.FAILED
        : broken.get() > 0 ? Nightglass.SOME_UNREADABLE : Nightglass.OK;
  }

  private static void pause(Duration wait) {
    if (wait.isZero()) {
      return;
    }
    try {
      Thread.sleep(wait.toMillis(), wait.toNanosPart() % 1_000_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailedException("interrupted");
    }
  }

  private void complain(String line) {
    PrintWriter err = spec.commandLine().getErr();
    err.println(line);
    err.flush();
  }
}
