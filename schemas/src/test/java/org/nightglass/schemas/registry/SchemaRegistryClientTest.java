package org.nightglass.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaRegistryClientTest {
  private static final Schema V1 =
      SchemaBuilder.record("Fibre").fields().requiredInt("number").endRecord();
  private static final Schema V2 =
      SchemaBuilder.record("Fibre")
          .fields()
          .requiredInt("number")
          .optionalString("petal")
          .endRecord();
  private static final Schema BREAKING =
      SchemaBuilder.record("Fibre").fields().requiredString("petal").endRecord();
  private static final String SUBJECT = "nightglass.fibres-value";

  private final RegistryStandIn registry = RegistryStandIn.start();
  private final List<Duration> waits = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T04:00:00Z");

  @AfterEach
  void stop() {
    registry.close();
  }

  private SchemaRegistryClient client(Map<String, Object> extra) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("schema.registry.url", registry.url());
    settings.putAll(extra);
    return new SchemaRegistryClient(
        RegistryConfig.from(settings), waits::add, () -> now, new Random(1));
  }

  private SchemaRegistryClient client() {
    return client(Map.of());
  }

  @Test
  void shouldRegisterASchemaAndFindItByItsId() {
    int id = client().register(SUBJECT, V1);

    assertThat(client().schemaById(id)).isEqualTo(V1);
    assertThat(client().lookup(SUBJECT, V1)).isEqualTo(id);
  }

  @Test
  void shouldAskForTheSameThingOnlyOnce() {
    SchemaRegistryClient client = client();
    int id = client.register(SUBJECT, V1);
    client.register(SUBJECT, V1);
    client.lookup(SUBJECT, V1);
    client.lookup(SUBJECT, V1);
    client.schemaById(id);
    client.schemaById(id);

    assertThat(registry.requests)
        .containsExactly(
            "POST /subjects/nightglass.fibres-value/versions",
            "POST /subjects/nightglass.fibres-value",
            "GET /schemas/ids/" + id);
  }

  @Test
  void shouldGiveTheNewestVersionWithoutCachingIt() {
    SchemaRegistryClient client = client();
    client.register(SUBJECT, V1);
    assertThat(client.latest(SUBJECT).version()).isEqualTo(1);
    int id = client.register(SUBJECT, V2);

    assertThat(client.latest(SUBJECT)).isEqualTo(new RegisteredSchema(SUBJECT, 2, id, V2));
  }

  @Test
  void shouldEscapeSubjects() {
    client().register("a b/ü-value", V1);

    assertThat(registry.requests).containsExactly("POST /subjects/a%20b%2F%C3%BC-value/versions");
  }

  @Test
  void shouldTellWhatTheRegistryThinksOfAChange() {
    SchemaRegistryClient client = client();
    assertThat(client.checkCompatibility(SUBJECT, V1).compatible()).isTrue();
    client.register(SUBJECT, V1);

    assertThat(client.checkCompatibility(SUBJECT, V2).compatible()).isTrue();
    assertThat(client.checkCompatibility(SUBJECT, BREAKING))
        .isEqualTo(new Compatibility(false, List.of("a reader's field has no default")));
  }

  @Test
  void shouldReportARefusedSchemaWithTheRegistrysWords() {
    client().register(SUBJECT, V1);

    var refused =
        catchThrowableOfType(
            RegistryException.Refused.class, () -> client().register(SUBJECT, BREAKING));

    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused).hasMessageContaining("incompatible with an earlier schema");
    assertThat(waits).isEmpty();
  }

  @Test
  void shouldSayNotFoundForAnUnknownIdWithoutRetrying() {
    assertThatThrownBy(() -> client().schemaById(99))
        .isInstanceOf(RegistryException.NotFound.class)
        .hasMessageContaining("40403");
    assertThat(registry.requests).hasSize(1);
    assertThat(waits).isEmpty();
  }

  @Test
  void shouldSayNotFoundForAnUnknownSubject() {
    assertThatThrownBy(() -> client().latest("nobody-value"))
        .isInstanceOf(RegistryException.NotFound.class);
    assertThatThrownBy(() -> client().lookup("nobody-value", V1))
        .isInstanceOf(RegistryException.NotFound.class);
  }

  @Test
  void shouldRememberAnUnknownIdForAShortTimeOnly() {
    SchemaRegistryClient client = client(Map.of("missing.id.cache.ttl.sec", 10));
    assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryException.NotFound.class);
    int id = registry.put(V1);
    assertThat(id).isEqualTo(1);

    now = now.plusMillis(9_999);
    assertThatThrownBy(() -> client.schemaById(1)).isInstanceOf(RegistryException.NotFound.class);
    assertThat(registry.requests).hasSize(1);

    now = now.plusMillis(1);
    assertThat(client.schemaById(1)).isEqualTo(V1);
  }

  @Test
  void shouldForgetTheOldestUnknownIdsBeyondTheLimit() {
    SchemaRegistryClient client = client(Map.of("missing.cache.size", 2));
    for (int id : new int[] {11, 12, 13, 13, 12, 11}) {
      assertThatThrownBy(() -> client.schemaById(id))
          .isInstanceOf(RegistryException.NotFound.class);
    }

    assertThat(registry.requests)
        .containsExactly(
            "GET /schemas/ids/11",
            "GET /schemas/ids/12",
            "GET /schemas/ids/13",
            "GET /schemas/ids/11");
  }

  @Test
  void shouldRetryWithGrowingJitteredWaitsUntilTheRegistryIsBack() {
    int id = registry.put(V1);
    registry.failNext(500, "");
    registry.failNext(503, "starting");
    registry.failNext(429, "slow down");

    SchemaRegistryClient client =
        client(Map.of("retries.wait.ms", 100, "retries.max.wait.ms", 300));

    assertThat(client.schemaById(id)).isEqualTo(V1);
    assertThat(waits).hasSize(3);
    assertThat(waits.get(0)).isBetween(Duration.ofMillis(50), Duration.ofMillis(100));
    assertThat(waits.get(1)).isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(waits.get(2)).isBetween(Duration.ofMillis(150), Duration.ofMillis(300));
  }

  @Test
  void shouldGiveUpAfterTheLastRetryAndNeverCacheThat() {
    int id = registry.put(V1);
    SchemaRegistryClient client = client(Map.of("max.retries", 2));
    for (int i = 0; i < 3; i++) {
      registry.failNext(503, "{\"error_code\":50003,\"message\":\"leader unknown\"}");
    }

    assertThatThrownBy(() -> client.schemaById(id))
        .isInstanceOf(RegistryException.Unavailable.class)
        .hasMessageContaining("after 3 tries")
        .hasMessageContaining("leader unknown");
    assertThat(waits).hasSize(2);
    assertThat(client.schemaById(id)).isEqualTo(V1);
  }

  @Test
  void shouldTurnToTheNextAddressWithoutWaitingAndStayThere() throws IOException {
    int id = registry.put(V1);
    int other = registry.put(V2);
    String dead = "http://localhost:" + closedPort();
    SchemaRegistryClient client =
        client(Map.of("schema.registry.url", dead + "," + registry.url()));

    assertThat(client.schemaById(id)).isEqualTo(V1);
    assertThat(client.schemaById(other)).isEqualTo(V2);
    assertThat(waits).isEmpty();
  }

  @Test
  void shouldCallItUnavailableWhenNothingListens() throws IOException {
    SchemaRegistryClient client =
        client(Map.of("schema.registry.url", "http://localhost:" + closedPort(), "max.retries", 1));

    assertThatThrownBy(() -> client.schemaById(1))
        .isInstanceOf(RegistryException.Unavailable.class)
        .hasMessageContaining("ConnectException");
  }

  @Test
  void shouldCallItUnavailableWhenTheAnswerTakesTooLong() {
    registry.delay(2_000);
    SchemaRegistryClient client = client(Map.of("http.read.timeout.ms", 50, "max.retries", 0));

    assertThatThrownBy(() -> client.schemaById(1))
        .isInstanceOf(RegistryException.Unavailable.class)
        .hasMessageContaining("HttpTimeoutException");
  }

  @Test
  void shouldStopWaitingWhenInterrupted() {
    registry.failNext(503, "");
    SchemaRegistryClient client =
        new SchemaRegistryClient(
            RegistryConfig.from(Map.of("schema.registry.url", registry.url())),
            wait -> {
              throw new InterruptedException();
            },
            () -> now,
            new Random(1));

    assertThatThrownBy(() -> client.schemaById(1))
        .isInstanceOf(RegistryException.Unavailable.class)
        .hasMessageContaining("Interrupted");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void shouldAuthenticateWithUserAndPassword() {
    int id = registry.put(V1);
    registry.requireAuthorization("Basic b2JzZXJ2ZXI6c2VjcmV0");
    Map<String, Object> userInfo =
        Map.of(
            "basic.auth.credentials.source", "USER_INFO",
            "basic.auth.user.info", "observer:secret");
    String inUrl = registry.url().replace("http://", "http://observer:secret@");

    assertThat(client(userInfo).schemaById(id)).isEqualTo(V1);
    assertThat(client(Map.of("schema.registry.url", inUrl)).schemaById(id)).isEqualTo(V1);
  }

  @Test
  void shouldAuthenticateWithAToken() {
    int id = registry.put(V1);
    registry.requireAuthorization("Bearer t0ken");

    assertThat(client(Map.of("bearer.auth.token", "t0ken")).schemaById(id)).isEqualTo(V1);
  }

  @Test
  void shouldReportWrongCredentialsAsRefusedWithoutShowingThem() {
    registry.requireAuthorization("Bearer right");

    var refused =
        catchThrowableOfType(
            RegistryException.Refused.class,
            () -> client(Map.of("bearer.auth.token", "wr0ng")).schemaById(1));

    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.getMessage()).contains("Unauthorized").doesNotContain("wr0ng");
    assertThat(waits).isEmpty();
  }

  @Test
  void shouldKeepTheBasePathOfTheAddress() {
    try (RegistryStandIn apicurio = RegistryStandIn.start("/apis/ccompat/v7")) {
      SchemaRegistryClient client = client(Map.of("schema.registry.url", apicurio.url() + "/"));
      int id = client.register(SUBJECT, V1);
      client.schemaById(id);

      assertThat(apicurio.requests)
          .containsExactly(
              "POST /apis/ccompat/v7/subjects/nightglass.fibres-value/versions",
              "GET /apis/ccompat/v7/schemas/ids/" + id);
    }
  }

  @Test
  void shouldNotTakeAWrongBasePathForAnUnknownSchema() {
    try (RegistryStandIn apicurio = RegistryStandIn.start("/apis/ccompat/v7")) {
      String wrong = apicurio.url().replace("/apis/ccompat/v7", "");

      assertThatThrownBy(() -> client(Map.of("schema.registry.url", wrong)).schemaById(1))
          .isInstanceOf(RegistryException.Refused.class)
          .hasMessageContaining("is the base path right?");
    }
  }

  @Test
  void shouldNotTakeAnyWebServerForARegistry() {
    registry.failNext(200, "<html>Welcome</html>");
    assertThatThrownBy(() -> client().schemaById(1))
        .isInstanceOf(RegistryException.Refused.class)
        .hasMessageContaining("is it a schema registry?");

    registry.failNext(200, "{}");
    assertThatThrownBy(() -> client().schemaById(1))
        .isInstanceOf(RegistryException.Refused.class)
        .hasMessageContaining("holds no schema");
  }

  @Test
  void shouldSayWhenASchemaIsOfAnotherTypeOrBroken() {
    int protobuf = registry.put("syntax = \"proto3\";", "PROTOBUF");
    int broken = registry.put("{\"type\": \"record\"}", "AVRO");
    int unresolved =
        registry.put(
            "{\"type\":\"record\",\"name\":\"A\",\"fields\":[{\"name\":\"b\",\"type\":\"B\"}]}",
            "AVRO");

    assertThatThrownBy(() -> client().schemaById(protobuf))
        .isInstanceOf(UnusableSchemaException.class)
        .hasMessageContaining("PROTOBUF");
    assertThatThrownBy(() -> client().schemaById(broken))
        .isInstanceOf(UnusableSchemaException.class);
    assertThatThrownBy(() -> client().schemaById(unresolved))
        .isInstanceOf(UnusableSchemaException.class);
  }

  private static int closedPort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
