package org.nightglass.system;

import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.demo.Account;
import org.nightglass.demo.OutputReader;

/** Enters whatever is read into an account. */
final class Books {
  private Books() {}

  static OutputReader.Sink of(Account account) {
    return new OutputReader.Sink() {
      @Override
      public void result(SpectrumResult result) {
        account.result(result);
      }

      @Override
      public void reject(Reject reject) {
        account.reject(reject);
      }
    };
  }
}
