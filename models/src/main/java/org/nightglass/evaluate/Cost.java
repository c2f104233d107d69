package org.nightglass.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nightglass.infer.ModelCard.Redshift;
import org.nightglass.infer.NetworkCost;
import org.nightglass.infer.SpectrumModel;

/**
 * What a bundle costs by its networks' graphs, on the spectra that it was judged on.
 *
 * @param parameters of all networks together; see {@link NetworkCost#parameters}
 * @param mflopPerSpectrum million floating-point operations a spectrum: the classifier's, and those
 *     of the ensembles that were asked about it
 * @param precision of these operations' numbers, as settings name it
 * @param networks the classifier, then each ensemble
 */
public record Cost(
    long parameters, double mflopPerSpectrum, String precision, List<OfNetwork> networks) {

  /**
   * A network, or an ensemble with all its members.
   *
   * @param name its folder in the bundle
   * @param parameters see {@link NetworkCost#parameters}
   * @param mflop million floating-point operations when it is asked
   * @param asked how often a spectrum
   */
  public record OfNetwork(String name, long parameters, double mflop, double asked) {}

  /**
   * @param model that has run
   * @param spectra how many it was given
   * @return null for a model that does not tell, or was given nothing
   */
  static @Nullable Cost of(SpectrumModel model, int spectra) {
    List<NetworkCost> costs = model.costs();
    List<Long> asked = model.statistics().asked();
    if (costs.isEmpty() || costs.size() != asked.size() || spectra == 0) {
      return null;
    }
    List<String> names = new ArrayList<>();
    names.add(model.card().classifier().network().path());
    for (Redshift redshift : model.card().redshifts()) {
      names.add(redshift.network().path());
    }
    List<OfNetwork> networks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      NetworkCost cost = costs.get(i);
      networks.add(
          new OfNetwork(
              names.get(i), cost.parameters(), cost.flop() / 1e6, asked.get(i) / (double) spectra));
    }
    return new Cost(
        networks.stream().mapToLong(OfNetwork::parameters).sum(),
        networks.stream().mapToDouble(n -> n.mflop() * n.asked()).sum(),
        model.precision().toString(),
        List.copyOf(networks));
  }
}
