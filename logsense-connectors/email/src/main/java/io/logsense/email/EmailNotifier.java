package io.logsense.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.alert.Alert;
import io.logsense.api.alert.Notifier;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings alerts to people by e-mail, through a server that speaks SMTP.
 *
 * <pre>{@code
 * Notifier mail =
 *     EmailNotifier.builder("smtp.example.com", 587)
 *         .startTls(true)
 *         .account(user, System.getenv("SMTP_PASSWORD"))
 *         .from("logsense@example.com")
 *         .to("on-call@example.com")
 *         .build();
 * }</pre>
 *
 * <p>An alert has one Message-ID, so that most mail programs show one that comes again once.
 * Anything but the server's acceptance of all recipients is an {@link IOException} without
 * passwords. A connection for each alert; thread-safe.
 */
public final class EmailNotifier implements Notifier {
  private static final int MOST_SUBJECT = 200;
  private static final int MOST_TEXT = 200_000;

  private final String name;
  private final String host;
  private final int port;
  private final Properties properties;
  private final @Nullable String user;
  private final @Nullable String password;
  private final InternetAddress from;
  private final InternetAddress[] to;
  private final Function<Alert, String> subject;
  private final Function<Alert, String> text;
  private final @Nullable Consumer<String> dryRun;

  private EmailNotifier(Builder b, InternetAddress from) {
    name = b.name;
    host = b.host;
    port = b.port;
    user = b.user;
    password = b.password;
    this.from = from;
    to = b.to.toArray(InternetAddress[]::new);
    subject = b.subject;
    text = b.text;
    dryRun = b.dryRun;
    String millis = Long.toString(Math.min(Integer.MAX_VALUE, b.timeout.toMillis()));
    properties = new Properties();
    properties.put("mail.smtp.connectiontimeout", millis);
    properties.put("mail.smtp.timeout", millis);
    properties.put("mail.smtp.writetimeout", millis);
    properties.put("mail.smtp.auth", Boolean.toString(user != null));
    properties.put("mail.smtp.starttls.enable", Boolean.toString(b.startTls));
    properties.put("mail.smtp.starttls.required", Boolean.toString(b.startTls));
    properties.put("mail.smtp.ssl.enable", Boolean.toString(b.tls));
    properties.put("mail.smtp.ssl.checkserveridentity", "true");
    properties.put("mail.smtp.from", from.getAddress());
  }

  /** A builder for a notifier that hands messages to {@code host} at {@code port}. */
  public static Builder builder(String host, int port) {
    return new Builder(host, port);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void notify(Alert alert) throws IOException, InterruptedException {
    try {
      MimeMessage message = message(alert);
      if (dryRun != null) {
        dryRun.accept("mail to " + List.of(to) + ": " + message.getSubject() + "\n" + body(alert));
        return;
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      send(message);
    } catch (MessagingException e) {
      // The words of the cause may repeat what was sent.
      throw new IOException(
          "mail through " + host + ":" + port + " failed: " + e.getClass().getSimpleName(), e);
    }
  }

  private void send(MimeMessage message) throws MessagingException {
    try (Transport transport = message.getSession().getTransport("smtp")) {
      transport.connect(host, port, user, password);
      transport.sendMessage(message, to);
    }
  }

  private MimeMessage message(Alert alert) throws MessagingException {
    String id = "<" + hex(alert.id()) + "@logsense>";
    MimeMessage message =
        new MimeMessage(Session.getInstance(properties)) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
          }
        };
    message.setFrom(from);
    message.setRecipients(Message.RecipientType.TO, to);
    message.setSubject(line(subject.apply(alert)), UTF_8.name());
    message.setText(body(alert), UTF_8.name());
    message.setSentDate(Date.from(alert.time()));
    message.setHeader("Auto-Submitted", "auto-generated");
    message.setHeader("X-LogSense-Alert", line(alert.id()));
    message.saveChanges();
    return message;
  }

