package io.logsense.benchmarks.stability;

import java.util.List;

/**
 * One way in which a deployment differs from the next: how the scenarios are built and run.
 *
 * @param name what people read
 * @param build which build of the sources runs
 * @param jdk which JDK runs it
 * @param springCore version of spring-core on the class path
 * @param quick whether a quick run has it
 * @param arguments further arguments of the JVM
 */
record Variant(
    String name, Build build, Jdk jdk, String springCore, boolean quick, List<String> arguments) {

  static final String SPRING_5 = "5.3.39";
  static final String SPRING_6 = "6.2.0";

  /** How the sources are compiled. */
  enum Build {
    PLAIN,
    SHIFTED_LINES,
    MORE_LAMBDAS,
    NO_DEBUG_INFO,
    NEWER_COMPILER,
    OLDER_TARGET
  }

  /** Which JDK runs. */
  enum Jdk {
    THIS,
    NEWER
  }

  private static Variant of(String name, Build build, Jdk jdk, boolean quick, String... arguments) {
    return new Variant(name, build, jdk, SPRING_5, quick, List.of(arguments));
  }

  /** All variants, the base first. */
  static List<Variant> all() {
    String[] hidden = {"-XX:+UnlockDiagnosticVMOptions", "-XX:+ShowHiddenFrames"};
    return List.of(
        of("base", Build.PLAIN, Jdk.THIS, true),
        of("rerun", Build.PLAIN, Jdk.THIS, false, "-Dscenario.noise=true", "-Xint"),
        of("newer JDK", Build.PLAIN, Jdk.NEWER, true),
        of("lines shifted", Build.SHIFTED_LINES, Jdk.THIS, true),
        of("lambdas added", Build.MORE_LAMBDAS, Jdk.THIS, true),
        of("no debug info", Build.NO_DEBUG_INFO, Jdk.THIS, false),
        of("newer javac", Build.NEWER_COMPILER, Jdk.NEWER, false),
        of("release 9", Build.OLDER_TARGET, Jdk.THIS, false),
        of("deeper", Build.PLAIN, Jdk.THIS, true, "-Dscenario.depth=60"),
        of("warmed up", Build.PLAIN, Jdk.THIS, true, "-Dscenario.repeat=40"),
        of("warmed up, newer", Build.MORE_LAMBDAS, Jdk.NEWER, false, "-Dscenario.repeat=40"),
        of("framework frames", Build.PLAIN, Jdk.THIS, true, "-Dscenario.layers=true"),
        of("hidden frames", Build.PLAIN, Jdk.THIS, true, hidden),
        of("hidden, newer", Build.PLAIN, Jdk.NEWER, true, hidden),
        new Variant("Spring 6", Build.PLAIN, Jdk.THIS, SPRING_6, true, List.of()));
  }
}
