package org.nightglass;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Holds the one-way flow: a stage never imports a later one. */
class ArchitectureTest {
  private static JavaClasses all;

  @BeforeAll
  static void read() {
    all =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("org.nightglass");
  }

  @Test
  void shouldPassSpectraOneWayThroughTheStages() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("spectrum")
        .definedBy("org.nightglass.spectrum..")
        .layer("ingest")
        .definedBy("org.nightglass.ingest..")
        .layer("prepare")
        .definedBy("org.nightglass.prepare..")
        .layer("infer")
        .definedBy("org.nightglass.infer..")
        .layer("batch")
        .definedBy("org.nightglass.batch..")
        .layer("night")
        .definedBy("org.nightglass.night..")
        .layer("decide")
        .definedBy("org.nightglass.decide..")
        .layer("policy")
        .definedBy("org.nightglass.policy..")
        .layer("account")
        .definedBy("org.nightglass.account..")
        .layer("publish")
        .definedBy("org.nightglass.publish..")
        .layer("topology")
        .definedBy("org.nightglass.topology..")
        .layer("evaluate")
        .definedBy("org.nightglass.evaluate..")
        .layer("metrics")
        .definedBy("org.nightglass.metrics..")
        .layer("serve")
        .definedBy("org.nightglass.serve..")
        .layer("report")
        .definedBy("org.nightglass.report..")
        .layer("app")
        .definedBy("org.nightglass.app..")
        .layer("demo")
        .definedBy("org.nightglass.demo..")
        .layer("survey")
        .definedBy("org.nightglass.survey..")
        .layer("cli")
        .definedBy("org.nightglass.cli..")
        .whereLayer("spectrum")
        .mayNotAccessAnyLayer()
        .whereLayer("ingest")
        .mayOnlyAccessLayers("spectrum")
        .whereLayer("prepare")
        .mayOnlyAccessLayers("spectrum")
        .whereLayer("infer")
        .mayOnlyAccessLayers("spectrum", "prepare")
        .whereLayer("batch")
        .mayOnlyAccessLayers("spectrum", "prepare", "infer")
        .whereLayer("decide")
        .mayOnlyAccessLayers("spectrum", "prepare", "infer")
        .whereLayer("publish")
        .mayOnlyAccessLayers("spectrum", "ingest", "prepare", "infer", "night", "decide", "policy")
        .whereLayer("policy")
        .mayOnlyAccessLayers("decide")
        .whereLayer("account")
        .mayOnlyAccessLayers("spectrum", "night", "decide", "policy")
        .whereLayer("account")
        .mayOnlyBeAccessedByLayers("topology", "serve")
        .whereLayer("night")
        .mayNotAccessAnyLayer()
        .whereLayer("evaluate")
        .mayOnlyAccessLayers("spectrum", "prepare", "infer", "decide")
        .whereLayer("evaluate")
        .mayOnlyBeAccessedByLayers("survey", "report", "cli")
        .whereLayer("metrics")
        .mayOnlyAccessLayers("infer", "batch", "publish")
        .whereLayer("serve")
        .mayOnlyAccessLayers(
            "spectrum", "ingest", "prepare", "infer", "decide", "policy", "account", "metrics")
        .whereLayer("report")
        .mayOnlyAccessLayers("evaluate", "serve")
        .whereLayer("report")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("topology")
        .mayOnlyBeAccessedByLayers("app")
        .whereLayer("app")
        .mayOnlyBeAccessedByLayers("demo", "survey", "cli")
        .whereLayer("demo")
        .mayOnlyBeAccessedByLayers("survey", "cli")
        .whereLayer("survey")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .check(all);
  }

  @Test
  void shouldKnowTensorFlowOnlyWhereModelsRunAndAreTrained() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.nightglass.infer..", "org.nightglass.train..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.tensorflow..", "org.bytedeco..")
        .check(all);
  }

  @Test
  void shouldKnowKafkaStreamsOnlyInTheBatcherAndTheTopology() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "org.nightglass.batch..", "org.nightglass.topology..", "org.nightglass.app..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka.streams..")
        .check(all);
  }

  @Test
  void shouldKeepKafkasInternalsInQuarantine() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.nightglass.embedded..")
        .and()
        .haveNameNotMatching("org\\.nightglass\\.batch\\.DrainOnCommitStore.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..internals..")
        .check(all);
  }

  @Test
  void shouldLeaveTheBatchersCoreFreeOfKafka() {
    classes()
        .that()
        .haveNameMatching("org\\.nightglass\\.batch\\.(MicroBatcher|IsolatingRunner|SharedModel).*")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackage("org.apache.kafka..")
        .check(all);
  }

  @Test
  void shouldKeepTheAccountFreeOfKafka() {
    noClasses()
        .that()
        .resideInAPackage("org.nightglass.account..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.nightglass.schemas..")
        .check(all);
  }

  @Test
  void shouldKnowTheStoreAndTheHttpServerOnlyWhereItServes() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.nightglass.serve..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.rocksdb..", "io.javalin..", "org.eclipse.jetty..")
        .check(all);
  }

  @Test
  void shouldEvaluateWithoutTheStreamAndWithoutTraining() {
    noClasses()
        .that()
        .resideInAPackage("org.nightglass.evaluate..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.nightglass.train..")
        .check(all);
  }

  @Test
  void shouldSimulateAndReadFilesWithoutAnythingOfTheStream() {
    noClasses()
        .that()
        .resideInAnyPackage("org.nightglass.fits..", "org.nightglass.simulate..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.nightglass.infer..", "org.nightglass.topology..", "org.apache.kafka..")
        .check(all);
  }

  @Test
  void shouldHideTheSimulatorsTruthFromTheScheduler() {
    noClasses()
        .that()
        .resideInAPackage("org.nightglass.survey.scheduler..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.nightglass.survey", "org.nightglass.simulate..", "org.nightglass.app..")
        .check(all);
  }
}
