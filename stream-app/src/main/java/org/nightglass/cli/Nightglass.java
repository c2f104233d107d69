package org.nightglass.cli;

import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.nightglass.app.Version;
import org.nightglass.config.ConfigFaultsException;
import org.nightglass.embedded.EmbeddedServiceException;
import org.nightglass.fits.UnreadableFileException;
import org.nightglass.infer.ModelException;
import org.nightglass.report.ReportException;
import org.nightglass.survey.SurveyFaultException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line's root. */
@Command(
    name = "nightglass",
    description = "Classes and redshifts of a night's spectra, within the night.",
    versionProvider = Nightglass.BuildVersion.class,
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      DemoCommand.class,
      RunCommand.class,
      ClassifyCommand.class,
      ReplayCommand.class,
      SimulateCommand.class,
      SimulateSurveyCommand.class,
      BrokerCommand.class,
      CheckConfigCommand.class,
      TrainCommand.class,
      CalibrateCommand.class,
      EvaluateCommand.class,
      ReportCommand.class,
      CompletionCommand.class,
      BenchCommand.class,
      HelpCommand.class
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all is well",
      "1:something went wrong; the last line says what",
      "2:the command line or the configuration is wrong; every fault is listed",
      "3:done, but some input files could not be read"
    },
    footerHeading = "%nTo begin with:%n",
    footer = {
      "  ./nightglass demo --once --spectra 500     a simulated night on embedded parts",
      "  ./nightglass classify spec-*.fits          no Kafka, one row a spectrum",
      "  ./nightglass COMMAND --help                a command and its options"
    })
public final class Nightglass {
  static final int OK = 0;
  static final int FAILED = 1;
  static final int WRONG_USE = 2;
  static final int SOME_UNREADABLE = 3;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show stack traces and the libraries' own messages.")
  boolean debug;

  private Nightglass() {}

  /** Runs a command and ends with its exit code. */
  public static void main(String[] arguments) {
    Locale.setDefault(Locale.ROOT); // decimal points, whatever the machine's language
    System.exit(commandLine().execute(arguments));
  }

  /** The command line, for {@link #main} and for tests. */
  public static CommandLine commandLine() {
    Nightglass root = new Nightglass();
    CommandLine line = new CommandLine(root);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setExecutionStrategy(
        parsed -> {
          Logs.configure(root.debug);
          return new CommandLine.RunLast().execute(parsed);
        });
    line.setExecutionExceptionHandler(
        (failure, command, parsed) -> {
          Logs.configure(root.debug);
          if (root.debug) {
            failure.printStackTrace(command.getErr());
          }
          command
              .getErr()
              .println(command.getColorScheme().errorText("nightglass: " + explain(failure)));
          command.getErr().flush();
          return failure instanceof ConfigFaultsException ? WRONG_USE : FAILED;
        });
    return line;
  }

  private static String explain(Throwable failure) {
    boolean speaksForItself =
        failure instanceof ConfigFaultsException
            || failure instanceof ModelException
            || failure instanceof EmbeddedServiceException
            || failure instanceof IllegalArgumentException
            || failure instanceof FileSystemException
            || failure instanceof UncheckedIOException
            || failure instanceof UnreadableFileException
            || failure instanceof ReportException
            || failure instanceof SurveyFaultException
            || failure instanceof CommandFailedException;
    String message = failure.getMessage();
    if (speaksForItself && message != null) {
      return message;
    }
    return failure + " (--debug shows more)";
  }

  static final class BuildVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"nightglass " + Version.text()};
    }
  }
}
