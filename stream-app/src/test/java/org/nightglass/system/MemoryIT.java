package org.nightglass.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.avro.Spectrum;
import org.nightglass.config.NightglassConfig;
import org.nightglass.config.Settings;
import org.nightglass.demo.Account;
import org.nightglass.demo.EmbeddedParts;
import org.nightglass.demo.OutputReader;
import org.nightglass.demo.SpectrumSource;
import org.nightglass.produce.SpectrumSender;
import org.nightglass.schemas.serde.AvroSerializer;
import org.nightglass.spectrum.ObservedSpectrum;

/**
 * The application's resident memory, native parts included, with batches of 256 and a heap of 512
 * MB. The heap is touched as a whole from the start, so that what grows is outside of it: how much
 * of its heap a JVM has come to use half-way is chance. In the build over a few thousand spectra;
 * {@code -Dnightglass.soak=100000} makes it the real thing.
 */
class MemoryIT {
  private static final int SPECTRA = Integer.getInteger("nightglass.soak", 6000);
  private static final long LIMIT_MB = 1500;
  private static final String WHOLE_HEAP = "-Xms512m -Xmx512m -XX:+AlwaysPreTouch";

  @TempDir Path folder;

  private static long residentMegabytes(long pid) throws IOException {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    assumeTrue(Files.exists(status), "no /proc on this system");
    return Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
            .findFirst()
            .orElseThrow()
        / 1024;
  }

  @Test
  void shouldStayWithinItsMemoryHoweverManySpectraPass() throws Exception {
    List<ObservedSpectrum> night = new ArrayList<>();
    SpectrumSource.simulated(256, 3, "20251221")
        .forEach(item -> night.add(item.spectrum()), e -> {});
    try (EmbeddedParts parts = EmbeddedParts.start(0, 0, null)) {
      NightglassConfig config =
          Shipped.config(
              parts, "memory", folder.resolve("unused"), Map.of(Settings.BATCH_MAX_SIZE, "256"));
      List<String> options =
          List.of(
              "--application-id", "memory",
              "-D", "topics.spectra=memory.spectra",
              "-D", "topics.results=memory.results",
              "-D", "topics.rejects=memory.rejects",
              "-D", "batch.max.size=256");
      try (ApplicationProcess application =
          ApplicationProcess.start(
              parts.bootstrapServers(),
              parts.registryUrl(),
              folder.resolve("state"),
              "memory",
              options,
              Map.of("NIGHTGLASS_JAVA_OPTS", WHOLE_HEAP))) {
        await().atMost(Duration.ofSeconds(120)).until(application::ready);
        Account account = new Account();
        AvroSerializer<Spectrum> serializer = new AvroSerializer<>();
        serializer.configure(config.serdes(), false);
        List<Long> resident = new ArrayList<>();
        try (OutputReader reader = new OutputReader(config, Books.of(account));
            SpectrumSender sender =
                SpectrumSender.open(config.kafka(), serializer, config.topics().spectra())) {
          int tenth = SPECTRA / 10;
          for (int sent = 0; sent < SPECTRA; ) {
            int until = Math.min(SPECTRA, sent + tenth);
            for (; sent < until; sent++) {
              String id = "spectrum " + sent;
              sender
                  .send(night.get(sent % night.size()))
                  .thenAccept(at -> account.sent(at.partition(), at.offset(), id));
            }
            int expected = sent;
            await()
                .atMost(Duration.ofMinutes(5))
                .until(() -> account.accounted() >= expected || !application.alive());
            assertThat(application.alive()).as(application.log()).isTrue();
            resident.add(residentMegabytes(application.pid()));
          }
        }
        System.out.printf("resident MB at every tenth of %,d spectra: %s%n", SPECTRA, resident);
        assertThat(account.faults()).isEmpty();
        assertThat(resident).as("resident MB at every tenth").allMatch(mb -> mb < LIMIT_MB);
        long growth = resident.get(9) - resident.get(4);
        assertThat(growth)
            .as("MB more at the end than half-way; all: %s", resident)
            .isLessThan(100);
      }
    }
  }
}
