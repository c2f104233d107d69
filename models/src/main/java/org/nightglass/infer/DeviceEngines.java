package org.nightglass.infer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.nightglass.prepare.PreparedSpectrum;

/**
 * A bundle on several devices: sessions of its own on each, and every batch goes as a whole to the
 * device that has the fewest in it, so that a device which is slower, or shared with others, gets
 * less.
 *
 * <p>How many batches there are at a time is the caller's business; as many as there are devices
 * keep all of them at work. Safe for use by several threads.
 */
public final class DeviceEngines implements SpectrumModel {
  private final List<SavedModelEngine> engines;

  /** Batches in each engine now; guarded by itself. */
  private final int[] under;

  /** Where the search begins, so that idle devices take turns; guarded by {@link #under}. */
  private int turn;

  private DeviceEngines(List<SavedModelEngine> engines) {
    this.engines = engines;
    this.under = new int[engines.size()];
  }

  /**
   * Loads every network of a bundle on every device that is asked for.
   *
   * @return a single engine where there is one device
   * @throws ModelException if a network does not load or does not fit the card, or if a device was
   *     asked for that TensorFlow cannot use
   */
  public static SpectrumModel open(ModelBundle bundle, EngineOptions options) {
    Devices devices = Devices.find(options);
    if (devices.names().size() == 1) {
      return SavedModelEngine.open(bundle, devices, 0);
    }
    List<SavedModelEngine> engines = new ArrayList<>();
    try {
      for (int i = 0; i < devices.names().size(); i++) {
        engines.add(SavedModelEngine.open(bundle, devices, i));
      }
    } catch (RuntimeException e) {
      engines.forEach(SavedModelEngine::close);
      throw e;
    }
    return new DeviceEngines(List.copyOf(engines));
  }

  @Override
  public ModelCard card() {
    return engines.get(0).card();
  }

  @Override
  public int devices() {
    return engines.size();
  }

  @Override
  public Precision precision() {
    return engines.get(0).precision();
  }

  @Override
  public void warmUp() {
    engines.forEach(SavedModelEngine::warmUp);
  }

  @Override
  public List<Inference> infer(List<PreparedSpectrum> batch) {
    int chosen = enter();
    try {
      return engines.get(chosen).infer(batch);
    } finally {
      synchronized (under) {
        under[chosen]--;
      }
    }
  }

  private int enter() {
    synchronized (under) {
      int chosen = turn;
      for (int i = 1; i < under.length; i++) {
        int other = (turn + i) % under.length;
        chosen = under[other] < under[chosen] ? other : chosen;
      }
      turn = (chosen + 1) % under.length;
      under[chosen]++;
      return chosen;
    }
  }

  @Override
  public EngineStatistics statistics() {
    List<EngineStatistics> each = engines.stream().map(SavedModelEngine::statistics).toList();
    return new EngineStatistics(
        each.stream().mapToLong(EngineStatistics::runs).sum(),
        each.stream().mapToLong(EngineStatistics::rows).sum(),
        IntStream.range(0, each.get(0).asked().size())
            .mapToObj(network -> each.stream().mapToLong(e -> e.asked().get(network)).sum())
            .toList(),
        each.get(0).nativeBytes()); // of the whole process
  }

  /** What each device has done, in order. */
  List<EngineStatistics> statisticsOfDevices() {
    return IntStream.range(0, engines.size()).mapToObj(i -> engines.get(i).statistics()).toList();
  }

  @Override
  public void close() {
    engines.forEach(SavedModelEngine::close);
  }
}
