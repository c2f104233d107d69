package org.nightglass.infer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reads and writes model cards as JSON. */
public final class ModelCards {
  /** The card's file name in its bundle. */
  public static final String FILE = "card.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ModelCards() {}

  /**
   * @param file a {@code card.json}
   * @throws ModelException if it is not there or no JSON, has a field that no card has, or is
   *     faulty; then with every fault
   */
  public static ModelCard read(Path file) {
    ModelCard card;
    try {
      card = JSON.readValue(Files.readString(file), ModelCard.class);
    } catch (UnrecognizedPropertyException e) {
      throw new ModelException(
          "%s: no card has the field %s; known there are %s"
              .formatted(file, field(e), e.getKnownPropertyIds()),
          e);
    } catch (JsonMappingException e) {
      throw new ModelException(
          "%s, field %s: %s".formatted(file, field(e), e.getOriginalMessage()), e);
    } catch (JsonProcessingException e) {
      throw new ModelException(
          "%s, line %d: %s".formatted(file, e.getLocation().getLineNr(), e.getOriginalMessage()),
          e);
    } catch (IOException e) {
      throw new ModelException("%s cannot be read: %s".formatted(file, e), e);
    }
    if (card == null) {
      throw new ModelException(file + " holds no card");
    }
    refuseFaults(card, file);
    return card;
  }

  /**
   * @param card what to write
   * @param file where to write it
   * @throws ModelException if the card is faulty, with every fault
   */
  public static void write(ModelCard card, Path file) throws IOException {
    refuseFaults(card, file);
    Files.writeString(file, JSON.writeValueAsString(card) + "\n");
  }

  private static String field(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            part -> part.getFieldName() == null ? "[" + part.getIndex() + "]" : part.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static void refuseFaults(ModelCard card, Path file) {
    List<String> faults = CardFaults.of(card);
    if (!faults.isEmpty()) {
      throw new ModelException(
          "%s has %d faults:%n  %s"
              .formatted(file, faults.size(), String.join(System.lineSeparator() + "  ", faults)));
    }
  }
}
