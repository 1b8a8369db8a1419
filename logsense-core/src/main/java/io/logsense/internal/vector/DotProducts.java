package io.logsense.internal.vector;

import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses who computes dot products: eight lanes at once where the application has opened the
 * Vector API ({@code --add-modules jdk.incubator.vector}) and the processor has such registers,
 * plain arithmetic elsewhere. The bits are the same.
 */
final class DotProducts {
  private static final Logger LOG = LoggerFactory.getLogger(DotProducts.class);
  private static final String VECTOR_API = "jdk.incubator.vector";

  /** Compiled on its own, since javac cannot see the module without a warning. */
  private static final String SIMD = "io.logsense.internal.vector.SimdDotProduct";

  private DotProducts() {}

  static DotProduct fastest() {
    DotProduct scalar = new ScalarDotProduct();
    Optional<Module> vectorApi = ModuleLayer.boot().findModule(VECTOR_API);
    if (vectorApi.isEmpty()) {
      return scalar;
    }
    try {
      DotProducts.class.getModule().addReads(vectorApi.get());
      DotProduct simd =
          Class.forName(SIMD).asSubclass(DotProduct.class).getDeclaredConstructor().newInstance();
      if (agree(simd, scalar)) {
        LOG.debug("Vectors are compared with the Vector API.");
        return simd;
      }
      LOG.debug("The Vector API gives other sums than plain arithmetic, which is used instead.");
    } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
      LOG.debug("The Vector API cannot be used; plain arithmetic compares vectors.", e);
    }
    return scalar;
  }

  /** Whether both give the same bits. It also runs all of {@code simd}, which may not link. */
  private static boolean agree(DotProduct simd, DotProduct scalar) {
    return Arrays.equals(products(simd), products(scalar));
  }

  private static float[] products(DotProduct product) {
    int n = 8 * DotProduct.LANES;
    float[] rows = new float[5 * n];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = 1f / (i + 3);
    }
    float[] products = new float[5];
    product.ofFour(rows, 0, rows, n, rows, 2 * n, rows, 3 * n, rows, 4 * n, n, products, 0);
    products[4] = product.of(rows, 0, rows, n, n);
    return products;
  }
}
