package org.nightglass.train;

import java.util.List;
import org.nightglass.infer.ModelCard.ClassifierKind;

/**
 * A bundle's networks and what they are for, whoever trained them. Owns them.
 *
 * @param classifier gives a number a class, and one more if it tells what is no source
 * @param kind what its numbers mean
 * @param ensembles redshift networks
 * @param scheme which of the classes a spectrum belongs to
 * @param inputSize numbers of a spectrum's input, the same for all networks
 */
record BundleNetworks(
    FixedNetwork classifier,
    ClassifierKind kind,
    List<Ensemble> ensembles,
    ClassScheme scheme,
    int inputSize)
    implements AutoCloseable {

  /** The same networks, described otherwise. */
  BundleNetworks with(List<Ensemble> others) {
    return new BundleNetworks(classifier, kind, others, scheme, inputSize);
  }

  @Override
  public void close() {
    classifier.close();
    ensembles.forEach(Ensemble::close);
  }
}
