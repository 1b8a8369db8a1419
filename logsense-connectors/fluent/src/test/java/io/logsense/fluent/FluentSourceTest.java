package io.logsense.fluent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.logsense.LogSense;
import io.logsense.api.LogSenseException;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.group.Group;
import io.logsense.api.source.Checkpoint;
import io.logsense.api.source.LogSourceProvider;
import io.logsense.api.source.PartitionReader;
import io.logsense.api.source.RecordBatch;
import io.logsense.api.source.RecordQueue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Frames are written by hand as MessagePack's specification has it: {@code 0x9n} is an array,
 * {@code 0x8n} a map, {@code 0xan} a text, each of n.
 */
class FluentSourceTest {
  private static final Duration LONG = Duration.ofSeconds(30);
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
  private static final Instant ARRIVAL = Instant.parse("2026-03-01T12:00:00Z");

  /** 2026-03-01T11:00:00Z as an integer of 32 bits. */
  private static final String ELEVEN = "\u00ce\u0069\u00a4\u001c\u0030";

  /** A nanosecond later as an EventTime. */
  private static final String ELEVEN_EXACTLY = "\u00d7\u0000\u0069\u00a4\u001c\u0030\0\0\0\u0001";

  private static final String RECORD = "\u0081" + text("message") + text("hello");
  private static final String LINE = "{\"message\":\"hello\",\"fluent.tag\":\"app\"}";

  private FluentSource source = builder().build();
  private PartitionReader reader;

  private static FluentSource.Builder builder() {
    return FluentSource.builder().address(new InetSocketAddress(LOOPBACK, 0)).clock(() -> ARRIVAL);
  }

  private void listen(FluentSource.Builder builder) throws IOException {
    source = builder.build();
    reader = source.open(RecordQueue.PARTITION, Checkpoint.START);
  }

  @AfterEach
  void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  /** A text of at most 255 bytes. */
  private static String text(String text) {
    String bytes = new String(text.getBytes(UTF_8), ISO_8859_1);
    return (bytes.length() < 32
            ? Character.toString(0xa0 | bytes.length())
            : "\u00d9" + (char) bytes.length())
        + bytes;
  }

