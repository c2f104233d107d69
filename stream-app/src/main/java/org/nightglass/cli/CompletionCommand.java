package org.nightglass.cli;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    description = {
      "Writes a script that makes the shell complete commands and options.",
      "For bash: source <(./nightglass completion bash)",
      "For zsh:  source <(./nightglass completion zsh)"
    })
final class CompletionCommand implements Callable<Integer> {
  enum Shell {
    BASH,
    ZSH;

    /** As it is typed, which is how it is completed. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @Spec CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
  Shell shell = Shell.BASH;

  @Override
  public Integer call() {
    CommandLine root = spec.root().commandLine();
    // picocli's script serves both: in zsh it loads bash's way of completing first.
    spec.commandLine().getOut().println(AutoComplete.bash(root.getCommandName(), root));
    spec.commandLine().getOut().flush();
    return Nightglass.OK;
  }
}
