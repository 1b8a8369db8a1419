package io.logsense.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import io.logsense.LogSense;
import io.logsense.api.group.Group;
import io.logsense.logback.LogSenseAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What becomes of the logging of an application. */
class ApplicationRunTest {
  private static final Logger LOG = LoggerFactory.getLogger("com.shop.Cart");

  @TempDir private Path directory;

  private final LoggerContext loggers = (LoggerContext) LoggerFactory.getILoggerFactory();

  /** Another test may have an application that is still open. */
  @BeforeEach
  void forgetHowLoggingIsSetUp() {
    LoggingSystem.get(getClass().getClassLoader()).cleanUp();
    for (LoggingSystemProperty property : LoggingSystemProperty.values()) {
      System.clearProperty(property.getEnvironmentVariableName());
    }
  }

  @AfterEach
  void closeTheLog() {
    loggers.stop();
  }

  private ConfigurableApplicationContext run(Class<?> application, String... properties) {
    SpringApplication spring = new SpringApplication(application);
    spring.setMainApplicationClass(application);
    spring.setWebApplicationType(WebApplicationType.NONE);
    List<String> arguments = new ArrayList<>();
    arguments.add("--logging.file.name=" + log());
    for (String property : properties) {
      arguments.add("--" + property);
    }
    return spring.run(arguments.toArray(String[]::new));
  }

  private Path log() {
    return directory.resolve("app.log");
  }

  private String line(String part) throws IOException {
    return Files.readAllLines(log()).stream()
        .filter(line -> line.contains(part))
        .findFirst()
        .orElseThrow();
  }

  private List<Appender<ILoggingEvent>> ofTheRoot() {
    List<Appender<ILoggingEvent>> appenders = new ArrayList<>();
    loggers.getLogger("ROOT").iteratorForAppenders().forEachRemaining(appenders::add);
    return appenders;
  }

  @Test
  void theAppendersOfTheRootAreWrapped() {
    try (var context = run(Application.class)) {
      LogSenseAppender appender = context.getBean(LogSenseAppender.class);
      assertThat(ofTheRoot()).hasSize(1);
      assertThat(ofTheRoot().get(0)).isSameAs(appender);
      assertThat(appender.getAppender("CONSOLE").isStarted()).isTrue();
      assertThat(appender.getAppender("FILE").isStarted()).isTrue();
    }
  }

  @Test
  void nothingHappensWhenItIsDisabled() {
    try (var context = run(Application.class, "logsense.enabled=false")) {
      assertThat(ofTheRoot()).extracting(Appender::getName).containsExactly("CONSOLE", "FILE");
      assertThat(context.getBeansOfType(LogSense.class)).isEmpty();
    }
  }

  @Test
  void theTextOfTheLogDoesNotChange() throws IOException {
    try (var context = run(Application.class, "logging.pattern.file=%level %X %m%n")) {
      LOG.error("cannot sell");
      assertThat(line("cannot sell")).isEqualTo("ERROR  cannot sell");
      assertThat(context.getBean(LogSense.class).snapshot().groups())
          .extracting(Group::template)
          .contains("cannot sell");
    }
  }

  @Test
  void structuredLogsHaveMembersInTheWayOfTheirFormat() throws IOException {
    run(Application.class, "logging.structured.format.file=logstash").close();
    LOG.error("cannot sell apples");
    assertThat(line("cannot sell apples"))
        .contains("\"logsense.fingerprint\":\"tm1:", "\"logsense.group.count\":1,");
    run(Application.class, "logging.structured.format.file=gelf").close();
    LOG.error("cannot sell pears");
    assertThat(line("cannot sell pears"))
        .contains("\"_logsense.fingerprint\":\"tm1:", "\"_logsense.group.count\":1,");
  }

  @Test
  void whatIsEnrichedCanBeChosen() throws IOException {
    run(
            Application.class,
            "logging.pattern.file=[%X{logsense.template}] %m%n",
            "logsense.enrich=mdc",
            "logsense.enrich-from=info")
        .close();
    LOG.info("sold item {}", 4711);
    assertThat(line("sold item")).isEqualTo("[sold item {}] sold item 4711");
  }

  @Test
  void aFloodIsCutDown() throws IOException {
    run(Application.class, "logsense.reduce.enabled=true", "logsense.reduce.first=3").close();
    for (int i = 0; i < 1000; i++) {
      LOG.error("cannot sell item {}", i);
    }
    loggers.stop();
    assertThat(Files.readAllLines(log()))
        .filteredOn(line -> line.contains("cannot sell"))
        .hasSizeBetween(4, 30)
        .last()
        .asString()
        .contains(" more, 1000 in all, latest ");
  }

  /** Before there is a bean that could have attached anything. */
  @Test
  void aFailureToStartIsCounted() {
    assertThatThrownBy(() -> run(Failing.class)).hasRootCauseMessage("no database");
    assertThat(RootAppender.find(loggers).orElseThrow().engine().snapshot().groups())
        .anySatisfy(
            group -> {
              assertThat(group.title()).isEqualTo("IllegalStateException: no database");
              assertThat(group.location()).startsWith(Failing.class.getName() + ".database(");
            });
  }

  @Test
  void loggingThatIsSetUpAgainIsWrappedAgain() throws IOException {
    run(Application.class).close();
    LOG.error("cannot sell apples");
    try (var context = run(Application.class)) {
      LOG.error("cannot sell pears");
      assertThat(ofTheRoot()).hasSize(1);
      LogSenseAppender appender = context.getBean(LogSenseAppender.class);
      assertThat(appender.getAppender(RootAppender.NAME)).isNull();
      assertThat(appender.engine().snapshot().groups())
          .filteredOn(group -> group.title().startsWith("cannot sell"))
          .extracting(Group::title)
          .containsExactly("cannot sell pears");
    }
    assertThat(Files.readAllLines(log()))
        .filteredOn(line -> line.contains("cannot sell"))
        .hasSize(2);
  }

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {}

  @Configuration(proxyBeanMethods = false)
  static class Failing {
    @Bean
    Object database() {
      throw new IllegalStateException("no database");
    }
  }
}
