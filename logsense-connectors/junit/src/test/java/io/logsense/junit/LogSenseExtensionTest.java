package io.logsense.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ch.qos.logback.classic.LoggerContext;
import io.logsense.api.group.GroupKind;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassSelector;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.slf4j.LoggerFactory;

/** Runs test classes that log, as a build does. */
class LogSenseExtensionTest {
  private static final Throwable NO_PRICE = new IllegalStateException("no price");
  private static final List<String> REPORTS = new CopyOnWriteArrayList<>();

  @BeforeEach
  void nothingIsReportedYet() {
    REPORTS.clear();
  }

  private static LogSenseExtension extension() {
    return LogSenseExtension.builder().inApp("io.logsense.junit").out(REPORTS::add).build();
  }

  private static void sell(int item) {
    LoggerFactory.getLogger("com.shop.Cart").info("sold item {}", item);
  }

  private static void fail(int item) {
    LoggerFactory.getLogger("com.shop.Cart").error("cannot sell item {}", item, NO_PRICE);
  }

  // The classes that are run.

  static class Shop {
    @RegisterExtension static final LogSenseExtension LOGS = extension();

    @Test
    void sells() {
      for (int i = 0; i < 100; i++) {
        sell(i);
        fail(i);
      }
      LoggerFactory.getLogger("com.shop.Stock").warn("stock of {} is low", "apples");
    }

    @Nested
    class AtNight {
      @Test
      void sellsToo() {
        fail(100);
      }
    }
  }

  static class Quiet {
    @RegisterExtension static final LogSenseExtension LOGS = extension();

    @Test
    void sells() {
      sell(1);
    }
  }

  static class EveryLibrary {
    @RegisterExtension static final LogSenseExtension LOGS = extension();

    @Test
    void logs() {
      LoggerFactory.getLogger("com.shop.Cart").error("through Logback");
      LogManager.getLogger("com.shop.Cart").error("through Log4j2");
      java.util.logging.Logger.getLogger("com.shop.Cart").severe("through the JDK");
    }
  }

  static class Reconfigured {
    @RegisterExtension static final LogSenseExtension LOGS = extension();

    @Test
    void logs() throws Exception {
      ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
      ((org.apache.logging.log4j.core.LoggerContext) LogManager.getContext(false)).reconfigure();
      java.util.logging.LogManager.getLogManager().readConfiguration();
      new EveryLibrary().logs();
    }
  }

  static class Checked {
    @RegisterExtension
    static final LogSenseExtension LOGS =
        LogSenseExtension.builder()
            .out(REPORTS::add)
            .check(
                groups ->
                    assertThat(groups)
                        .as("an error of a known kind")
                        .noneMatch(group -> group.kind() == GroupKind.EXCEPTION))
            .build();

    @Test
    void sells() {
      fail(1);
    }
  }

  @ExtendWith(LogSenseExtension.class)
  static class First {
    @Test
    void sells() {
      fail(1);
    }
  }

  @ExtendWith(LogSenseExtension.class)
  static class Second {
    @Test
    void sells() {
      fail(2);
    }
  }

  static class Undecided {
    @Test
    void sells() {
      fail(3);
    }
  }

  /** What failed when classes were run: names and reasons. */
  private static List<String> run(Map<String, String> parameters, Class<?>... classes) {
    List<String> failures = new ArrayList<>();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(
                    Arrays.stream(classes)
                        .map(type -> selectClass(type))
                        .toArray(ClassSelector[]::new))
                .configurationParameters(parameters)
                .build(),
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                result
                    .getThrowable()
                    .ifPresent(thrown -> failures.add(test.getDisplayName() + ": " + thrown));
              }
            });
    return failures;
  }

  /** What was printed meanwhile. */
  private static String printed(Runnable action) {
    PrintStream before = System.out;
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      action.run();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void problemsAreReportedWhenAClassAndThoseInItAreOver() {
    assertThat(run(Map.of(), Shop.class)).isEmpty();
    assertThat(REPORTS).hasSize(1);
    assertThat(REPORTS.get(0).lines().toList())
        .hasSize(3)
        .satisfies(
            lines -> {
              assertThat(lines.get(0))
                  .isEqualTo(
                      "LogSense: 2 problems among 202 events that "
                          + Shop.class.getName()
                          + " logged");
              assertThat(lines.get(1))
                  .contains("ERROR 101 x IllegalStateException: no price")
                  .contains("LogSenseExtensionTest.<clinit>")
                  .contains("[jf1:");
              assertThat(lines.get(2))
                  .contains("WARN 1 x stock of apples is low at com.shop.Stock [tm1:");
            });
  }

  @Test
  void aClassWithoutProblemsSaysNothing() {
    assertThat(run(Map.of(), Quiet.class)).isEmpty();
    assertThat(REPORTS).isEmpty();
  }

  @Test
  void everyLibraryOnTheClassPathIsHeard() {
    assertThat(run(Map.of(), EveryLibrary.class)).isEmpty();
    assertThat(REPORTS)
        .singleElement()
        .asString()
        .contains("3 problems among 3 events", "1 x through Logback", "1 x through Log4j2")
        .contains("1 x through the JDK");
  }

  @Test
  void librariesThatTakeAnotherConfigurationAreHeardAfterwards() {
    assertThat(run(Map.of(), Reconfigured.class)).isEmpty();
    assertThat(REPORTS).singleElement().asString().contains("3 problems among 3 events");
  }

  @Test
  void eachClassHasItsOwnReport() {
    String text = printed(() -> run(Map.of(), First.class, Second.class));
    assertThat(text.lines().filter(line -> line.startsWith("LogSense: 1 problem among 1 events")))
        .hasSize(2);
  }

  @Test
  void aRunHasOneReportWhereThatIsAskedFor() {
    String text = printed(() -> run(Map.of("logsense.report", "run"), First.class, Second.class));
    assertThat(text.lines().filter(line -> line.startsWith("LogSense: ")))
        .containsExactly("LogSense: 1 problem among 2 events that all tests logged");
  }

  @Test
  void junitFindsTheExtensionByItself() {
    String text =
        printed(() -> run(Map.of(LogSenseExtension.AUTODETECTION, "true"), Undecided.class));
    assertThat(text)
        .contains("LogSense: 1 problem among 1 events that " + Undecided.class.getName());
  }

  @Test
  void aCheckThatFailsFailsTheClassAfterTheReport() {
    assertThat(run(Map.of(), Checked.class))
        .singleElement()
        .asString()
        .contains("Checked", "an error of a known kind");
    assertThat(REPORTS).hasSize(1);
  }

  @Test
  void anErrorThatIsNotKnownFailsTheClassAndAKnownOneDoesNot(@TempDir Path directory)
      throws Exception {
    Path known = Files.createFile(directory.resolve("known-errors.txt"));
    Map<String, String> parameters = Map.of("logsense.knownErrors", known.toString());
    List<String> failures = run(parameters, Shop.class);
    assertThat(failures).singleElement().asString().contains("Shop").contains("no price");
    String accepted =
        failures
            .get(0)
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("accept"))
            .map(line -> line.substring("accept".length()).strip())
            .findFirst()
            .orElseThrow();
    Files.writeString(known, accepted + "\n");
    assertThat(run(parameters, Shop.class)).isEmpty();
  }

  @Test
  void aCheckThatFailsFailsTheRun() {
    assertThat(run(Map.of("logsense.report", "run"), Checked.class))
        .singleElement()
        .asString()
        .contains("an error of a known kind");
  }
}
