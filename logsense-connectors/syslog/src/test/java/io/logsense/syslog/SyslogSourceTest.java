package io.logsense.syslog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.api.LogSenseException;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordQueue;
import io.logsense.syslog.SyslogSource.Transport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SyslogSourceTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path directory;
  private SyslogSource source = builder().build();
  private PartitionReader reader;

  private static SyslogSource.Builder builder() {
    return SyslogSource.builder().address(new InetSocketAddress(LOOPBACK, 0));
  }

  private void listen(SyslogSource.Builder builder) throws IOException {
    source = builder.build();
    reader = source.open(RecordQueue.PARTITION, Checkpoint.START);
  }

  @AfterEach
  void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  private List<String> read(int count) {
    List<String> texts = new ArrayList<>();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(1))
        .atMost(LONG)
        .until(
            () -> {
              RecordBatch batch = reader.poll(Duration.ofMillis(100));
              for (int i = 0; i < batch.size(); i++) {
                texts.add(
                    new String(batch.buffer(), batch.start(i), batch.length(i), UTF_8)
                        + (batch.truncated(i) ? " (cut)" : ""));
              }
              return texts.size() >= count;
            });
    return texts;
  }

  private void send(String bytes) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, source.port())) {
      socket.getOutputStream().write(bytes.getBytes(UTF_8));
    }
  }

  private double measure(String name) {
    return source.measures().stream()
        .filter(measure -> measure.name().endsWith(name))
        .mapToDouble(measure -> measure.value().getAsDouble())
        .sum();
  }

  @Test
  void countedMessagesMayHaveLineFeeds() throws Exception {
    listen(builder());
    send("11 <34>1 - a\nb7 <34>1 c0 \n9 <34>1 d\n\n");
    assertThat(read(3)).containsExactly("<34>1 - a\nb", "<34>1 c", "<34>1 d");
  }

  @Test
  void delimitedMessagesEndWithALineFeedOrAZero() throws Exception {
    listen(builder());
    send("<34>Oct 11 22:14:15 host su: a\r\n\n<34>b\0<34>c\n12 lines more\n<34>last");
    assertThat(read(5))
        .containsExactly(
            "<34>Oct 11 22:14:15 host su: a", "<34>b", "<34>c", "12 lines more", "<34>last");
  }

  @Test
  void messagesComeWholeHoweverTheyAreCutOnTheWay() throws Exception {
    listen(builder());
    byte[] bytes = "10 <34>1 abcd7 <34>1 e".getBytes(UTF_8);
    for (int cut = 1; cut < bytes.length; cut++) {
      try (Socket socket = new Socket(LOOPBACK, source.port())) {
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        out.write(bytes, 0, cut);
        out.flush();
        out.write(bytes, cut, bytes.length - cut);
      }
      assertThat(read(2)).containsExactly("<34>1 abcd", "<34>1 e");
    }
  }

  @Test
  void messagesThatAreTooLongAreCut() throws Exception {
    listen(builder().recordBytes(10));
    send("<34>" + "x".repeat(100_000) + "\n<34>1\n");
    send("100004 <34>" + "y".repeat(100_000) + "5 <34>2");
    assertThat(read(4))
        .containsExactlyInAnyOrder("<34>xxxxxx (cut)", "<34>1", "<34>yyyyyy (cut)", "<34>2");
  }

  @Test
  void aConnectionThatDoesNotSpeakSyslogIsClosed() throws Exception {
    listen(builder());
    for (String nonsense : List.of("12x<34>", "9999999999 <34>", "5\u0000 ")) {
      try (Socket socket = new Socket(LOOPBACK, source.port())) {
        socket.getOutputStream().write(nonsense.getBytes(UTF_8));
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    }
    assertThat(measure("dropped")).isEqualTo(3);
    send("<34>still there\n");
    assertThat(read(1)).containsExactly("<34>still there");
  }

  @Test
  void aSenderWaitsUntilThereIsRoomAndLosesNothing() throws Exception {
    listen(builder().queueBytes(100_000));
    int count = 40_000;
    Thread sender =
        new Thread(
            () -> {
              try (Socket socket = new Socket(LOOPBACK, source.port())) {
                OutputStream out = socket.getOutputStream();
                for (int i = 0; i < count; i++) {
                  out.write(("<34>" + i + "x".repeat(200) + "\n").getBytes(UTF_8));
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    sender.start();
    await().atMost(LONG).until(() -> measure("waiting") > 0);
    assertThat(sender.isAlive()).isTrue();
    assertThat(measure("waiting")).isLessThan(300_000);

    List<String> all = read(count);
    assertThat(all)
        .extracting(text -> text.substring(4, text.indexOf('x')))
        .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    assertThat(measure("dropped")).isZero();
  }

  @Test
  void datagramsThatFindNoRoomAreCounted() throws Exception {
    listen(builder().transport(Transport.UDP).queueBytes(10_000));
    try (DatagramSocket socket = new DatagramSocket()) {
      for (int i = 0; i < 100; i++) {
        byte[] message = ("<34>" + i + "x".repeat(936)).getBytes(UTF_8);
        socket.send(new DatagramPacket(message, message.length, LOOPBACK, source.port()));
        int sent = i + 1;
        await()
            .pollInterval(Duration.ofMillis(1))
            .atMost(LONG)
            .until(() -> measure("received") + measure("dropped") == sent);
      }
    }
    assertThat(measure("dropped")).isBetween(85.0, 95.0);
    assertThat(read(5).get(0)).startsWith("<34>0x");
  }

  @Test
  void closingFreesThePortAndEndsTheThreads() throws Exception {
    for (Transport transport : Transport.values()) {
      listen(builder().transport(transport));
      int port = source.port();
      if (transport == Transport.TCP) {
        send("<34>a\n");
        read(1);
      }
      reader.close();
      reader.close();
      listen(builder().transport(transport).address(new InetSocketAddress(LOOPBACK, port)));
      assertThat(source.port()).isEqualTo(port);
      SyslogSource another =
          builder().transport(transport).address(new InetSocketAddress(LOOPBACK, port)).build();
      assertThatThrownBy(() -> another.open(RecordQueue.PARTITION, Checkpoint.START))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(Integer.toString(port));
      reader.close();
      await().atMost(LONG).until(() -> threads(port) == 0);
    }
  }

  private static long threads(int port) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith("-" + port))
        .count();
  }

  @Test
  void connectionsAreLimitedAndSilentOnesEnd() throws Exception {
    listen(builder().connections(1).idle(Duration.ofMillis(300)));
    try (Socket silent = new Socket(LOOPBACK, source.port())) {
      silent.getOutputStream().write("<34>a\n".getBytes(UTF_8));
      send("<34>b\n");
      assertThat(read(2)).containsExactly("<34>a", "<34>b");
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void connectionsMayBeEncrypted() throws Exception {
    Path store = directory.resolve("keys.p12");
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "a",
        "-keyalg",
        "EC",
        "-dname",
        "CN=localhost",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "changeit".toCharArray());
    }
    KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
    own.init(keys, "changeit".toCharArray());
    TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
    trusted.init(keys);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(own.getKeyManagers(), trusted.getTrustManagers(), null);

    listen(builder().tls(tls));
    send("<34>in the clear\n");
    try (Socket socket = tls.getSocketFactory().createSocket(LOOPBACK, source.port())) {
      socket.getOutputStream().write("<34>secret\n".getBytes(UTF_8));
    }
    assertThat(read(1)).containsExactly("<34>secret");
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void loggerOfUtilLinuxIsUnderstood() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/logger")), "apt-get install bsdutils");
    for (Transport transport : Transport.values()) {
      listen(builder().transport(transport));
      String port = Integer.toString(source.port());
      String over = transport == Transport.TCP ? "-T" : "-d";
      run("logger", over, "-n", "127.0.0.1", "-P", port, "--rfc3164", "-t", "shop", "old style");
      run("logger", over, "-n", "127.0.0.1", "-P", port, "--rfc5424", "-t", "shop", "new style");
      run("logger", over, "-n", "127.0.0.1", "-P", port, "--octet-count", "-t", "shop", "counted");
      List<String> records = read(3);
      assertThat(records).anyMatch(text -> text.matches("<13>\\w{3} .* shop: old style"));
      assertThat(records).anyMatch(text -> text.matches("<13>1 \\d{4}-.* shop .* new style"));
      assertThat(records).anyMatch(text -> text.endsWith("counted"));
      reader.close();
    }
  }

  @Test
  void rsyslogSendsStackTracesInOneMessage() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/sbin/rsyslogd")), "apt-get install rsyslog");
    listen(builder());
    Path log = directory.resolve("app.log");
    Files.writeString(
        log,
        """
        2026-03-01 12:00:00 ERROR one
        java.lang.IllegalStateException: broken
        \tat com.shop.Cart.add(Cart.java:10)
        2026-03-01 12:00:01 INFO two
        2026-03-01 12:00:02 INFO three
        """);
    Path config = directory.resolve("rsyslog.conf");
    Files.writeString(
        config,
        """
        global(workDirectory="%s")
        module(load="imfile")
        input(type="imfile" file="%s" tag="shop" startmsg.regex="^[0-9]{4}-" escapeLF="off")
        action(type="omfwd" target="127.0.0.1" port="%d" protocol="tcp"
          tcp_framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format")
        """
            .formatted(directory, log, source.port()));
    Process rsyslog =
        new ProcessBuilder(
                "/usr/sbin/rsyslogd",
                "-n",
                "-f",
                config.toString(),
                "-i",
                directory.resolve("pid").toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("output").toFile())
            .start();
    try {
      assertThat(read(2).get(0))
          .startsWith("<")
          .endsWith("broken\n\tat com.shop.Cart.add(Cart.java:10)");
    } finally {
      rsyslog.destroy();
      rsyslog.onExit().join();
    }
  }

  @Test
  void aUriNamesAddressAndTransport() {
    LogSourceProvider provider =
        ServiceLoader.load(LogSourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.scheme().equals("syslog"))
            .findFirst()
            .orElseThrow();
    URI uri = URI.create("syslog://127.0.0.1:5514?transport=udp&idle=5m&queueBytes=1000");
    assertThat(provider.open(uri, true).id()).isEqualTo("syslog:udp://127.0.0.1:5514");
    assertThat(provider.open(uri, true).replayable()).isFalse();
    assertThatThrownBy(() -> provider.open(uri, false))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("follow");
    assertThatThrownBy(() -> provider.open(URI.create("syslog://h?transport=smoke"), true))
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("smoke");
  }

  @Test
  void aSourceSaysAllThatIsWrong() {
    assertThatThrownBy(
            () ->
                builder()
                    .address(InetSocketAddress.createUnresolved("nowhere.invalid", 1))
                    .idle(Duration.ZERO)
                    .connections(0)
                    .build())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("nowhere.invalid")
        .hasMessageContaining("PT0S")
        .hasMessageContaining("connections");
  }
}
