package org.nightglass.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nightglass.avro.FieldProgress;
import org.nightglass.avro.NightStatus;
import org.nightglass.avro.NightYield;
import org.nightglass.avro.SpectrumResult;
import org.nightglass.avro.TargetState;

/** The API's document says of the contract's records what the contract says. */
class ApiDocumentTest {
  private static final Map<Schema.Type, String> TYPES =
      Map.of(
          Schema.Type.STRING, "string",
          Schema.Type.DOUBLE, "number",
          Schema.Type.LONG, "integer",
          Schema.Type.INT, "integer",
          Schema.Type.BOOLEAN, "boolean");

  static List<Schema> records() {
    return List.of(
        NightStatus.getClassSchema(),
        NightYield.getClassSchema(),
        FieldProgress.getClassSchema(),
        TargetState.getClassSchema(),
        SpectrumResult.getClassSchema());
  }

  @ParameterizedTest
  @MethodSource("records")
  void shouldDescribeEveryFieldAsTheContractDoes(Schema contract) {
    assertDescribes(contract);
  }

  private static void assertDescribes(Schema contract) {
    JsonNode described = ApiDocument.schema(contract.getName());
    assertThat(described.path("description").asText()).isEqualTo(contract.getDoc());
    List<String> names = contract.getFields().stream().map(Schema.Field::name).toList();
    assertThat(described.path("properties").propertyStream().map(Map.Entry::getKey))
        .as(contract.getName())
        .containsExactlyElementsOf(names);
    assertThat(described.path("required")).map(JsonNode::asText).isEqualTo(names);
    for (Schema.Field field : contract.getFields()) {
      JsonNode property = described.path("properties").path(field.name());
      String where = contract.getName() + "." + field.name();
      assertThat(property.path("description").asText()).as(where).isEqualTo(field.doc());
      assertThat(withoutWords(property)).as(where).isEqualTo(expected(field.schema()));
    }
  }

  private static JsonNode withoutWords(JsonNode property) {
    ObjectNode bare = ((ObjectNode) property.deepCopy()).without("description");
    return bare.has("allOf") ? bare.path("allOf").path(0) : bare;
  }

  private static ObjectNode expected(Schema schema) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    switch (schema.getType()) {
      case UNION -> {
        ObjectNode inner = expected(schema.getTypes().get(1));
        if (inner.has("$ref")) {
          node.putArray("oneOf")
              .add(new ObjectMapper().createObjectNode().put("type", "null"))
              .add(inner);
        } else {
          node.putArray("type").add("null").add(inner.path("type"));
          ObjectNode rest = inner.without("type");
          node.setAll(rest);
        }
      }
      case RECORD -> {
        assertDescribes(schema);
        node.put("$ref", "#/components/schemas/" + schema.getName());
      }
      case ENUM -> {
        assertThat(ApiDocument.schema(schema.getName()).path("enum"))
            .map(JsonNode::asText)
            .isEqualTo(schema.getEnumSymbols());
        node.put("$ref", "#/components/schemas/" + schema.getName());
      }
      case ARRAY -> node.put("type", "array").set("items", expected(schema.getElementType()));
      default -> {
        boolean time = schema.getLogicalType() != null;
        node.put("type", time ? "string" : TYPES.get(schema.getType()));
        switch (schema.getType()) {
          case LONG -> node.put("format", time ? "date-time" : "int64");
          case INT -> node.put("format", "int32");
          default -> {}
        }
      }
    }
    return node;
  }
}
