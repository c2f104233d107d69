package org.nightglass.survey;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorldTest {
  private final World world = World.of(SimulatedSurvey.DESI, 7, 3, 20);

  @Test
  void shouldBeTheSameForTheSameSeed() {
    World again = World.of(SimulatedSurvey.DESI, 7, 3, 20);

    assertThat(again.nights()).isEqualTo(world.nights());
    assertThat(again.sky().catalogue()).isEqualTo(world.sky().catalogue());
    world
        .sky()
        .catalogue()
        .forEach(
            field ->
                field
                    .targets()
                    .forEach(
                        t ->
                            assertThat(again.sky().source(t.id()))
                                .isEqualTo(world.sky().source(t.id()))));
    assertThat(weather(again)).isEqualTo(weather(world));
    assertThat(broken(again)).isEqualTo(broken(world));
  }

  @Test
  void shouldDifferForAnotherSeed() {
    World other = World.of(SimulatedSurvey.DESI, 8, 3, 20);

    assertThat(other.sky().catalogue()).isNotEqualTo(world.sky().catalogue());
    assertThat(weather(other)).isNotEqualTo(weather(world));
  }

  @Test
  void shouldHaveWeatherThatChangesSlowly() {
    double[] light = weather(World.of(SimulatedSurvey.DESI, 3, 40, 20));
    double jump = 0;
    double scatter = 0;
    double mean = 0;
    for (double l : light) {
      mean += l / light.length;
    }
    for (int i = 1; i < light.length; i++) {
      jump += Math.abs(light[i] - light[i - 1]) / light.length;
      scatter += Math.abs(light[i] - mean) / light.length;
    }
    assertThat(jump).isLessThan(0.5 * scatter);
    assertThat(mean).isBetween(0.5, 0.9);
  }

  @Test
  void shouldLoseFibresInTheCourseOfTime() {
    Fibres fibres = new Fibres(5, 2000, 100);
    assertThat(working(fibres, 0)).isBetween(1950, 1995);
    assertThat(working(fibres, 99)).isBetween(1000, 1400);
    for (int fibre = 0; fibre < 2000; fibre++) {
      if (!fibres.works(fibre, 10)) {
        assertThat(fibres.works(fibre, 11)).isFalse();
      }
    }
  }

  @Test
  void shouldPutATargetOnAnotherFibreAtTheNextVisit() {
    Fibres fibres = new Fibres(5, 20, 3);
    assertThat(fibres.fibre(19, 0)).isEqualTo(19);
    assertThat(fibres.fibre(19, 1)).isEqualTo(6);
  }

  @Test
  void shouldJudgeRedshiftsByTheLimitsOfTheirClass() {
    SkyTruth sky = world.sky();
    for (var target : sky.catalogue().get(0).targets()) {
      var truth = sky.source(target.id()).target();
      String label = truth.kind().sourceClass().name();
      double near = truth.z() + 0.002 * (1 + truth.z());
      double far = truth.z() + 0.02 * (1 + truth.z());
      assertThat(sky.right(target.id(), label, near)).isTrue();
      assertThat(sky.right(target.id(), label, far)).isEqualTo(label.equals("STAR"));
      assertThat(sky.right(target.id(), "SUPERNOVA", near)).isFalse();
    }
  }

  private static int working(Fibres fibres, int night) {
    int working = 0;
    for (int fibre = 0; fibre < 2000; fibre++) {
      working += fibres.works(fibre, night) ? 1 : 0;
    }
    return working;
  }

  private static double[] weather(World world) {
    double[] light = new double[world.nights().size() * 1440];
    for (int i = 0; i < light.length; i++) {
      light[i] = world.weather().transparency(i / 1440, i % 1440, 1);
    }
    return light;
  }

  private static boolean[] broken(World world) {
    boolean[] broken = new boolean[20];
    for (int i = 0; i < broken.length; i++) {
      broken[i] = !world.fibres().works(i, 2);
    }
    return broken;
  }
}
