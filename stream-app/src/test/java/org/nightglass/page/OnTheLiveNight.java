package org.nightglass.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the {@link LiveNight}: one for all of them, started by the first, ended after the
 * last.
 */
final class OnTheLiveNight implements ParameterResolver {
  private static final ExtensionContext.Namespace HERE =
      ExtensionContext.Namespace.create(OnTheLiveNight.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LiveNight.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(HERE)
        .computeIfAbsent(LiveNight.class, unused -> start(), LiveNight.class);
  }

  private static LiveNight start() {
    try {
      return LiveNight.start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
