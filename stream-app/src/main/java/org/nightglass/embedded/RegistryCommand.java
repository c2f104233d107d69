package org.nightglass.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The registry's process: command line, environment and files.
 *
 * @param runnerJar the jar that starts Apicurio
 * @param port the port to listen on, 0 for a free one
 * @param database where the H2 files go, without extension; null for memory only
 * @param work an existing directory of this process alone: launcher class, port file, temporary
 *     files; also its working directory, because Quarkus reads settings from there
 * @param log where its output goes
 * @param temporary a directory that the process deletes at its end; null if all is kept
 */
record RegistryCommand(
    Path runnerJar,
    int port,
    @Nullable Path database,
    Path work,
    Path log,
    @Nullable Path temporary) {

  /** Measured: 26 MB live once started; 198 MB resident with this limit. */
  private static final String HEAP = "-Xmx160m";

  /** Settings of a JVM or of a registry that were meant for somebody else. */
  private static final List<String> FOREIGN_VARIABLES =
      List.of(
          "JAVA_TOOL_OPTIONS",
          "JDK_JAVA_OPTIONS",
          "_JAVA_OPTIONS",
          "CLASSPATH",
          "QUARKUS_",
          "APICURIO_",
          "REGISTRY_");

  /** The file that the child writes its port to. */
  Path portFile() {
    return work.resolve("port");
  }

  /** Starts the process; its standard input is the line that keeps it alive. */
  Process start() throws IOException {
    Files.deleteIfExists(portFile());
    Files.createDirectories(work.resolve("tmp"));
    ProcessBuilder builder =
        new ProcessBuilder(commandLine())
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> FOREIGN_VARIABLES.stream().anyMatch(name::startsWith));
    return builder.start();
  }

  private List<String> commandLine() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // A server that starts often and does little: the second compiler and a parallel collector cost
    // it more time than they save (4.0 s to the first answer with them, 2.7 s without).
    command.addAll(List.of(HEAP, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Djava.io.tmpdir=" + work.resolve("tmp"));
    command.add("-Dapicurio.import.work-dir=" + work.resolve("tmp"));
    command.add("-Dapicurio.storage.snapshot.location=" + work.resolve("tmp"));
    command.add("-Dquarkus.http.host=" + LoopbackPort.HOST);
    command.add("-Dquarkus.http.port=" + port);
    // Off in the version we ship; should another one switch it on, it is not to be seen either.
    command.add("-Dquarkus.management.host=" + LoopbackPort.HOST);
    command.add("-Dquarkus.management.port=0");
    command.add("-Dquarkus.http.access-log.enabled=false");
    // 20 open connections to the database by default, for one user.
    command.add("-Dapicurio.datasource.jdbc.initial-size=1");
    command.add("-Dapicurio.datasource.jdbc.min-size=1");
    command.add("-Dapicurio.storage.kind=sql");
    command.add("-Dapicurio.storage.sql.kind=h2");
    command.add("-Dapicurio.datasource.url=" + databaseUrl());
    command.add("-cp");
    command.add(runnerJar.toAbsolutePath() + java.io.File.pathSeparator + launcherClasses());
    command.add(RegistryLauncher.class.getName());
    command.add(portFile().toString());
    if (temporary != null) {
      command.add(temporary.toString());
    }
    return command;
  }

  private String databaseUrl() {
    if (database == null) {
      return "jdbc:h2:mem:registry";
    }
    if (database.toString().contains(";")) {
      throw new EmbeddedServiceException(
          "The registry cannot keep its data in " + database + ": no ';' in the path, please",
          null);
    }
    // An id that a client has seen is in records already: it is on disk before the answer.
    return "jdbc:h2:file:" + database + ";WRITE_DELAY=0";
  }

  /**
   * A directory with the launcher class and nothing else: the rest of our class path would bring
   * other versions of the registry's own libraries.
   */
  private Path launcherClasses() throws IOException {
    Path classes = work.resolve("launcher");
    String name = RegistryLauncher.class.getName().replace('.', '/') + ".class";
    Path file = classes.resolve(name);
    Files.createDirectories(file.resolveSibling("."));
    try (InputStream code = RegistryLauncher.class.getResourceAsStream("/" + name)) {
      if (code == null) {
        throw new IOException(name + " is not on the class path");
      }
      Files.copy(code, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return classes;
  }
}
