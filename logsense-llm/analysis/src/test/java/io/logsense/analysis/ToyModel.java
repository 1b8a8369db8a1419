package io.logsense.analysis;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Writes a language model of random weights as a GGUF file of a third of a megabyte: one of Llama's
 * layers, over a vocabulary of bytes. It knows nothing, but it is decoded like any other.
 */
final class ToyModel {
  static final int CONTEXT = 16_384;

  private static final int WIDTH = 64;
  private static final int LAYERS = 1;
  private static final int HEADS = 4;
  private static final int HIDDEN = 128;
  private static final int CONTROLS = 3;
  private static final int VOCABULARY = CONTROLS + 256;
  private static final int ALIGNMENT = 32;

  // Types of values, and of tensors, in the file.
  private static final int U32 = 4;
  private static final int I32 = 5;
  private static final int F32 = 6;
  private static final int BOOL = 7;
  private static final int STRING = 8;
  private static final int ARRAY = 9;
  private static final int TENSOR_F32 = 0;

  private final Bytes out = new Bytes();
  private final Random random = new Random(7);

  private ToyModel() {}

  /** Writes the model to {@code file}; always the same bytes. */
  static Path write(Path file) throws IOException {
    ToyModel model = new ToyModel();
    Map<String, int[]> tensors = tensors();
    model.out.raw("GGUF").u32(3).u64(tensors.size());
    Bytes metadata = new Bytes();
    int entries = metadata(metadata);
    model.out.u64(entries).append(metadata);
    model.tensors(tensors);
    return Files.write(file, model.out.toByteArray());
  }

  private static Map<String, int[]> tensors() {
    Map<String, int[]> tensors = new LinkedHashMap<>();
    tensors.put("token_embd.weight", new int[] {WIDTH, VOCABULARY});
    for (int i = 0; i < LAYERS; i++) {
      String layer = "blk." + i + ".";
      tensors.put(layer + "attn_norm.weight", new int[] {WIDTH});
      for (String part : new String[] {"q", "k", "v", "output"}) {
        tensors.put(layer + "attn_" + part + ".weight", new int[] {WIDTH, WIDTH});
      }
      tensors.put(layer + "ffn_norm.weight", new int[] {WIDTH});
      tensors.put(layer + "ffn_gate.weight", new int[] {WIDTH, HIDDEN});
      tensors.put(layer + "ffn_up.weight", new int[] {WIDTH, HIDDEN});
      tensors.put(layer + "ffn_down.weight", new int[] {HIDDEN, WIDTH});
    }
    tensors.put("output_norm.weight", new int[] {WIDTH});
    tensors.put("output.weight", new int[] {WIDTH, VOCABULARY});
    return tensors;
  }

  /** Writes what is to be known of the model; returns the number of entries. */
  private static int metadata(Bytes out) {
    out.string("general.architecture").u32(STRING).string("llama");
    out.string("general.name").u32(STRING).string("toy");
    out.string("llama.context_length").u32(U32).u32(CONTEXT);
    out.string("llama.embedding_length").u32(U32).u32(WIDTH);
    out.string("llama.block_count").u32(U32).u32(LAYERS);
    out.string("llama.feed_forward_length").u32(U32).u32(HIDDEN);
    out.string("llama.attention.head_count").u32(U32).u32(HEADS);
    out.string("llama.attention.head_count_kv").u32(U32).u32(HEADS);
    out.string("llama.attention.layer_norm_rms_epsilon").u32(F32).f32(1e-5f);
    out.string("llama.rope.dimension_count").u32(U32).u32(WIDTH / HEADS);
    out.string("tokenizer.ggml.model").u32(STRING).string("llama");
    out.string("tokenizer.ggml.tokens").u32(ARRAY).u32(STRING).u64(VOCABULARY);
    out.string("<unk>").string("<s>").string("</s>");
    for (int i = 0; i < 256; i++) {
      out.string("<0x%02X>".formatted(i));
    }
    out.string("tokenizer.ggml.scores").u32(ARRAY).u32(F32).u64(VOCABULARY);
    for (int i = 0; i < VOCABULARY; i++) {
      out.f32(0);
    }
    out.string("tokenizer.ggml.token_type").u32(ARRAY).u32(I32).u64(VOCABULARY);
    out.u32(2).u32(3).u32(3);
    for (int i = 0; i < 256; i++) {
      out.u32(6);
    }
    out.string("tokenizer.ggml.bos_token_id").u32(U32).u32(1);
    out.string("tokenizer.ggml.eos_token_id").u32(U32).u32(2);
    out.string("tokenizer.ggml.unknown_token_id").u32(U32).u32(0);
    out.string("tokenizer.ggml.add_space_prefix").u32(BOOL).u8(0);
    return 18;
  }

  private void tensors(Map<String, int[]> tensors) {
    long offset = 0;
    for (Map.Entry<String, int[]> tensor : tensors.entrySet()) {
      out.string(tensor.getKey()).u32(tensor.getValue().length);
      for (int n : tensor.getValue()) {
        out.u64(n);
      }
      out.u32(TENSOR_F32).u64(offset);
      offset += 4L * numbers(tensor.getValue()); // all sizes are multiples of the alignment
    }
    out.pad(ALIGNMENT);
    tensors.forEach((name, shape) -> weights(name, shape));
  }

  private void weights(String name, int[] shape) {
    boolean isNorm = name.contains("norm");
    for (int i = 0; i < numbers(shape); i++) {
      out.f32(isNorm ? 1 : (float) random.nextGaussian() * 0.1f);
    }
    out.pad(ALIGNMENT);
  }

  private static int numbers(int[] shape) {
    int product = 1;
    for (int n : shape) {
      product *= n;
    }
    return product;
  }

  /** Numbers with the lowest byte first, as the format has them. */
  private static final class Bytes {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Bytes u8(int value) {
      out.write(value);
      return this;
    }

    Bytes u32(int value) {
      out.writeBytes(buffer(4).putInt(value).array());
      return this;
    }

    Bytes u64(long value) {
      out.writeBytes(buffer(8).putLong(value).array());
      return this;
    }

    Bytes f32(float value) {
      return u32(Float.floatToIntBits(value));
    }

    Bytes raw(String text) {
      out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
      return this;
    }

    Bytes string(String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      u64(bytes.length);
      out.writeBytes(bytes);
      return this;
    }

    void append(Bytes more) {
      out.writeBytes(more.toByteArray());
    }

    void pad(int to) {
      while (out.size() % to != 0) {
        out.write(0);
      }
    }

    byte[] toByteArray() {
      return out.toByteArray();
    }

    private static ByteBuffer buffer(int size) {
      return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
  }
}
