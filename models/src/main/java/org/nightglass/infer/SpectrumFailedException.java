package org.nightglass.infer;

import java.util.List;

/**
 * The model runs, but gave numbers that are not finite for these spectra. Unlike {@link
 * ModelException} it speaks of the spectra and not of the model: the engine has made sure that the
 * network still answers its own reference spectrum. A caller retries the rest of the batch without
 * them.
 */
public final class SpectrumFailedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> spectrumIds;

  public SpectrumFailedException(String message, List<String> spectrumIds) {
    super(message);
    this.spectrumIds = List.copyOf(spectrumIds);
  }

  /** Which spectra failed, in the batch's order. */
  public List<String> spectrumIds() {
    return spectrumIds;
  }
}
