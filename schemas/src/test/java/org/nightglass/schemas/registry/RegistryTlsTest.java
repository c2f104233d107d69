package org.nightglass.schemas.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTlsTest {
  private static final Schema SCHEMA = Schema.create(Schema.Type.LONG);
  private static final String PASSWORD = "changeit";

  @TempDir Path dir;
  private Path keys;
  private Path pem;

  @BeforeEach
  void makeCertificate() throws Exception {
    keys = dir.resolve("keys.p12");
    pem = dir.resolve("certificate.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "registry",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-ext",
        "san=dns:localhost",
        "-storetype",
        "PKCS12",
        "-validity",
        "2");
    keytool("-exportcert", "-rfc", "-alias", "registry", "-file", pem.toString());
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(java.util.List.of(arguments));
    command.addAll(java.util.List.of("-keystore", keys.toString(), "-storepass", PASSWORD));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("keytool.log").toFile())
            .start();
    assertThat(process.waitFor()).isZero();
  }

  private RegistryStandIn tlsRegistry() throws IOException {
    var store = new TlsStores.Store(keys.toString(), PASSWORD, "PKCS12");
    return RegistryStandIn.startTls(new TlsStores(null, store, null).context());
  }

  private static SchemaRegistryClient client(String url, Map<String, String> tls) {
    Map<String, Object> settings = new HashMap<>(tls);
    settings.put("schema.registry.url", url);
    settings.put("max.retries", 0);
    return new SchemaRegistryClient(
        RegistryConfig.from(settings), wait -> {}, Clock.systemUTC(), new Random(1));
  }

  @Test
  void shouldTrustTheCertificateOfTheTrustStore() throws IOException {
    try (RegistryStandIn registry = tlsRegistry()) {
      int id = registry.put(SCHEMA);
      Map<String, String> trust =
          Map.of(
              "schema.registry.ssl.truststore.location",
              keys.toString(),
              "schema.registry.ssl.truststore.password",
              PASSWORD);

      assertThat(client(registry.url(), trust).schemaById(id)).isEqualTo(SCHEMA);
    }
  }

  @Test
  void shouldTrustAPemFile() throws IOException {
    try (RegistryStandIn registry = tlsRegistry()) {
      int id = registry.put(SCHEMA);
      Map<String, String> trust =
          Map.of(
              "schema.registry.ssl.truststore.location",
              pem.toString(),
              "schema.registry.ssl.truststore.type",
              "PEM");

      assertThat(client(registry.url(), trust).schemaById(id)).isEqualTo(SCHEMA);
    }
  }

  @Test
  void shouldRefuseACertificateThatNobodyVouchesFor() throws IOException {
    try (RegistryStandIn registry = tlsRegistry()) {
      assertThatThrownBy(() -> client(registry.url(), Map.of()).schemaById(1))
          .isInstanceOf(RegistryException.Unavailable.class)
          .hasMessageContaining("SSLHandshakeException");
    }
  }

  @Test
  void shouldNameTheStoreThatCannotBeRead() {
    Map<String, String> missing =
        Map.of("schema.registry.ssl.truststore.location", dir.resolve("none.p12").toString());
    assertThatThrownBy(() -> client("https://localhost:1", missing))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("none.p12");

    Map<String, String> wrong =
        Map.of(
            "schema.registry.ssl.keystore.location",
            keys.toString(),
            "schema.registry.ssl.keystore.password",
            "wr0ng");
    assertThatThrownBy(() -> client("https://localhost:1", wrong))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("keys.p12")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("wr0ng"));
  }
}
