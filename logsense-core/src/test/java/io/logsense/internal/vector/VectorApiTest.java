package io.logsense.internal.vector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.logsense.api.vector.VectorEntry;
import io.logsense.testkit.SampleVectors;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Vector API is there only for a JVM that was told so: what it does is asked of another one.
 */
class VectorApiTest {
  private static final int VECTORS = 1_500;

  /** Not a multiple of eight. */
  private static final int WIDTH = 45;

  @TempDir Path dir;

  @Test
  void withoutTheModuleProductsArePlainArithmetic() {
    assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isEmpty();
    assertThat(DotProducts.fastest()).isInstanceOf(ScalarDotProduct.class);
  }

  @Test
  void withTheModuleProductsAndGraphsAreTheSameBits() throws IOException, InterruptedException {
    Path snapshot = dir.resolve("snapshot");
    Path products = dir.resolve("products");
    Path errors = dir.resolve("errors");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                snapshot.toString(),
                products.toString())
            .redirectError(errors.toFile())
            .start();
    String said = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(child.waitFor()).as(Files.readString(errors)).isZero();

    assertThat(said).isIn("SimdDotProduct of 8 floats", "ScalarDotProduct of 4 floats");
    assertThat(Files.readAllBytes(products)).isEqualTo(products(new ScalarDotProduct()));
    assertThat(Files.readAllBytes(snapshot)).isEqualTo(snapshot());
  }

  /** Writes what the other JVM computes, and says with what. */
  static final class Child {
    private Child() {}

    public static void main(String[] args) throws Exception {
      DotProduct product = DotProducts.fastest();
      Files.write(Path.of(args[0]), snapshot());
      Files.write(Path.of(args[1]), products(product));
      System.out.print(product.getClass().getSimpleName() + " of " + lanes() + " floats");
    }

    /** Of the longest vectors of the processor, eight at most. */
    private static int lanes() throws ReflectiveOperationException {
      Object species =
          Class.forName("jdk.incubator.vector.FloatVector").getField("SPECIES_PREFERRED").get(null);
      Object length =
          Class.forName("jdk.incubator.vector.VectorSpecies").getMethod("length").invoke(species);
      return Math.min((int) length, DotProduct.LANES);
    }
  }

  private static byte[] snapshot() throws IOException {
    HnswVectorStore store = new HnswVectorStore("m", WIDTH, 0);
    List<VectorEntry> entries = new ArrayList<>();
    for (float[] vector : new SampleVectors(WIDTH, 5).next(VECTORS)) {
      entries.add(VectorEntry.of("id" + entries.size(), vector, Map.of()));
    }
    store.upsert(entries);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    store.snapshot(out);
    return out.toByteArray();
  }

  /** The bits of products of all lengths up to 1,024, ordinary, denormal and huge. */
  private static byte[] products(DotProduct product) throws IOException {
    Random random = new Random(3);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    float[] sums = new float[4];
    for (int dimension = 1; dimension <= 1024; dimension++) {
      VectorRows rows = new VectorRows(dimension);
      for (int scale : new int[] {0, -70, 58}) {
        float[] a = new float[5 * rows.stride + 3];
        for (int row = 0; row < 5; row++) {
          for (int i = 0; i < dimension; i++) {
            a[3 + row * rows.stride + i] = Math.scalb((float) random.nextGaussian(), scale);
          }
        }
        int[] at = {
          3, 3 + rows.stride, 3 + 2 * rows.stride, 3 + 3 * rows.stride, 3 + 4 * rows.stride
        };
        product.ofFour(a, at[0], a, at[1], a, at[2], a, at[3], a, at[4], rows.stride, sums, 0);
        for (int row = 0; row < 4; row++) {
          out.writeInt(Float.floatToRawIntBits(sums[row]));
          float alone = product.of(a, at[0], a, at[row + 1], rows.stride);
          out.writeInt(Float.floatToRawIntBits(alone));
        }
      }
    }
    return bytes.toByteArray();
  }
}
