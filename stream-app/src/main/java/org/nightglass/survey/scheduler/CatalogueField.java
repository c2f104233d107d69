package org.nightglass.survey.scheduler;

import java.util.List;

/**
 * A field as the survey's catalogue has it.
 *
 * @param id its name
 * @param raDeg right ascension of its centre, degrees, ICRS
 * @param decDeg declination of its centre, degrees, ICRS
 * @param targets what may be given a fibre in it, no more than there are fibres
 */
public record CatalogueField(String id, double raDeg, double decDeg, List<Target> targets) {
  public CatalogueField {
    targets = List.copyOf(targets);
  }

  /**
   * A target as it was selected.
   *
   * @param id its name
   * @param raDeg right ascension, degrees, ICRS
   * @param decDeg declination, degrees, ICRS
   * @param selectedAs the class that it was selected as
   */
  public record Target(String id, double raDeg, double decDeg, String selectedAs) {}
}
