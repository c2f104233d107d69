package org.nightglass.publish;

import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;

/** Is told of what goes out; called by the stream threads, and must not hold them up. */
public interface OutputWatcher {
  /** Looks away. */
  OutputWatcher NONE =
      new OutputWatcher() {
        @Override
        public void emitted(SpectrumResult result) {}

        @Override
        public void rejected(Reject reject) {}
      };

  /** A result is on its way; a crash before the commit makes it come again. */
  void emitted(SpectrumResult result);

  /** A reject is on its way, likewise. */
  void rejected(Reject reject);
}
