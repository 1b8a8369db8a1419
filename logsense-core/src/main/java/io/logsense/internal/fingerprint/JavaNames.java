package io.logsense.internal.fingerprint;

import org.jspecify.annotations.Nullable;

/**
 * Names of JVM classes and methods without what compilers, proxies and loaders add to them.
 *
 * <p>What is cut is what changes between two builds or two runs of the same source: ordinals of
 * anonymous classes and lambdas, hashes of generated classes, accessors, loader and module names.
 */
final class JavaNames {
  /** Parts of a class name that only generated subclasses and proxies have. */
  private static final String[] GENERATED = {
    "$$EnhancerBy",
    "$$FastClassBy",
    "$$SpringCGLIB$$",
    "$$KeyFactoryBy",
    "$$MethodAccessBy",
    "_$$_",
    "_$$jvst",
    "$HibernateProxy",
    "$HibernateBasicProxy",
    "$HibernateAccessOptimizer",
    "$HibernateInstantiator",
    "$ByteBuddy$",
    "$$ByteBuddy",
    "$MockitoMock$",
    "$$EnhancerByMockito",
    "$EasyMock$",
    "_ClientProxy",
    "$$Owb",
    "$$$view",
    "$$$endpoint",
    "$Definition$Intercepted",
    "$$Lambda",
    "$$ExternalSynthetic",
    "$$InternalSynthetic",
    "$AjcClosure",
    "_Instantiator_",
    "_Accessor_",
  };

  private static final String[] GLUE_PACKAGES = {
    "java.lang.reflect.",
    "java.lang.invoke.",
    "jdk.internal.reflect.",
    "jdk.internal.access.",
    "sun.reflect.",
    "sun.invoke.",
    "com.sun.proxy.",
    "org.springframework.aop.",
    "org.springframework.cglib.",
    "net.sf.cglib.",
    "_COROUTINE.",
  };

  private JavaNames() {}

  /** The normal form of a class name, null for glue. */
  static @Nullable String owner(String className) {
    String name = withoutLoader(className);
    if (isGlue(name)) {
      return null;
    }
    return withoutOrdinals(withoutHiddenSuffix(name));
  }

  /** The normal form of the type of a throwable; glue is cut back to the class it was made from. */
  static String type(String className) {
    String name = withoutHiddenSuffix(withoutLoader(className));
    int cut = name.length();
    for (String part : GENERATED) {
      int at = name.indexOf(part);
      if (at > 0) {
        cut = Math.min(cut, at);
      }
    }
    return withoutOrdinals(name.substring(0, cut));
  }

  /** The normal form of a method name, null for a synthetic accessor. */
  static @Nullable String method(String name) {
    if (name.startsWith("access$")
        || name.startsWith("-$$Nest$")
        || name.startsWith("$r8$lambda$")
        || name.startsWith("$$$reportNull$$$")
        || name.startsWith("CGLIB$")
        || name.contains("$$superforward")) {
      return null;
    }
    String kept = name;
    kept = cutSuffix(kept, "$default");
    kept = cutSuffix(kept, "$suspendImpl");
    kept = cutSuffix(kept, "$adapted");
    kept = cutAt(kept, "_aroundBody");
    kept = cutAt(kept, "$mc");
    if (kept.startsWith("$default$")) {
      kept = kept.substring("$default$".length());
    }
    kept = withoutMangling(kept);
    int lambda = kept.indexOf("lambda$");
    if (lambda == 0) {
      return lambdaOf(kept);
    }
    if ((lambda > 0 && kept.charAt(lambda - 1) == '$') || kept.contains("$lambda-")) {
      return kept.substring(0, kept.indexOf("$lambda")) + "$lambda";
    }
    return withoutTrailingOrdinals(kept);
  }

  private static boolean isGlue(String name) {
    for (String prefix : GLUE_PACKAGES) {
      if (name.startsWith(prefix)) {
        return true;
      }
    }
    if (name.indexOf('$') < 0 && name.indexOf('_') < 0) {
      return name.indexOf('\b') >= 0;
    }
    for (String part : GENERATED) {
      if (name.contains(part)) {
        return true;
      }
    }
    return name.endsWith("_Subclass") || isJdkProxy(name) || name.indexOf('\b') >= 0;
  }

