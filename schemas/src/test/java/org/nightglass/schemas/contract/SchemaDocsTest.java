package org.nightglass.schemas.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.schemas.serde.PublishedSchema;

/** Schemas are documents: everything has a text, and every number its unit. */
class SchemaDocsTest {
  private static final Set<Schema.Type> NUMBERS =
      Set.of(Schema.Type.INT, Schema.Type.LONG, Schema.Type.FLOAT, Schema.Type.DOUBLE);
  private static final Pattern UNIT =
      Pattern.compile("dimensionless|degrees|days|\\bin seconds|milliseconds|microseconds|Å|dex");
  private static final Pattern PIXELS_UNIT =
      Pattern.compile("(Å|Bit mask).*packed little-endian", Pattern.DOTALL);

  static List<String> names() {
    return SchemaFiles.names();
  }

  static List<SpecificRecord> samples() {
    return SampleRecords.all();
  }

  @ParameterizedTest
  @MethodSource("names")
  void shouldDocumentEverything(String name) {
    assertThat(faults(SchemaFiles.current(name))).isEmpty();
  }

  @Test
  void shouldFindWhatIsNotDocumented() {
    Schema poor =
        new Schema.Parser()
            .parse(
                """
                {"type": "record", "name": "Poor", "namespace": "n", "fields": [
                  {"name": "a", "type": "string"},
                  {"name": "b", "type": ["null", "double"], "doc": "How bright."},
                  {"name": "c", "doc": "Kind.", "type":
                    {"type": "enum", "name": "E", "doc": "ONE: one.", "symbols": ["ONE", "TWO"]}},
                  {"name": "d", "doc": "Pixels.", "type":
                    {"type": "bytes", "logicalType": "packed-float32-le"}}]}
                """);

    assertThat(faults(poor))
        .containsExactlyInAnyOrder(
            "n.Poor has no doc",
            "n.Poor.a has no doc",
            "n.Poor.b names no unit: How bright.",
            "n.E has no default",
            "n.E does not explain TWO",
            "n.Poor.d names no unit: Pixels.");
  }

  /** Files are whole, so that each can be read alone: what they share must not drift apart. */
  @Test
  void shouldDefineSharedTypesAlikeInEveryFile() {
    Map<String, String> definitions = new HashMap<>();
    for (String name : names()) {
      collect(SchemaFiles.current(name), definitions);
    }
    assertThat(definitions).containsKey("org.nightglass.avro.ObjectKind");
  }

  @ParameterizedTest
  @MethodSource("samples")
  void shouldGenerateClassesFromTheFiles(SpecificRecord sample) {
    Schema file = SchemaFiles.current(sample.getSchema().getName());

    assertThat(PublishedSchema.of(sample.getSchema()).toString()).isEqualTo(file.toString());
    assertThat(file.toString()).doesNotContain(GenericData.STRING_PROP);
  }

  private static List<String> faults(Schema schema) {
    List<String> faults = new ArrayList<>();
    visit(schema, faults);
    return faults;
  }

  private static void visit(Schema schema, List<String> faults) {
    switch (schema.getType()) {
      case RECORD -> {
        require(schema.getDoc(), schema.getFullName(), faults);
        schema.getFields().forEach(field -> visitField(schema, field, faults));
      }
      case ENUM -> visitEnum(schema, faults);
      case ARRAY -> visit(schema.getElementType(), faults);
      case UNION -> schema.getTypes().forEach(branch -> visit(branch, faults));
      default -> {}
    }
  }

  private static void visitField(Schema record, Schema.Field field, List<String> faults) {
    String name = record.getFullName() + "." + field.name();
    if (require(field.doc(), name, faults)) {
      if (holds(field.schema(), NUMBERS) && !UNIT.matcher(field.doc()).find()) {
        faults.add(name + " names no unit: " + field.doc());
      }
      if (packed(field.schema()) && !PIXELS_UNIT.matcher(field.doc()).find()) {
        faults.add(name + " names no unit: " + field.doc());
      }
    }
    visit(field.schema(), faults);
  }

  private static void visitEnum(Schema schema, List<String> faults) {
    if (schema.getEnumDefault() == null) {
      faults.add(schema.getFullName() + " has no default");
    }
    if (require(schema.getDoc(), schema.getFullName(), faults)) {
      schema.getEnumSymbols().stream()
          .filter(symbol -> !schema.getDoc().contains(symbol + ": "))
          .forEach(symbol -> faults.add(schema.getFullName() + " does not explain " + symbol));
    }
  }

  private static boolean require(String doc, String what, List<String> faults) {
    if (doc == null || doc.isBlank()) {
      faults.add(what + " has no doc");
      return false;
    }
    return true;
  }

  private static boolean holds(Schema schema, Set<Schema.Type> types) {
    return switch (schema.getType()) {
      case UNION -> schema.getTypes().stream().anyMatch(branch -> holds(branch, types));
      case ARRAY -> holds(schema.getElementType(), types);
      default -> types.contains(schema.getType());
    };
  }

  private static boolean packed(Schema schema) {
    if (schema.isUnion()) {
      return schema.getTypes().stream().anyMatch(SchemaDocsTest::packed);
    }
    String logical = schema.getProp("logicalType");
    return schema.getType() == Schema.Type.BYTES
        && logical != null
        && logical.startsWith("packed-");
  }

  private static void collect(Schema schema, Map<String, String> definitions) {
    switch (schema.getType()) {
      case RECORD, ENUM -> {
        String text = schema.toString();
        assertThat(definitions.getOrDefault(schema.getFullName(), text))
            .as(schema.getFullName())
            .isEqualTo(text);
        definitions.put(schema.getFullName(), text);
        if (schema.getType() == Schema.Type.RECORD) {
          schema.getFields().forEach(field -> collect(field.schema(), definitions));
        }
      }
      case ARRAY -> collect(schema.getElementType(), definitions);
      case UNION -> schema.getTypes().forEach(branch -> collect(branch, definitions));
      default -> {}
    }
  }
}