  private static String binary(byte[] bytes) {
    int length = bytes.length;
    return "\u00c6"
        + (char) (length >>> 24)
        + (char) (length >>> 16 & 255)
        + (char) (length >>> 8 & 255)
        + (char) (length & 255)
        + new String(bytes, ISO_8859_1);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
      out.write(bytes);
    }
    return compressed.toByteArray();
  }

  private static byte[] bytes(String frame) {
    return frame.getBytes(ISO_8859_1);
  }

  private static String entry(String time) {
    return "\u0092" + time + RECORD;
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
                        + " "
                        + Instant.EPOCH.plusNanos(batch.time(i)));
              }
              return texts.size() >= count;
            });
    return texts;
  }

  private void send(String frame) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, source.port())) {
      socket.getOutputStream().write(bytes(frame));
    }
  }

  /** Sends, and waits for the end of the connection; what came back. */
  private byte[] sendAndWait(String frame) throws IOException {
    try (Socket socket = new Socket(LOOPBACK, source.port())) {
      socket.setSoTimeout((int) LONG.toMillis());
      socket.getOutputStream().write(bytes(frame));
      socket.shutdownOutput();
      return socket.getInputStream().readAllBytes();
    } catch (SocketException e) {
      // Closed before all was read.
      return new byte[0];
    }
  }

  private double measure(String name) {
    return source.measures().stream()
        .filter(measure -> measure.name().endsWith(name))
        .mapToDouble(measure -> measure.value().getAsDouble())
        .sum();
  }

  @Test
  void messageModeCarriesOneRecord() throws Exception {
    listen(builder());
    send(
        "\u0093"
            + text("app")
            + ELEVEN
            + RECORD
            + "\u0094"
            + text("app")
            + ELEVEN_EXACTLY
            + RECORD
            + "\u0080");
    assertThat(read(2))
        .containsExactly(LINE + " 2026-03-01T11:00:00Z", LINE + " 2026-03-01T11:00:00.000000001Z");
  }

  @Test
  void forwardModeCarriesEntries() throws Exception {
    listen(builder());
    send(
        "\u0092"
            + text("app")
            + "\u0092"
            + entry(ELEVEN)
            + entry(ELEVEN_EXACTLY)
            + "\u0093"
            + text("app")
            + "\u0091"
            + entry(ELEVEN)
            + "\u00c0");
    assertThat(read(3))
        .containsExactly(
            LINE + " 2026-03-01T11:00:00Z",
            LINE + " 2026-03-01T11:00:00.000000001Z",
            LINE + " 2026-03-01T11:00:00Z");
  }

  @Test
  void packedForwardModeCarriesEntriesAsBytesOrText() throws Exception {
    listen(builder());
    String entries = entry(ELEVEN) + entry(ELEVEN_EXACTLY);
    send(
        "\u0092"
            + text("app")
            + binary(bytes(entries))
            + "\u0093"
            + text("app")
            + "\u00d9"
            + (char) entries.length()
            + entries
            + "\u0082"
            + text("size")
            + "\u0002"
            + text("compressed")
            + text("text"));
    assertThat(read(4))
        .containsExactly(
            LINE + " 2026-03-01T11:00:00Z",
            LINE + " 2026-03-01T11:00:00.000000001Z",
            LINE + " 2026-03-01T11:00:00Z",
            LINE + " 2026-03-01T11:00:00.000000001Z");
  }

  private static String compressed(byte[] gzip, String more) {
    return "\u0093"
        + text("app")
        + binary(gzip)
        + Character.toString(more.isEmpty() ? 0x81 : 0x82)
        + text("compressed")
        + text("gzip")
        + more;
  }

  @Test
  void compressedPackedForwardModeMayHaveSeveralMembers() throws Exception {
    listen(builder());
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    members.write(gzip(bytes(entry(ELEVEN))));
    members.write(gzip(bytes(entry(ELEVEN_EXACTLY))));
    send(compressed(members.toByteArray(), ""));
    assertThat(read(2))
        .containsExactly(LINE + " 2026-03-01T11:00:00Z", LINE + " 2026-03-01T11:00:00.000000001Z");
  }

  @Test
  void timesThatAreFloatingOrMissingOrBeyondAllAreUnderstood() throws Exception {
    listen(builder());
    String[] times = {
      "\u00cb\u0041\u00da\u0069\u0007\\\u0020\0\0", // 1772363120.5
      "\u00c0",
      "\u00d3\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
      "\u00d3\u0080\0\0\0\0\0\0\0",
      "\u00cb\u007f\u00f8\0\0\0\0\0\0",
      "\u0092" + ELEVEN + "\u0081" + text("meta") + "\u0001",
    };
    for (String time : times) {
      send("\u0092" + text("app") + "\u0091" + entry(time));
      assertThat(read(1))
          .containsExactly(
              LINE
                  + " "
                  + (time.equals(times[0])
                      ? "2026-03-01T11:05:20.500Z"
                      : time.equals(times[5]) ? "2026-03-01T11:00:00Z" : "2026-03-01T12:00:00Z"));
    }
  }

  @Test
  void allTypesOfMessagePackBecomeJson() throws Exception {
    listen(builder());
    String[][] values = {
      {"\u00c0", "null"},
      {"\u00c3", "true"},
      {"\u00ff", "-1"},
      {"\u00cf\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "18446744073709551615"},
      {"\u00ca\u003d\u00cc\u00cc\u00cd", "0.1"},
      {"\u00cb\u003f\u00b9\u0099\u0099\u0099\u0099\u0099\u009a", "0.1"},
      {"\u00cb\u007f\u00f8\0\0\0\0\0\0", "\"NaN\""},
      {text("na\u00efve \"\n\u2603"), "\"na\u00efve \\\"\\n\u2603\""},
      {"\u00c4\u0002\u00c3\u00bc", "\"\u00fc\""},
      {"\u00a1\u00ff", "\"\ufffd\""},
      {"\u0092\u0001\u0090", "[1,[]]"},
      {
        "\u0082\u0001\u0081" + text("a") + "\u0002" + text("fluent.tag") + "\u0003",
        "{\"1\":{\"a\":2},\"fluent.tag\":3}"
      },
      {ELEVEN_EXACTLY, "\"2026-03-01T11:00:00.000000001Z\""},
      {"\u00d4\u0005\u0001", "\"AQ==\""},
    };
    for (String[] value : values) {
      send(
          "\u0093"
              + text("app")
              + ELEVEN
              + "\u0082"
              + text("v")
              + value[0]
              + text("fluent.tag")
              + text("forged"));
      assertThat(read(1))
          .containsExactly("{\"v\":" + value[1] + ",\"fluent.tag\":\"app\"} 2026-03-01T11:00:00Z");
    }
    assertThat(measure("dropped")).isZero();
  }

  @Test
  void chunksAreAcknowledgedOnceTheirRecordsAreInTheQueue() throws Exception {
    listen(builder().queueBytes(1));
    String message =
        "\u0093"
            + text("app")
            + "\u0091"
            + entry(ELEVEN)
            + "\u0081"
            + text("chunk")
            + text("p8n9g==");
    byte[] answer = bytes("\u0081" + text("ack") + text("p8n9g=="));
    try (Socket socket = new Socket(LOOPBACK, source.port())) {
      socket.setSoTimeout((int) LONG.toMillis());
      socket.getOutputStream().write(bytes(message + message));
      assertThat(socket.getInputStream().readNBytes(answer.length)).isEqualTo(answer);
      // There is no room for the second.
      await().during(Duration.ofMillis(200)).until(() -> socket.getInputStream().available() == 0);
      assertThat(measure("received")).isEqualTo(1);
      assertThat(read(1)).hasSize(1);
      assertThat(socket.getInputStream().readNBytes(answer.length)).isEqualTo(answer);
      assertThat(measure("received")).isEqualTo(2);
    }
    listenAgain();
    assertThat(sendAndWait(compressed(gzip(bytes(entry(ELEVEN))), text("chunk") + text("c"))))
        .isEqualTo(bytes("\u0081" + text("ack") + text("c")));
  }

  private void listenAgain() throws IOException {
    reader.close();
    listen(builder());
  }

  @Test
  void messagesComeWholeHoweverTheyAreCutOnTheWay() throws Exception {
    listen(builder());
    byte[] frame = bytes("\u0092" + text("app") + binary(bytes(entry(ELEVEN_EXACTLY))));
    for (int cut = 1; cut < frame.length; cut++) {
      try (Socket socket = new Socket(LOOPBACK, source.port())) {
        socket.setTcpNoDelay(true);
        OutputStream out = socket.getOutputStream();
        out.write(frame, 0, cut);
        out.flush();
        out.write(frame, cut, frame.length - cut);
      }
      assertThat(read(1)).containsExactly(LINE + " 2026-03-01T11:00:00.000000001Z");
    }
  }

  @Test
  void aMessageThatBreaksOffEndsItsConnectionAndIsNotAcknowledged() throws Exception {
    listen(builder());
    String whole = compressed(gzip(bytes(entry(ELEVEN))), text("chunk") + text("c"));
    for (int length = 1; length < whole.length(); length++) {
      assertThat(sendAndWait(whole.substring(0, length))).isEmpty();
    }
    assertThat(measure("dropped")).isEqualTo(whole.length() - 1);
    assertThat(measure("received")).isZero();
    send("\u0092" + text("app") + "\u0092" + entry(ELEVEN) + "\u0092" + ELEVEN);
    assertThat(read(1)).containsExactly(LINE + " 2026-03-01T11:00:00Z");
  }

  @Test
  void whatIsNotForwardEndsItsConnection() throws Exception {
    listen(builder());
    byte[] broken = gzip(bytes(entry(ELEVEN)));
    broken[broken.length - 6] ^= 1;
    List<String> frames =
        List.of(
            "GET / HTTP/1.1\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001", // TLS
            "\u00c1",
            "\u0090",
            "\u0091" + text("app"),
            "\u0093\u0001" + ELEVEN + RECORD,
            "\u0093" + text("t").repeat(3),
            "\u0093" + text("app") + ELEVEN + text("no map"),
            "\u0093" + text("app") + text("no entries") + "\u0080",
            "\u0093" + text("app") + ELEVEN + "\u0081\u0090\u0001",
            "\u0095" + text("app") + ELEVEN + RECORD + "\u0080\u0080",
            "\u0092" + text("app") + "\u0091\u0093" + ELEVEN + RECORD + "\u0001",
            "\u0092" + text("app") + "\u0091\u0092\u0091\u0091\u0001" + RECORD,
            "\u0093" + text("app") + "\u00d4\u0000\u0001" + RECORD,
            "\u0093" + text("app") + ELEVEN + "\u0081" + text("d") + "\u0091".repeat(100_000),
            "\u0093" + text("app") + ELEVEN + "\u0081" + text("d") + "\u0091".repeat(100) + "\1",
            "\u0093" + text("app") + ELEVEN + "\u00df\u00ff\u00ff\u00ff\u00ff",
            "\u0092" + text("app") + "\u00dd\u007f\u00ff\u00ff\u00ff\u00c0",
            "\u0092" + text("app") + "\u00c6\u007f\u00ff\u00ff\u00ff",
            "\u0092" + "\u00da\u0004\u0001" + "t".repeat(1025) + "\u0090",
            compressed(broken, ""),
            compressed(bytes("no gzip"), ""),
            compressed(new byte[0], ""),
            "\u0093"
                + text("app")
                + binary(new byte[3])
                + "\u0081"
                + text("compressed")
                + text("zstd"));
    for (int i = 0; i < frames.size(); i++) {
      try (Socket socket = new Socket(LOOPBACK, source.port())) {
        socket.setSoTimeout((int) LONG.toMillis());
        socket.getOutputStream().write(bytes(frames.get(i)));
        assertEnds(socket);
      } catch (IOException e) {
        // A connection that is closed before all was read is reset.
        assertThat(e).isInstanceOf(SocketException.class);
      }
      int ended = i + 1;
      await().atMost(LONG).until(() -> measure("dropped") == ended);
    }
    send("\u0093" + text("app") + ELEVEN + RECORD);
    // The first is that before the wrong checksum.
    assertThat(read(2))
        .containsExactly(LINE + " 2026-03-01T11:00:00Z", LINE + " 2026-03-01T11:00:00Z");
  }

  private static void assertEnds(Socket socket) throws IOException {
    assertThat(socket.getInputStream().read()).isEqualTo(-1);
  }

  @Test
  void anyBytesAreSurvived() throws Exception {
    listen(builder().messageBytes(10_000));
    Random random = new Random(7);
    byte[] frame = bytes("\u0092" + text("app") + "\u0092" + entry(ELEVEN) + entry(ELEVEN_EXACTLY));
    for (int i = 0; i < 300; i++) {
      byte[] changed = frame.clone();
      for (int k = random.nextInt(3); k >= 0; k--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      sendAndWait(new String(changed, ISO_8859_1));
      reader.poll(Duration.ZERO);
    }
    send("\u0093" + text("last") + ELEVEN + RECORD);
    await().atMost(LONG).until(() -> read(1).stream().anyMatch(line -> line.contains("\"last\"")));
  }

  @Test
  void heartbeatsLeaveNothingBehind() throws Exception {
    listen(builder());
    assertThat(sendAndWait("")).isEmpty();
    assertThat(sendAndWait("\u00c0\u00c0")).isEmpty();
    assertThat(measure("dropped") + measure("received")).isZero();
  }

  @Test
  void sizesAreLimited() throws Exception {
    listen(builder().messageBytes(5_000).decompressedBytes(50_000).recordBytes(LINE.length()));
    // More than a message.
    sendReset("\u0092" + text("app") + "\u00dc\u0003\u00e8" + entry(ELEVEN).repeat(1000));
    await().atMost(LONG).until(() -> measure("dropped") == 1);
    assertThat(measure("received")).isLessThan(5_000 / entry(ELEVEN).length() + 1);
    double before = measure("received");
    // More than a message decompressed.
    sendReset(compressed(gzip(bytes(entry(ELEVEN).repeat(20_000))), ""));
    await().atMost(LONG).until(() -> measure("dropped") == 2);
    assertThat(measure("received") - before).isGreaterThan(1000);
    assertThat(measure("received") - before).isLessThan(50_000 / entry(ELEVEN).length() + 1);
    read((int) measure("received"));
    // A line that is too long is left out, the next one is not.
    String longer = "\u0081" + text("message") + text("hello!");
    assertThat(
            sendAndWait(
                "\u0093"
                    + text("app")
                    + "\u0092\u0092"
                    + ELEVEN
                    + longer
                    + entry(ELEVEN)
                    + "\u0081"
                    + text("chunk")
                    + text("c")))
        .isNotEmpty();
    assertThat(read(1)).containsExactly(LINE + " 2026-03-01T11:00:00Z");
    assertThat(measure("dropped")).isEqualTo(3);
  }

  private void sendReset(String frame) {
    try {
      send(frame);
    } catch (IOException e) {
      // Closed before all was sent.
    }
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
                  String record =
                      "\u0082" + text("n") + text("#" + i) + text("x") + text("x".repeat(200));
                  out.write(bytes("\u0093" + text("app") + ELEVEN + record));
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    sender.start();
    await().atMost(LONG).until(() -> measure("waiting") > 0);
    assertThat(sender.isAlive()).isTrue();
    assertThat(measure("waiting")).isLessThan(300_000);
    assertThat(read(count))
        .extracting(line -> line.substring(line.indexOf('#') + 1, line.indexOf("\",\"x")))
        .isEqualTo(IntStream.range(0, count).mapToObj(Integer::toString).toList());
    assertThat(measure("dropped")).isZero();
  }

  @Test
  void connectionsAreLimitedAndSilentOnesEnd() throws Exception {
    listen(builder().connections(1).idle(Duration.ofMillis(300)));
    try (Socket silent = new Socket(LOOPBACK, source.port())) {
      silent.setSoTimeout((int) LONG.toMillis());
      silent.getOutputStream().write(bytes("\u0093" + text("app") + ELEVEN + RECORD));
      send("\u0093" + text("app") + ELEVEN_EXACTLY + RECORD);
      assertThat(read(2))
          .containsExactly(
              LINE + " 2026-03-01T11:00:00Z", LINE + " 2026-03-01T11:00:00.000000001Z");
      assertEnds(silent);
    }
  }

  private static void fluentLogger(String program, int port) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(
        Files.isExecutable(python) && run(python, "import fluent.sender").isEmpty(),
        "apt-get install python3-fluent-logger");
    String error = run(python, program.replace("PORT", Integer.toString(port)));
    assertThat(error).isEmpty();
  }

  private static String run(Path python, String program) throws Exception {
    Process process =
        new ProcessBuilder(python.toString(), "-c", program).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return process.waitFor() == 0 ? output : "failed: " + output;
  }

  @Test
  void theLoggerForPythonIsUnderstood() throws Exception {
    listen(builder());
    fluentLogger(
        """
        from fluent import sender
        plain = sender.FluentSender('shop', host='127.0.0.1', port=PORT)
        assert plain.emit_with_time('cart', 1772362800, {'message': 'plain', 'n': [1, 2.5, None]})
        plain.close()
        exact = sender.FluentSender('shop', host='127.0.0.1', port=PORT, nanosecond_precision=True)
        assert exact.emit_with_time(None, 1772362800.25, {'message': 'ex\\u00e4ct'})
        exact.close()
        """,
        source.port());
    assertThat(read(2))
        .containsExactlyInAnyOrder(
            "{\"message\":\"plain\",\"n\":[1,2.5,null],\"fluent.tag\":\"shop.cart\"}"
                + " 2026-03-01T11:00:00Z",
            "{\"message\":\"ex\u00e4ct\",\"fluent.tag\":\"shop\"} 2026-03-01T11:00:00.250Z");
  }

  @Test
  void theEngineGroupsWhatALoggerSends() throws Exception {
    source = builder().build();
    try (LogSense sense = LogSense.builder().source(source).build()) {
      sense.start();
      await().atMost(LONG).until(() -> source.port() != 0);
      fluentLogger(
          """
          from fluent import sender
          logger = sender.FluentSender('shop', host='127.0.0.1', port=PORT)
          for i in range(20):
            assert logger.emit_with_time('cart', 1772362800 + i, {
              'level': 'ERROR', 'message': 'Cannot charge order %d' % i, 'service': 'shop',
              'stack_trace': 'java.lang.IllegalStateException: broken\\n\\tat com.shop.Cart.add(Cart.java:10)'})
          logger.close()
          """,
          source.port());
      await()
          .atMost(LONG)
          .until(() -> sense.snapshot().groups().stream().mapToLong(Group::count).sum() == 20);
      assertThat(sense.snapshot().groups()).hasSize(1);
      Group group = sense.snapshot().groups().get(0);
      LogEvent event = group.representative();
      assertThat(group.severity()).isEqualTo(Severity.ERROR);
      assertThat(event.service()).isEqualTo("shop");
      assertThat(event.attributes()).containsEntry("fluent.tag", "shop.cart");
      assertThat(Instant.EPOCH.plusNanos(group.firstSeen())).isEqualTo("2026-03-01T11:00:00Z");
      assertThat(Instant.EPOCH.plusNanos(group.lastSeen())).isEqualTo("2026-03-01T11:00:19Z");
    }
  }

  @Test
  void aUriNamesTheAddressAndTheLimits() {
    LogSourceProvider provider =
        ServiceLoader.load(LogSourceProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.scheme().equals("fluent"))
            .findFirst()
            .orElseThrow();
    URI uri = URI.create("fluent://127.0.0.1?connections=2&idle=5m&messageBytes=1000");
    assertThat(provider.open(uri, true).id()).isEqualTo("fluent://127.0.0.1:24224");
    assertThat(provider.open(uri, true).replayable()).isFalse();
    for (Map.Entry<String, Boolean> refused :
        Map.of("fluent://127.0.0.1", false, "fluent://127.0.0.1?shared_key=s", true).entrySet()) {
      assertThatThrownBy(() -> provider.open(URI.create(refused.getKey()), refused.getValue()))
          .isInstanceOf(LogSenseException.class);
    }
  }

  @Test
  void aSourceSaysAllThatIsWrong() {
    assertThatThrownBy(
            () ->
                builder()
                    .address(InetSocketAddress.createUnresolved("nowhere.invalid", 1))
                    .idle(Duration.ZERO)
                    .messageBytes(0)
                    .recordBytes(0)
                    .build())
        .isInstanceOf(LogSenseException.class)
        .hasMessageContaining("nowhere.invalid")
        .hasMessageContaining("PT0S")
        .hasMessageContaining("messageBytes")
        .hasMessageContaining("recordBytes");
  }
}
