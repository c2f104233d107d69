package org.nightglass.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SchemaEvolutionTest {

  static List<String> names() {
    return SchemaFiles.names();
  }

  @Test
  void shouldKeepAHistoryOfEverySchema() {
    assertThat(SchemaFiles.namesInHistory()).isEqualTo(names());
  }

  /** A published version never changes: a change of the schema needs a new file in the history. */
  @ParameterizedTest
  @MethodSource("names")
  void shouldHaveTheSchemaOfTodayAsNewestPublishedVersion(String name) {
    List<String> history = SchemaFiles.historyTexts(name);

    assertThat(SchemaFiles.currentText(name)).isEqualTo(history.get(history.size() - 1));
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldReadEveryVersionWithEveryOther(String name) {
    assertThat(Evolution.faults(SchemaFiles.history(name))).isEmpty();
  }

  static Stream<Arguments> breakingChanges() {
    return Stream.of(
        change(
            "a field's type",
            s ->
                s.replace(
                    "\"name\": \"mjd\", \"type\": \"double\"",
                    "\"name\": \"mjd\", \"type\": \"string\"")),
        change(
            "a field with a default made one without",
            s ->
                s.replace(
                    "\"name\": \"night\", \"type\": [\"null\", \"string\"], \"default\": null",
                    "\"name\": \"night_of\", \"type\": \"string\"")),
        change("a required field renamed", s -> s.replace("\"survey\"", "\"telescope\"")),
        change(
            "a narrower number, which one direction alone allows",
            s ->
                s.replace(
                    "\"name\": \"mjd\", \"type\": \"double\"",
                    "\"name\": \"mjd\", \"type\": \"float\"")),
        change(
            "a required field added",
            s ->
                s.replace(
                    "{\"name\": \"survey\"",
                    "{\"name\": \"petal\", \"type\": \"int\", \"doc\": \"Petal.\"}, {\"name\": \"survey\"")),
        change(
            "a branch of a union added",
            s ->
                s.replace(
                    "\"name\": \"mask\", \"type\": [\"null\",",
                    "\"name\": \"mask\", \"type\": [\"null\", \"int\",")),
        change(
            "another record name",
            s -> s.replace("\"name\": \"Spectrum\"", "\"name\": \"Spectra\"")));
  }

  private static Arguments change(String what, UnaryOperator<String> change) {
    return Arguments.of(what, change);
  }

  /** The check itself must be able to fail. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("breakingChanges")
  void shouldFindABreakingChange(String what, UnaryOperator<String> change) {
    String text = SchemaFiles.currentText("Spectrum");
    String changed = change.apply(text);
    assertThat(changed).as(what).isNotEqualTo(text);
    List<Schema> versions = new ArrayList<>(SchemaFiles.history("Spectrum"));
    versions.add(new Schema.Parser().parse(changed));

    assertThat(Evolution.faults(versions)).as(what).isNotEmpty();
  }

  @Test
  void shouldAllowAFieldWithADefaultAndAnEnumSymbolMore() {
    String changed =
        SchemaFiles.currentText("Spectrum")
            .replace(
                "{\"name\": \"survey\"",
                "{\"name\": \"petal\", \"type\": [\"null\", \"int\"], \"default\": null}, {\"name\": \"survey\"")
            .replace("\"SKY\", \"STANDARD\"]", "\"SKY\", \"STANDARD\", \"ARC_LAMP\"]");
    Schema next = new Schema.Parser().parse(changed);
    assertThat(next.getField("petal")).isNotNull();

    assertThat(Evolution.faults(List.of(SchemaFiles.current("Spectrum"), next))).isEmpty();
  }
}
