package org.nightglass.serve.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import org.apache.avro.Schema;
import org.apache.avro.generic.IndexedRecord;
import org.jspecify.annotations.Nullable;
import org.nightglass.avro.Reject;
import org.nightglass.decide.Warning;

/**
 * Records as the API's JSON: fields in the contract's order under their own names, times as ISO
 * 8601, unions without a wrapper, bytes left out. A number that is not finite becomes null.
 */
public final class Json {
  /** For documents, events and requests. */
  public static final ObjectMapper MAPPER = new ObjectMapper();

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Json() {}

  /** A record of the contract. */
  public static ObjectNode of(IndexedRecord avro) {
    ObjectNode object = NODES.objectNode();
    for (Schema.Field field : avro.getSchema().getFields()) {
      object.set(field.name(), value(avro.get(field.pos())));
    }
    return object;
  }

  /** Records of the contract. */
  public static ArrayNode array(Collection<? extends IndexedRecord> records) {
    ArrayNode array = NODES.arrayNode(records.size());
    records.forEach(record -> array.add(of(record)));
    return array;
  }

  /** A record of the contract, or null. */
  public static JsonNode orNull(@Nullable IndexedRecord avro) {
    return avro == null ? NullNode.instance : of(avro);
  }

  private static JsonNode value(@Nullable Object value) {
    if (value == null) {
      return NullNode.instance;
    }
    if (value instanceof IndexedRecord inner) {
      return of(inner);
    }
    if (value instanceof Collection<?> several) {
      ArrayNode array = NODES.arrayNode(several.size());
      several.forEach(item -> array.add(value(item)));
      return array;
    }
    if (value instanceof Double number) {
      return number(number);
    }
    if (value instanceof Long number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Integer number) {
      return NODES.numberNode(number);
    }
    if (value instanceof Boolean flag) {
      return NODES.booleanNode(flag);
    }
    return NODES.textNode(value.toString()); // text, enums, instants
  }

  /** A number; null where it is none, or not finite. */
  public static JsonNode number(@Nullable Double number) {
    return number == null || !Double.isFinite(number)
        ? NullNode.instance
        : NODES.numberNode(number);
  }

  /** A time. */
  public static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** A result in short. */
  public static ObjectNode of(Row row) {
    ObjectNode object = NODES.objectNode();
    object.put("spectrum_id", row.spectrumId());
    object.put("target_id", row.targetId());
    object.put("kind", row.kind().name());
    object.put("programme", row.programme());
    object.put("field_id", row.fieldId());
    object.put("exposure_id", row.exposureId());
    object.put("fibre", row.fibre());
    object.set("ra_deg", number(row.raDeg()));
    object.set("dec_deg", number(row.decDeg()));
    object.put("night", row.night());
    object.put("selected_as", row.selectedAs());
    object.put("class_label", row.label());
    object.set("class_probability", number(row.probability()));
    object.set("z", number(row.z()));
    object.set("z_err", number(row.zErr()));
    object.put("good_z", row.modelGoodZ());
    object.put("good", row.good());
    ArrayNode warnings = object.putArray("warnings");
    for (Warning warning : Warning.values()) {
      if ((row.warningBits() & 1 << warning.bit()) != 0) {
        warnings.add(warning.name());
      }
    }
    object.set("snr", number(row.snr()));
    object.put("observed_at", time(row.observedMillis()));
    object.put("ingested_at", time(row.ingestedMillis()));
    object.put("emitted_at", time(row.emittedMillis()));
    return object;
  }

  /** A reject, without the bytes that were rejected. */
  public static ObjectNode of(Reject reject) {
    ObjectNode object = NODES.objectNode();
    object.put("reason", reject.getReason());
    object.put("message", reject.getMessage());
    object.put("night", reject.getNight());
    object.put("spectrum_id", reject.getSpectrumId());
    object.put("target_id", reject.getTargetId());
    object.put("kind", reject.getKind());
    object.put("programme", reject.getProgramme());
    object.put("field_id", reject.getFieldId());
    object.put("exposure_id", reject.getExposureId());
    object.put("fibre", reject.getFibre());
    object.put("source_topic", reject.getSourceTopic());
    object.put("source_partition", reject.getSourcePartition());
    object.put("source_offset", reject.getSourceOffset());
    object.put("ingested_at", reject.getIngestedAt().toString());
    object.put("rejected_at", reject.getRejectedAt().toString());
    return object;
  }

  /** A document's bytes. */
  public static byte[] bytes(JsonNode document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain nodes can be written", e);
    }
  }
}
