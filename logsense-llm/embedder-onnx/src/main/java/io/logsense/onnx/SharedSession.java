package io.logsense.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The native memory and threads of one model, shared by all embedders of this JVM that use the same
 * weights with the same number of threads, and freed when the last of them is closed. Used by many
 * threads at once.
 */
final class SharedSession implements AutoCloseable {
  private static final Map<String, SharedSession> OPEN = new HashMap<>();
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES);

  private final String key;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private int owners;

  private SharedSession(String key, OrtEnvironment environment, OrtSession session) {
    this.key = key;
    this.environment = environment;
    this.session = session;
  }

  /**
   * The session of the model at {@code weights}, opened if it is not open yet.
   *
   * @throws LogSenseException (usage) when the resource is not such a model
   */
  static SharedSession of(OrtEnvironment environment, URL weights, int threads) {
    String key = weights + " " + threads;
    synchronized (OPEN) {
      SharedSession shared = OPEN.get(key);
      if (shared == null) {
        shared = new SharedSession(key, environment, open(environment, weights, threads));
        OPEN.put(key, shared);
      }
      shared.owners++;
      return shared;
    }
  }

  /** How many sessions are open in this JVM. */
  static int open() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }

  private static OrtSession open(OrtEnvironment environment, URL weights, int threads) {
    try (InputStream in = weights.openStream();
        OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      // Idle threads wait instead of spinning: the processor belongs to the host.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(in.readAllBytes(), options);
      if (!INPUTS.containsAll(session.getInputNames())) {
        String names = session.getInputNames().toString();
        session.close();
        throw notSuchAModel(weights, "its inputs are " + names, null);
      }
      return session;
    } catch (OrtException | IOException e) {
      throw notSuchAModel(weights, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * The rows of the model's last layer for one text, row after row, and in {@code shape} their
   * number and length.
   *
   * <p>One text at a time: an 8-bit model scales its activations over the whole input, so that in a
   * batch each text and its padding would change the vectors of the others.
   */
  FloatBuffer run(WordPieceTokenizer.Tokens tokens, int[] shape) {
    int count = tokens.count();
    LongBuffer ids = LongBuffer.allocate(count);
    for (int i = 0; i < count; i++) {
      ids.put(i, tokens.id(i));
    }
    LongBuffer ones = LongBuffer.allocate(count);
    Arrays.fill(ones.array(), 1);
    Map<String, LongBuffer> values =
        Map.of(IDS, ids, MASK, ones, TYPES, LongBuffer.allocate(count));
    Map<String, OnnxTensor> inputs = new HashMap<>();
    try {
      for (String name : session.getInputNames()) {
        LongBuffer value = values.get(name);
        inputs.put(name, OnnxTensor.createTensor(environment, value, new long[] {1, count}));
      }
      try (OrtSession.Result result = session.run(inputs)) {
        OnnxTensor rows = (OnnxTensor) result.get(0);
        long[] found = rows.getInfo().getShape();
        shape[0] = (int) found[found.length - 2];
        shape[1] = (int) found[found.length - 1];
        return rows.getFloatBuffer();
      }
    } catch (OrtException e) {
      throw new LogSenseException(
          Category.EXTERNAL, "the model failed on a text of " + count + " tokens", e);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static LogSenseException notSuchAModel(
      URL weights, String why, @Nullable Exception cause) {
    return new LogSenseException(
        Category.USAGE, weights + " is no BERT encoder in ONNX format: " + why, cause);
  }

  /** Gives the session up; the last owner frees it. */
  @Override
  public void close() {
    synchronized (OPEN) {
      if (--owners > 0) {
        return;
      }
      OPEN.remove(key);
    }
    try {
      session.close();
    } catch (OrtException e) {
      throw new LogSenseException(Category.DEFECT, "closing " + key, e);
    }
  }
}
