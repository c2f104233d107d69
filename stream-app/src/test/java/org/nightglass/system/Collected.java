package org.nightglass.system;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.nightglass.avro.Reject;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.demo.OutputReader;

/** Results and rejects as they come. */
final class Collected implements OutputReader.Sink {
  final List<SpectrumResult> results = new CopyOnWriteArrayList<>();
  final List<Reject> rejects = new CopyOnWriteArrayList<>();

  @Override
  public void result(SpectrumResult result) {
    results.add(result);
  }

  @Override
  public void reject(Reject reject) {
    rejects.add(reject);
  }
}
