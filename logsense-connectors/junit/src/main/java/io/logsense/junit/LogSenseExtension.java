package io.logsense.junit;

import io.logsense.api.group.Group;
import io.logsense.inprocess.AppenderSettings;
import io.logsense.testkit.LogSenseAssertions;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;

/**
 * Counts what is logged while tests run, and prints the problems at the end.
 *
 * <pre>{@code
 * @ExtendWith(LogSenseExtension.class)
 * class CartTest { … }
 * }</pre>
 *
 * <p>Or, to set it up:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final LogSenseExtension LOGS =
 *     LogSenseExtension.builder()
 *         .inApp("com.shop")
 *         .knownErrors(Path.of("src/test/resources/known-errors.txt"))
 *         .build();
 * }</pre>
 *
 * <p>Listens at the root loggers of the libraries whose LogSense module is on the class path:
 * {@code logsense-logback}, {@code logsense-log4j2}, {@code logsense-jul}. What goes to loggers
 * that pass nothing on to the root is not seen. Everything that is logged meanwhile counts, by
 * whatever thread: where classes run at the same time, count the whole run.
 *
 * <p>Parameters of the JUnit platform, for what the builder does not set:
 *
 * <ul>
 *   <li>{@code logsense.report}: {@code class}, which is the default, or {@code run}: one report
 *       when all tests are over, which suits extensions that JUnit {@linkplain #AUTODETECTION
 *       detects}
 *   <li>{@code logsense.inApp}: packages of the application, divided by commas
 *   <li>{@code logsense.knownErrors}: a file that lists the errors which are known, as for {@link
 *       Builder#knownErrors}
 * </ul>
 */
public final class LogSenseExtension implements BeforeAllCallback, AfterAllCallback {
  /** The parameter of JUnit that makes it use this extension wherever it is on the class path. */
  public static final String AUTODETECTION = "junit.jupiter.extensions.autodetection.enabled";

  private static final Namespace NAMESPACE = Namespace.create(LogSenseExtension.class);
  private static final String PARAMETERS = "logsense.";

  private final @Nullable String inApp;
  private final @Nullable String knownErrors;
  private final Consumer<List<Group>> check;
  private final Consumer<String> out;

  /** An extension as the parameters of the platform ask for it. */
  public LogSenseExtension() {
    this(builder());
  }

  private LogSenseExtension(Builder builder) {
    inApp = builder.inApp;
    knownErrors = builder.knownErrors;
    check = builder.check;
    out = builder.out;
  }

  /** A builder of an extension. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    ExtensionContext owner = isForTheRun(context) ? context.getRoot() : context;
    Store store = owner.getStore(NAMESPACE);
    if (store.get(LoggedRun.class) == null) { // else an outer class counts already, or the run
      store.put(LoggedRun.class, run(owner));
    }
  }

  private static boolean isForTheRun(ExtensionContext context) {
    return context
        .getConfigurationParameter(PARAMETERS + "report")
        .filter("run"::equalsIgnoreCase)
        .isPresent();
  }

  private LoggedRun run(ExtensionContext owner) {
    AppenderSettings settings = new AppenderSettings().enrichFrom(null);
    parameter(owner, "inApp", inApp).ifPresent(settings::inApp);
    Consumer<List<Group>> all =
        parameter(owner, "knownErrors", knownErrors)
            .map(Path::of)
            .map(file -> check.andThen(groups -> hasNoOthers(groups, file)))
            .orElse(check);
    String name = owner.getTestClass().map(Class::getName).orElse("all tests");
    return new LoggedRun(owner.getUniqueId(), name, settings, all, out);
  }

  private static void hasNoOthers(List<Group> groups, Path known) {
    LogSenseAssertions.assertThat(groups).hasNoNewErrorGroups(known);
  }

  private static Optional<String> parameter(
      ExtensionContext context, String name, @Nullable String set) {
    return set == null ? context.getConfigurationParameter(PARAMETERS + name) : Optional.of(set);
  }

  /**
   * Reports, if it is this class that was counted.
   *
   * @throws AssertionError when the check throws it
   */
  @Override
  public void afterAll(ExtensionContext context) {
    LoggedRun run = context.getStore(NAMESPACE).get(LoggedRun.class, LoggedRun.class);
    if (run != null && run.isOf(context.getUniqueId())) {
      run.close();
    }
  }

  /** Collects what an extension is set up with. Not thread-safe. */
  public static final class Builder {
    private @Nullable String inApp;
    private @Nullable String knownErrors;
    private Consumer<List<Group>> check = groups -> {};
    private Consumer<String> out = System.out::println;

    private Builder() {}

    /** Names the packages of the application; without any, all but well-known frameworks count. */
    public Builder inApp(String... packages) {
      inApp = String.join(",", packages);
      return this;
    }

    /**
     * Fails the class, or the run, when an error is logged that {@code file} does not list.
     *
     * @see io.logsense.testkit.GroupsAssert#hasNoNewErrorGroups how the file is made
     */
    public Builder knownErrors(Path file) {
      knownErrors = file.toString();
      return this;
    }

    /**
     * Sets what is given all groups after the report, and may throw an {@link AssertionError} to
     * fail the class, or the run.
     */
    public Builder check(Consumer<List<Group>> value) {
      check = value;
      return this;
    }

    /** Sets who is given the report, a text of several lines. Default: it is printed. */
    public Builder out(Consumer<String> value) {
      out = value;
      return this;
    }

    /** The extension. */
    public LogSenseExtension build() {
      return new LogSenseExtension(this);
    }
  }
}