  private static String hex(String id) {
    StringBuilder out = new StringBuilder();
    for (byte b : id.getBytes(UTF_8)) {
      boolean plain = (b >= '0' && b <= '9') || (b >= 'a' && b <= 'z');
      out.append(plain ? String.valueOf((char) b) : "-" + Integer.toHexString(b & 0xFF));
    }
    return out.toString();
  }

  private String body(Alert alert) {
    String words = text.apply(alert);
    String cut = words.length() > MOST_TEXT ? words.substring(0, MOST_TEXT) + "…" : words;
    return cut.replace("\0", "\uFFFD");
  }

  /** One line: what follows a line end would be a header of its own. */
  private static String line(String text) {
    StringBuilder out = new StringBuilder();
    text.chars()
        .limit(MOST_SUBJECT)
        .forEach(c -> out.append(Character.isISOControl(c) ? ' ' : (char) c));
    return out.toString().strip();
  }

  private static String standard(Alert alert) {
    StringBuilder out = new StringBuilder(alert.summary()).append("\n\n");
    for (Alert.Item item : alert.items()) {
      out.append("- ")
          .append(item.summary())
          .append("\n  group ")
          .append(item.group())
          .append('\n');
      if (out.length() > MOST_TEXT) {
        break;
      }
    }
    return out.append("\nalert ").append(alert.id()).append('\n').toString();
  }

  @Override
  public String toString() {
    return name;
  }

  /** Collects what a notifier needs. Not thread-safe. */
  public static final class Builder {
    private final String host;
    private final int port;
    private String name = "email";
    private @Nullable String user;
    private @Nullable String password;
    private @Nullable InternetAddress from;
    private final List<InternetAddress> to = new ArrayList<>();
    private Function<Alert, String> subject = alert -> "[logsense] " + alert.summary();
    private Function<Alert, String> text = EmailNotifier::standard;
    private Duration timeout = Duration.ofSeconds(10);
    private boolean startTls;
    private boolean tls;
    private @Nullable Consumer<String> dryRun;

    private Builder(String host, int port) {
      this.host = host;
      this.port = port;
    }

    /** Sets the name under which deliveries are noted: of two of a kind each needs its own. */
    public Builder name(String value) {
      name = value;
      return this;
    }

    /** Signs in. */
    public Builder account(String newUser, String newPassword) {
      user = newUser;
      password = newPassword;
      return this;
    }

    /**
     * Sets the sender.
     *
     * @throws LogSenseException (usage) when it is no address
     */
    public Builder from(String address) {
      from = parsed(address);
      return this;
    }

    /**
     * Adds a recipient.
     *
     * @throws LogSenseException (usage) when it is no address
     */
    public Builder to(String address) {
      to.add(parsed(address));
      return this;
    }

    private static InternetAddress parsed(String address) {
      try {
        InternetAddress parsed = new InternetAddress(address, true);
        parsed.validate();
        return parsed;
      } catch (AddressException e) {
        throw new LogSenseException(Category.USAGE, "'" + address + "' is no e-mail address", e);
      }
    }

    /** Sets the words of the subject. */
    public Builder subject(Function<Alert, String> value) {
      subject = value;
      return this;
    }

    /** Sets the words of the message. */
    public Builder text(Function<Alert, String> value) {
      text = value;
      return this;
    }

    /** Insists on STARTTLS, as at port 587. */
    public Builder startTls(boolean value) {
      startTls = value;
      return this;
    }

    /** Speaks TLS from the start, as at port 465. */
    public Builder tls(boolean value) {
      tls = value;
      return this;
    }

    /** Sets how long to wait for the server at each step. Default 10 seconds. */
    public Builder timeout(Duration value) {
      timeout = value;
      return this;
    }

    /** Sends nothing: tells {@code value} what would have been sent. */
    public Builder dryRun(Consumer<String> value) {
      dryRun = value;
      return this;
    }

    /**
     * The notifier.
     *
     * @throws LogSenseException (usage) when there is no sender or no recipient
     */
    public EmailNotifier build() {
      InternetAddress sender = from;
      if (sender == null || to.isEmpty()) {
        throw new LogSenseException(Category.USAGE, "an e-mail needs from(…) and to(…)");
      }
      return new EmailNotifier(this, sender);
    }
  }
}
