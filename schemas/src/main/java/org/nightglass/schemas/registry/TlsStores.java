package org.nightglass.schemas.registry;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Whom to trust and who we are, for TLS. Host names are always checked.
 *
 * @param trust certificates to trust; null = the JVM's
 * @param key the client's own certificate and key; null = none
 * @param keyPassword password of the key; null = the store's
 */
public record TlsStores(@Nullable Store trust, @Nullable Store key, @Nullable String keyPassword) {

  /**
   * A key store in a file.
   *
   * @param path the file
   * @param password its password; null = none
   * @param type PKCS12, JKS or PEM
   */
  public record Store(String path, @Nullable String password, String type) {
    @Override
    public String toString() {
      return path + " (" + type + ")";
    }
  }

  @Override
  public String toString() {
    return "TlsStores[trust=" + trust + ", key=" + key + "]";
  }

  /**
   * Builds the TLS context.
   *
   * @throws ConfigException naming the file that cannot be used
   */
  public SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers(), trustManagers(), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new ConfigException("TLS settings of the schema registry: " + e.getMessage());
    }
  }

  private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
    if (key == null) {
      return null;
    }
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    @Nullable String password = keyPassword == null ? key.password() : keyPassword;
    factory.init(load(key), password == null ? new char[0] : password.toCharArray());
    return factory.getKeyManagers();
  }

  private TrustManager @Nullable [] trustManagers() throws GeneralSecurityException {
    if (trust == null) {
      return null;
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(load(trust));
    return factory.getTrustManagers();
  }

  private static KeyStore load(Store store) throws GeneralSecurityException {
    try (InputStream in = Files.newInputStream(Path.of(store.path()))) {
      return store.type().equals("PEM") ? certificates(in) : keyStore(store, in);
    } catch (IOException e) {
      throw new ConfigException("TLS store " + store + " cannot be read: " + e);
    }
  }

  private static KeyStore keyStore(Store store, InputStream in)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(store.type());
    keys.load(in, store.password() == null ? null : store.password().toCharArray());
    return keys;
  }

  private static KeyStore certificates(InputStream pem)
      throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    for (Certificate c : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
      keys.setCertificateEntry("trusted-" + keys.size(), c);
    }
    return keys;
  }
}