  private static boolean isJdkProxy(String name) {
    int at = name.lastIndexOf("$Proxy");
    return at >= 0
        && (at == 0 || name.charAt(at - 1) == '.')
        && at + 6 < name.length()
        && allDigits(name, at + 6, name.length());
  }

  private static String withoutLoader(String name) {
    int slash = name.lastIndexOf('/');
    while (slash >= 0 && isHiddenSuffix(name, slash + 1)) {
      slash = slash == 0 ? -1 : name.lastIndexOf('/', slash - 1);
    }
    return slash < 0 ? name : name.substring(slash + 1);
  }

  private static String withoutHiddenSuffix(String name) {
    int slash = name.indexOf('/');
    if (slash > 0) {
      return name.substring(0, slash);
    }
    int dot = name.indexOf(".0x");
    return dot > 0 ? name.substring(0, dot) : name;
  }

  private static boolean isHiddenSuffix(String name, int from) {
    return name.startsWith("0x", from)
        || (from < name.length() && allDigits(name, from, name.length()));
  }

  /** {@code Cart$1} and {@code Cart$2Local} become {@code Cart$#} and {@code Cart$#Local}. */
  private static String withoutOrdinals(String name) {
    int dollar = name.indexOf('$');
    int clojure = name.indexOf("__");
    int eval = name.indexOf("$eval");
    if (dollar < 0 && clojure < 0) {
      return groovyScript(name);
    }
    StringBuilder kept = new StringBuilder(name.length());
    int i = 0;
    while (i < name.length()) {
      if (isDigit(name.charAt(i))
          && i > 0
          && (name.charAt(i - 1) == '$'
              || (clojure >= 0 && name.startsWith("__", i - 2))
              || (eval >= 0 && name.startsWith("$eval", i - 5))
              || name.startsWith("_closure", i - 8))) {
        while (i < name.length() && isDigit(name.charAt(i))) {
          i++;
        }
        kept.append('#');
      } else {
        kept.append(name.charAt(i++));
      }
    }
    int companion = kept.indexOf("$-CC");
    return companion > 0 ? kept.substring(0, companion) : kept.toString();
  }

  /** {@code Script17}, the name that Groovy gives to a text it evaluates. */
  private static String groovyScript(String name) {
    return name.startsWith("Script") && name.length() > 6 && allDigits(name, 6, name.length())
        ? "Script#"
        : name;
  }

  /** {@code lambda$total$3} and {@code lambda$total$1f2e3d4c$1} become {@code lambda$total}. */
  private static String lambdaOf(String name) {
    String kept = withoutTrailingOrdinals(name);
    int dollar = kept.lastIndexOf('$');
    if (dollar > "lambda$".length()
        && kept.length() < name.length()
        && allHex(kept, dollar + 1)
        && kept.length() - dollar <= 9
        && kept.length() - dollar >= 7) {
      kept = kept.substring(0, dollar);
    }
    return kept.equals("lambda") || allDigits(kept, Math.min(7, kept.length()), kept.length())
        ? "lambda$"
        : kept;
  }

  private static String withoutTrailingOrdinals(String name) {
    int end = name.length();
    while (true) {
      int digits = end;
      while (digits > 0 && isDigit(name.charAt(digits - 1))) {
        digits--;
      }
      if (digits == end || digits < 2 || name.charAt(digits - 1) != '$') {
        return name.substring(0, end);
      }
      end = digits - 1;
    }
  }

  /** Kotlin's {@code total-8Gh3_aZ} and {@code total-impl} of inline classes. */
  private static String withoutMangling(String name) {
    int dash = name.lastIndexOf('-');
    if (dash < 1 || name.contains("$lambda-")) {
      return name;
    }
    int length = name.length() - dash - 1;
    return length == 7 || name.endsWith("-impl") ? name.substring(0, dash) : name;
  }

  private static String cutSuffix(String name, String suffix) {
    return name.length() > suffix.length() && name.endsWith(suffix)
        ? name.substring(0, name.length() - suffix.length())
        : name;
  }

  private static String cutAt(String name, String part) {
    int at = name.indexOf(part);
    if (at < 1) {
      return name;
    }
    return !part.equals("$mc") || name.endsWith("$sp") ? name.substring(0, at) : name;
  }

  private static boolean allDigits(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean allHex(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
