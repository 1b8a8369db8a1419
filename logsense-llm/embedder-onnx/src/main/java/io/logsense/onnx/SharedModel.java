package io.logsense.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import ai.onnxruntime.ValueInfo;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.embed.TextLimit;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The weights, native threads and tokenizer of one model, shared by all embedders of this JVM that
 * use the same resources, limit and number of threads, and freed when the last of them is closed.
 * Used by many threads at once.
 */
final class SharedModel implements AutoCloseable {
  private static final Map<Key, SharedModel> OPEN = new HashMap<>();
  private static final String IDS = "input_ids";
  private static final String MASK = "attention_mask";
  private static final String TYPES = "token_type_ids";
  private static final Set<String> INPUTS = Set.of(IDS, MASK, TYPES);

  private final Key key;
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final WordPieceTokenizer tokenizer;
  private int owners;

  /** What two embedders must have in common. Resources are URLs, which are slow to compare. */
  private record Key(String weights, String tokenizer, TextLimit limit, int threads) {}

  private SharedModel(
      Key key, OrtEnvironment environment, OrtSession session, WordPieceTokenizer tokenizer) {
    this.key = key;
    this.environment = environment;
    this.session = session;
    this.tokenizer = tokenizer;
  }

  /**
   * The model in these resources, loaded if it is not yet. Whoever asks closes it once.
   *
   * @throws LogSenseException (usage) when a resource is not what it should be
   */
  static SharedModel of(
      OrtEnvironment environment, URL weights, URL tokenizer, TextLimit limit, int threads) {
    Key key = new Key(weights.toString(), tokenizer.toString(), limit, threads);
    synchronized (OPEN) {
      SharedModel shared = OPEN.get(key);
      if (shared == null) {
        WordPieceTokenizer reader = tokenizer(tokenizer, limit);
        OrtSession session = session(environment, weights, threads);
        shared = new SharedModel(key, environment, session, reader);
        OPEN.put(key, shared);
      }
      shared.owners++;
      return shared;
    }
  }

  /** How many models are loaded in this JVM. */
  static int loaded() {
    synchronized (OPEN) {
      return OPEN.size();
    }
  }

  private static WordPieceTokenizer tokenizer(URL file, TextLimit limit) {
    try (InputStream in = connection(file).getInputStream()) {
      return new WordPieceTokenizer(TokenizerFile.vocabulary(in), limit);
    } catch (IOException | IllegalArgumentException e) {
      throw new LogSenseException(
          Category.USAGE, file + " is no tokenizer of an uncased BERT: " + e.getMessage(), e);
    }
  }

  private static OrtSession session(OrtEnvironment environment, URL weights, int threads) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // Nothing leaves the process: on Windows the runtime would write events for the system.
      environment.setTelemetry(false);
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      // What goes wrong comes as an exception, not on the host's console.
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      // Idle threads wait instead of spinning: the processor belongs to the host.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      OrtSession session = environment.createSession(bytes(weights), options);
      if (!INPUTS.containsAll(session.getInputNames()) || !givesRows(session)) {
        String found = "it makes " + session.getOutputInfo() + " of " + session.getInputNames();
        session.close();
        throw notSuchAModel(weights, found, null);
      }
      return session;
    } catch (OrtException | IOException e) {
      throw notSuchAModel(weights, String.valueOf(e.getMessage()), e);
    }
  }

  /** All of the file, in one array from the start: tens of megabytes need no second copy. */
  private static byte[] bytes(URL file) throws IOException {
    URLConnection connection = connection(file);
    try (InputStream in = connection.getInputStream()) {
      int length = connection.getContentLength();
      if (length < 0) {
        return in.readAllBytes();
      }
      byte[] bytes = new byte[length];
      if (in.readNBytes(bytes, 0, length) < length) {
        throw new EOFException(file + " ends early");
      }
      return bytes;
    }
  }

  private static URLConnection connection(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    // A cached connection would keep the jar open after the stream is closed.
    connection.setUseCaches(false);
    return connection;
  }

  private static boolean givesRows(OrtSession session) throws OrtException {
    ValueInfo first = session.getOutputInfo().values().iterator().next().getInfo();
    return first instanceof TensorInfo tensor
        && tensor.type == OnnxJavaType.FLOAT
        && tensor.getShape().length >= 2;
  }

  WordPieceTokenizer tokenizer() {
    return tokenizer;
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

  /** Gives the model up; the last owner frees it. */
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
