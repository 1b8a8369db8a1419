package io.logsense.benchmarks.stability;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import io.logsense.Fingerprinters;
import io.logsense.FrameFingerprinter;
import io.logsense.StackTraces;
import io.logsense.api.event.StackTrace;
import io.logsense.api.fingerprint.StackFingerprint;
import io.logsense.benchmarks.LogbackThrowables;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;

/**
 * Lets every scenario of one build fail in this JVM and prints its identities in every form: {@code
 * scenario TAB form TAB strict TAB site}. Started by {@link StabilitySuite}.
 *
 * <p>System properties: {@code scenario.repeat} runs each that often and takes the last failure,
 * {@code scenario.layers} enters through a framework, {@code scenario.noise} makes lambdas and
 * proxies first, {@code scenario.dump} prints one scenario's trace instead.
 */
final class ScenarioRun {
  private static final List<String> CLASSES =
      List.of(
          "com.acme.app.Scenarios",
          "com.acme.app.RecordScenarios",
          "com.acme.app.CglibScenarios",
          "com.acme.app.ByteBuddyScenarios");
  private static final FrameFingerprinter FINGERPRINTER =
      Fingerprinters.javaFrames().inApp("com.acme");

  private final PrintStream out;
  private final boolean layers = Boolean.getBoolean("scenario.layers");
  private final int repeat = Integer.getInteger("scenario.repeat", 1);
  private final Map<String, PatternLayout> logback = new LinkedHashMap<>();
  private final Map<String, org.apache.logging.log4j.core.layout.PatternLayout> log4j =
      new LinkedHashMap<>();

  private ScenarioRun(PrintStream out) {
    this.out = out;
    LoggerContext context = new LoggerContext();
    for (String converter : List.of("ex", "xEx", "rEx")) {
      PatternLayout layout = new PatternLayout();
      layout.setContext(context);
      layout.setPattern("%msg%n%" + converter);
      layout.start();
      logback.put(converter, layout);
      log4j.put(
          converter,
          org.apache.logging.log4j.core.layout.PatternLayout.newBuilder()
              .setPattern("%msg%n%" + converter)
              .build());
    }
  }

  public static void main(String[] args) throws Exception {
    if (Boolean.getBoolean("scenario.noise")) {
      noise();
    }
    ScenarioRun run = new ScenarioRun(System.out);
    for (String name : CLASSES) {
      Class<?> type;
      try {
        type = Class.forName(name);
      } catch (ClassNotFoundException e) {
        continue;
      }
      Method[] methods = type.getDeclaredMethods();
      Arrays.sort(methods, Comparator.comparing(Method::getName));
      for (Method method : methods) {
        if (Modifier.isPublic(method.getModifiers()) && method.getParameterCount() == 0) {
          run.report(method);
        }
      }
    }
    System.out.flush();
    System.exit(0);
  }

  /** Moves the numbers of lambdas and proxies of this JVM. */
  private static void noise() {
    List<Runnable> lambdas = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      int n = i;
      lambdas.add(() -> System.setProperty("noise", Integer.toString(n)));
      java.lang.reflect.Proxy.newProxyInstance(
          ScenarioRun.class.getClassLoader(),
          new Class<?>[] {List.of(Runnable.class, Callable.class, Comparable.class).get(i % 3)},
          (p, m, a) -> null);
    }
    lambdas.forEach(Runnable::run);
  }

  private void report(Method method) {
    Throwable failure = null;
    for (int i = 0; i < repeat; i++) {
      failure = fail(method);
    }
    if (failure == null) {
      throw new IllegalStateException(method + " did not fail");
    }
    String scenario = method.getName();
    if (scenario.equals(System.getProperty("scenario.dump"))) {
      forms(failure).forEach((form, text) -> out.println("== " + form + '\n' + text));
    }
    print(scenario, "live", FINGERPRINTER.fingerprint(failure));
    print(
        scenario,
        "logback proxy",
        FINGERPRINTER.fingerprint(new ThrowableProxy(failure), LogbackThrowables.READER));
    forms(failure)
        .forEach(
            (form, text) -> {
              if (!text.contains("\tat ")) {
                return; // A layout may print no frame at all, which is no trace to an extractor.
              }
              byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
              List<StackTrace> found = StackTraces.extractor().extract(bytes, 0, bytes.length);
              if (found.size() == 1) {
                print(scenario, form, FINGERPRINTER.fingerprint(found.get(0)));
              } else {
                out.println(scenario + '\t' + form + "\tfound " + found.size() + "\t-");
              }
            });
  }

  private void print(String scenario, String form, StackFingerprint fingerprint) {
    out.println(scenario + '\t' + form + '\t' + fingerprint.strict() + '\t' + fingerprint.site());
  }

  private Throwable fail(Method scenario) {
    try {
      if (layers) {
        throughLayers(scenario);
      } else {
        scenario.invoke(null);
      }
    } catch (InvocationTargetException e) {
      return outOfLayers(e);
    } catch (Exception e) {
      throw new IllegalStateException(scenario.getName(), e);
    }
    throw new IllegalStateException(scenario + " did not fail");
  }

  private static void throughLayers(Method scenario) throws Exception {
    Callable<Object> application = () -> scenario.invoke(null);
    Class.forName("org.springframework.layer.Layers")
        .getMethod("enter", Callable.class)
        .invoke(null, application);
  }

  /** What the scenario threw, without what brought it here. */
  private Throwable outOfLayers(InvocationTargetException brought) {
    Throwable failure = brought.getCause();
    if (layers) {
      while (failure != null
          && (failure instanceof InvocationTargetException
              || (failure instanceof IllegalStateException
                  && failure.getCause() instanceof InvocationTargetException))) {
        boolean last = failure instanceof InvocationTargetException;
        failure = failure.getCause();
        if (last) {
          break;
        }
      }
    }
    if (failure == null) {
      throw new IllegalStateException(brought);
    }
    return failure;
  }

  private Map<String, String> forms(Throwable failure) {
    Map<String, String> forms = new LinkedHashMap<>();
    StringWriter printed = new StringWriter();
    failure.printStackTrace(new PrintWriter(printed, true));
    forms.put("printStackTrace", "failed\n" + printed);
    LoggingEvent event = new LoggingEvent();
    event.setLevel(Level.ERROR);
    event.setMessage("failed");
    event.setThrowableProxy(proxy(failure));
    logback.forEach((name, layout) -> forms.put("logback " + name, layout.doLayout(event)));
    Log4jLogEvent other =
        Log4jLogEvent.newBuilder()
            .setMessage(new SimpleMessage("failed"))
            .setThrown(failure)
            .build();
    log4j.forEach((name, layout) -> forms.put("log4j " + name, layout.toSerializable(other)));
    return forms;
  }

  private static ThrowableProxy proxy(Throwable failure) {
    ThrowableProxy proxy = new ThrowableProxy(failure);
    proxy.calculatePackagingData();
    return proxy;
  }
}
