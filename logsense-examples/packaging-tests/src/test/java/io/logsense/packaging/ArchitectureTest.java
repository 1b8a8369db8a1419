package io.logsense.packaging;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.logsense.api.LogSenseException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may know whom, asked of the jars. */
class ArchitectureTest {
  private static final JavaClasses API = ShippedJars.classes(ShippedJars.API);
  private static final JavaClasses CORE = ShippedJars.classes(ShippedJars.CORE);
  private static final JavaClasses CLI = ShippedJars.classes(ShippedJars.CLI);
  private static final JavaClasses ONNX = ShippedJars.classes(ShippedJars.ONNX);
  private static final JavaClasses CODE_INDEX = ShippedJars.classes(ShippedJars.CODE_INDEX);
  private static final JavaClasses HNSWLIB = ShippedJars.classes(ShippedJars.HNSWLIB);
  private static final JavaClasses IN_PROCESS = ShippedJars.classes(ShippedJars.IN_PROCESS);
  private static final String API_PACKAGES = Module.API_PACKAGES;
  private static final String VECTOR_API = "jdk.incubator.vector..";
  private static final String SIMD = "io.logsense.internal.vector.SimdDotProduct";

  /** A package of the api may know those of a lower number. */
  private static final Map<String, Integer> API_ORDER =
      Map.ofEntries(
          Map.entry("", 0),
          Map.entry(".event", 1),
          Map.entry(".source", 2),
          Map.entry(".mask", 2),
          Map.entry(".stack", 2),
          Map.entry(".parse", 3),
          Map.entry(".fingerprint", 4),
          Map.entry(".template", 5),
          Map.entry(".embed", 5),
          Map.entry(".vector", 5),
          Map.entry(".group", 6),
          Map.entry(".cluster", 7),
          Map.entry(".finding", 7),
          Map.entry(".code", 2),
          Map.entry(".triage", 7),
          Map.entry(".alert", 8),
          Map.entry(".recipe", 8),
          Map.entry(".telemetry", 1),
          Map.entry(".purge", 1),
          Map.entry(".llm", 2),
          Map.entry(".analysis", 9),
          Map.entry(".store", 7));

  /**
   * Where a user's own pattern is compiled, a file name's is refused, or a version is read; no
   * other code has one.
   */
  private static final Set<String> MAY_USE_PATTERNS =
      Set.of(
          "io.logsense.Maskers",
          "io.logsense.TemplateMiners",
          "io.logsense.internal.mask.PatternRule",
          "io.logsense.internal.template.NamedPatterns",
          "io.logsense.internal.text.BudgetedSearch",
          "io.logsense.internal.triage.Versions",
          "io.logsense.internal.source.FileListing");

