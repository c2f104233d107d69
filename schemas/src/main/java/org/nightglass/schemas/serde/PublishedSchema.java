package org.nightglass.schemas.serde;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;

/**
 * A generated class's schema as its file has it. The generator adds {@code avro.java.string} to
 * every string; registered like that, it would be another schema than the one that a client of
 * another language registers from the file, under another id.
 */
public final class PublishedSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PublishedSchema() {}

  /** The schema without what concerns Java alone. */
  public static Schema of(Schema generated) {
    try {
      return new Schema.Parser().parse(plain(JSON.readTree(generated.toString())).toString());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema's own JSON cannot be read", e);
    }
  }

  private static JsonNode plain(JsonNode node) {
    if (node.isArray()) {
      var array = JSON.createArrayNode();
      node.forEach(item -> array.add(plain(item)));
      return array;
    }
    if (!node.isObject()) {
      return node;
    }
    ObjectNode object = JSON.createObjectNode();
    node.properties().forEach(e -> object.set(e.getKey(), plain(e.getValue())));
    object.remove(GenericData.STRING_PROP);
    boolean bare = object.size() == 1 && object.path("type").isTextual();
    return bare ? object.get("type") : object;
  }
}
