package io.logsense.rest;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Who we are and whom we trust, from a properties file or, for what that does not say, the
 * environment.
 */
final class Credentials {
  private static final List<String> NAMES =
      List.of("apiKey", "token", "username", "password", "ca");

  private final Properties file = new Properties();
  private final String prefix;
  private final Map<String, String> environment;

  /**
   * Reads the file, if there is one.
   *
   * @param prefix of the names in the environment: {@code apiKey} is {@code PREFIX_API_KEY}
   * @throws LogSenseException (usage) when it cannot be read, or has something that is not known
   */
  Credentials(Optional<Path> config, String prefix, Map<String, String> environment) {
    this.prefix = prefix;
    this.environment = environment;
    if (config.isEmpty()) {
      return;
    }
    try (Reader text = Files.newBufferedReader(config.get(), StandardCharsets.UTF_8)) {
      file.load(text);
    } catch (IOException | IllegalArgumentException e) {
      throw new LogSenseException(
          Category.USAGE, "the configuration " + config.get() + " cannot be read: " + e, e);
    }
    for (String name : new TreeSet<>(file.stringPropertyNames())) {
      if (!NAMES.contains(name)) {
        throw new LogSenseException(
            Category.USAGE,
            config.get() + ": there is no '" + name + "'; there are " + String.join(", ", NAMES));
      }
    }
  }

  private Optional<String> value(String name) {
    String variable =
        prefix + "_" + (name.equals("apiKey") ? "API_KEY" : name.toUpperCase(Locale.ROOT));
    return Optional.ofNullable(file.getProperty(name, environment.get(variable)))
        .filter(value -> !value.isBlank());
  }

  /** The value of the header {@code Authorization}; empty when there are no credentials. */
  Optional<String> authorization() {
    return value("apiKey")
        .map(Credentials::apiKey)
        .or(() -> value("token").map(Credentials::bearer))
        .or(
            () ->
                value("username")
                    .flatMap(user -> value("password").map(word -> basic(user, word))));
  }

  static String apiKey(String key) {
    return "ApiKey " + key;
  }

  static String bearer(String token) {
    return "Bearer " + token;
  }

  static String basic(String username, String password) {
    byte[] both = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(both);
  }

  /** Trust in the certificates of the PEM file {@code ca} alone; empty when none is named. */
  Optional<SSLContext> trust() {
    return value("ca").map(Path::of).map(Credentials::trustIn);
  }

  private static SSLContext trustIn(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca-" + store.size(), one);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new LogSenseException(
          Category.USAGE, "the certificates in " + pem + " cannot be used: " + e, e);
    }
  }
}