  @Test
  void theApiKnowsTheJdkAndAnnotationsOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(API_PACKAGES, "java..", "org.jspecify.."))
        .check(API);
  }

  @Test
  void coreKnowsTheApiTheJdkSlf4jJacksonAndCaffeineOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "io.logsense..",
                VECTOR_API,
                "java..",
                "org.jspecify..",
                "org.slf4j..",
                "com.fasterxml.jackson.core..",
                "com.github.benmanes.caffeine.."))
        .check(CORE);
  }

  /** It is there only if the application has opened it. */
  @Test
  void oneClassOfCoreKnowsTheVectorApiAndNobodyKnowsThatClass() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(SIMD)
        .should()
        .dependOnClassesThat(resideInAPackage(VECTOR_API))
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName(SIMD)
        .check(CORE);
    assertThat(CORE.contain(SIMD)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.logsense.packaging.Module#all")
  void aModuleKnowsTheApiTheJdkAndWhatItIsFor(Module module) {
    classes()
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(module.knows()))
        .check(module.classes());
  }

  @Test
  void theStarterHasOnePublicClass() {
    JavaClasses starter = ShippedJars.classes(ShippedJars.SPRING);
    assertThat(starter.stream().filter(ArchitectureTest::isExported)).hasSize(1);
  }

  @Test
  void nobodyOutsideCoreReachesWhatIsInternal() {
    noClasses().should().dependOnClassesThat(resideInAPackage("io.logsense.internal..")).check(API);
    noClasses().should().dependOnClassesThat(resideInAPackage("io.logsense.internal..")).check(CLI);
  }

  @Test
  void thePackagesOfTheApiHaveAnOrder() {
    classes().should(knowOnlyWhatComesBefore()).check(API);
    slices().matching("io.logsense.api.(*)..").should().beFreeOfCycles().check(API);
  }

  @Test
  void coreReadsNoClockThatWasNotGivenToIt() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .check(CORE);
  }

  @Test
  void coreDoesNotPrint() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CORE);
  }

  @Test
  void noRegularExpressionIsOnThePathOfALine() {
    noClasses()
        .that(describe("are not allowed to", type -> !MAY_USE_PATTERNS.contains(outermost(type))))
        .should()
        .dependOnClassesThat(resideInAPackage("java.util.regex.."))
        .check(CORE);
  }

  @Test
  void noThirdPartyTypeIsInAnExportedSignature() {
    DescribedPredicate<JavaClass> ours =
        resideInAnyPackage(
            API_PACKAGES,
            "io.logsense",
            "io.logsense.code",
            "io.logsense.inprocess",
            "io.logsense.onnx",
            "java..");
    for (JavaClasses jar : List.of(API, CORE, ONNX, CODE_INDEX, HNSWLIB, IN_PROCESS)) {
      classes()
          .that(describe("are exported", ArchitectureTest::isExported))
          .should(showOnly(ours))
          .check(jar);
    }
  }

  @Test
  void fewerThanFourInTenTypesOfCoreArePublic() {
    long types = CORE.stream().filter(type -> !type.isAnonymousClass()).count();
    long exported = CORE.stream().filter(ArchitectureTest::isExported).count();
    assertThat(exported).isPositive();
    assertThat(exported * 100 / types).as("%s of %s types", exported, types).isLessThan(40);
  }

  @Test
  void concretePublicClassesOfApiAndCoreCannotBeExtended() {
    concretePublicClassesAreFinal(API);
    concretePublicClassesAreFinal(CORE);
    assertThat(API.contain(LogSenseException.class)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.logsense.packaging.Module#all")
  void concretePublicClassesOfAModuleCannotBeExtended(Module module) {
    concretePublicClassesAreFinal(module.classes());
  }

  private static void concretePublicClassesAreFinal(JavaClasses jar) {
    classes()
        .that(describe("are exported", ArchitectureTest::isExported))
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        .doNotHaveModifier(JavaModifier.ABSTRACT)
        .should()
        .haveModifier(JavaModifier.FINAL)
        .check(jar);
  }

  private static boolean isExported(JavaClass type) {
    boolean visible = type.getModifiers().contains(JavaModifier.PUBLIC);
    boolean packageIsExported = !type.getPackageName().startsWith("io.logsense.internal");
    return visible
        && packageIsExported
        && type.getEnclosingClass().map(ArchitectureTest::isExported).orElse(true);
  }

  private static String outermost(JavaClass type) {
    return type.getName().split("\\$", 2)[0];
  }

  private static ArchCondition<JavaClass> knowOnlyWhatComesBefore() {
    return new ArchCondition<>("know only packages that come before their own") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(d -> d.getTargetClass().getPackageName().startsWith("io.logsense.api"))
            .filter(d -> !d.getTargetClass().getPackageName().equals(type.getPackageName()))
            .filter(d -> order(d.getTargetClass()) >= order(type))
            .forEach(d -> events.add(SimpleConditionEvent.violated(type, d.getDescription())));
      }
    };
  }

  private static int order(JavaClass type) {
    String name = type.getPackageName().substring("io.logsense.api".length());
    Integer order = API_ORDER.get(name);
    assertThat(order).as("the place of package '%s' in the order", name).isNotNull();
    return order;
  }

  private static ArchCondition<JavaClass> showOnly(DescribedPredicate<JavaClass> allowed) {
    return new ArchCondition<>("show only types of the JDK and of LogSense") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getAllRawSuperclasses().stream()
            .filter(shown -> !allowed.test(shown))
            .forEach(shown -> report(type.getName(), shown, events));
        type.getMembers().stream()
            .filter(ArchitectureTest::isVisible)
            .forEach(
                member ->
                    shown(member).stream()
                        .filter(shown -> !allowed.test(shown))
                        .forEach(shown -> report(member.getFullName(), shown, events)));
      }
    };
  }

  private static void report(String where, JavaClass shown, ConditionEvents events) {
    events.add(SimpleConditionEvent.violated(shown, where + " shows " + shown.getName()));
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  private static List<JavaClass> shown(JavaMember member) {
    List<JavaClass> shown = new ArrayList<>();
    if (member instanceof JavaField field) {
      shown.addAll(field.getAllInvolvedRawTypes());
    } else if (member instanceof JavaCodeUnit unit) {
      shown.addAll(unit.getReturnType().getAllInvolvedRawTypes());
      unit.getParameterTypes().forEach(type -> shown.addAll(type.getAllInvolvedRawTypes()));
      unit.getExceptionTypes().forEach(shown::add);
    }
    return shown.stream()
        .map(JavaClass::getBaseComponentType)
        .filter(t -> !t.isPrimitive())
        .toList();
  }
}
