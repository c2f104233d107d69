package org.nightglass.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nightglass.bench.Projection.Costs;
import org.nightglass.bench.Projection.Site;
import org.nightglass.bench.Projection.Workload;

class ProjectionTest {
  /**
   * 4 ms of CPU, 1 of them not the model's; half a ms of broker; 80 % busy; 30 and 2 kB; 200 MFLOP.
   */
  private static final Costs COSTS = new Costs(4e-3, 1e-3, 0.5e-3, 0.8, 30e3, 2e3, 200e6);

  private static final Site SITE = new Site(3, 100e6, 10e12, 0.25, 0.5);

  @TempDir Path folder;

  @Test
  void shouldComeToWhatIsWorkedOutByHand() {
    Projection p = Projection.of(new Workload("w", 1e6, 1000), COSTS, SITE);
    assertThat(p.rate()).isEqualTo(1000);
    // 4 CPU seconds a second; a core gives 0.8 · 0.5 of one.
    assertThat(p.applicationCores()).isCloseTo(10, within(1e-9));
    assertThat(p.partitions()).isEqualTo(10);
    assertThat(p.hostCores()).isCloseTo(2.5, within(1e-9));
    // 0.5 CPU seconds a second for each of three copies.
    assertThat(p.brokerCores()).isCloseTo(3.75, within(1e-9));
    // 200 GFLOP a second; a GPU gives 10 T · 0.25 · 0.5 = 1,250.
    assertThat(p.gpus()).isCloseTo(0.16, within(1e-9));
    // 32 MB/s come in, and are written three times, and read once.
    assertThat(p.networkBytes()).isCloseTo(128e6, within(1.0));
    assertThat(p.diskBytes()).isCloseTo(96e9, within(1e3));
    assertThat(p.brokers()).as("96 MB/s on brokers of 100, but three copies").isEqualTo(3);
  }

  @Test
  void shouldAskForMoreBrokersThanCopiesWhereTheirRateIsTooSmall() {
    Projection p = Projection.of(new Workload("w", 1e7, 1000), COSTS, SITE);
    assertThat(p.brokers()).isEqualTo(10);
  }

  @Test
  void shouldReachWithAllCoresWhatTheyAreBusyWith() {
    assertThat(Projection.rate(2, COSTS)).isCloseTo(2 * 0.8 / 4.5e-3, within(1e-9));
  }

  @Test
  void shouldTakeCostsFromOneInstanceAndHoldThemAgainstTheOthers() throws IOException {
    Path file = folder.resolve("scale.json");
    Files.writeString(
        file,
        """
        {"cores": 2, "mflop_per_spectrum": 200.0, "model.1000": %s, "model.5000": %s,
         "raw_session": %s, "instances.1": %s, "instances.2": %s,
         "bytes_per_spectrum.input": 30000.0,
         "bytes_per_spectrum.output.instances.1": 2000.0, "bytes_per_spectrum.output.instances.2": 2500.0}
        """
            .formatted(
                row(450, 4.1, 0.5),
                row(500, 3.9, 0.5),
                row(600, 3.0, 0.0),
                row(400, 4.0, 0.5),
                row(370, 4.3, 0.5)));
    ScaleFigures figures = ScaleFigures.read(file);
    Costs costs = figures.costs();
    assertThat(costs.cpu()).isCloseTo(4e-3, within(1e-12));
    assertThat(costs.hostCpu()).isCloseTo(1e-3, within(1e-12));
    assertThat(costs.busy()).as("400 · 4.5 ms of 2 s").isCloseTo(0.9, within(1e-9));
    assertThat(costs.outputBytes()).isEqualTo(2000);
    List<ScaleFigures.Check> checks = figures.checks();
    assertThat(checks)
        .extracting(ScaleFigures.Check::name)
        .containsExactly(
            "model.1000, in a warm JVM, spectra/s",
            "model.5000, in a warm JVM, spectra/s",
            "instances.2, spectra/s",
            "instances.2, bytes out a spectrum");
    assertThat(checks)
        .extracting(ScaleFigures.Check::measured)
        .containsExactly(450.0, 500.0, 370.0, 2500.0);
    assertThat(checks.get(2).projected()).isCloseTo(400, within(1e-9));
    assertThat(checks.get(3).projected()).isEqualTo(2000);
  }

  @Test
  void shouldNameTheFigureThatAFileLacks() throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{\"instances.1\": {}}");
    assertThatThrownBy(() -> ScaleFigures.read(file).costs())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other.json has no number instances.1.cpu_seconds_per_1000");
  }

  private static String row(double rate, double cpu, double services) {
    return """
        {"spectra_per_second": {"median": %s}, "cpu_seconds_per_1000": {"median": %s},
         "services_cpu_seconds_per_1000": {"median": %s}}"""
        .formatted(rate, cpu, services);
  }
}
