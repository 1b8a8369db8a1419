package io.logsense.internal.vector;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;

/**
 * Reads what {@link SnapshotWriter} wrote, and believes none of it: room is made as content comes,
 * not as a count announces, and every link is checked.
 */
final class SnapshotReader {
  private static final int BUFFER = 1 << 16;

  /** More layers than a graph of 2^31 nodes has. */
  private static final int LAYERS = 16;

  private final CRC32C sum = new CRC32C();
  private final DataInputStream in;

  SnapshotReader(InputStream in) {
    this.in = new DataInputStream(new CheckedInputStream(new BufferedInputStream(in, BUFFER), sum));
  }

  /** The graph, if it holds vectors of this model and dimension. */
  HnswGraph read(String modelId, int dimension, int width) throws IOException {
    try {
      if (in.readInt() != SnapshotWriter.MAGIC) {
        throw usage("is not one of a vector store");
      }
      int version = in.readUnsignedByte();
      if (version != SnapshotWriter.VERSION) {
        throw usage("has version " + version + "; this library reads version 1");
      }
      String model = text();
      int components = in.readInt();
      if (!model.equals(modelId) || components != dimension) {
        throw usage(
            ("holds vectors of %s with %d components, this store those of %s with %d;"
                    + " embed the texts again, or use that model")
                .formatted(model, components, modelId, dimension));
      }
      HnswGraph graph = new HnswGraph(dimension, width);
      readNodes(graph);
      int expected = (int) sum.getValue();
      if (in.readInt() != expected || in.read() >= 0) {
        throw damaged();
      }
      check(graph);
      return graph;
    } catch (EOFException e) {
      throw damaged();
    }
  }

  private void readNodes(HnswGraph graph) throws IOException {
    long insertions = in.readLong();
    int count = in.readInt();
    int entry = in.readInt();
    if (count < 0 || insertions < 0) {
      throw damaged();
    }
    int[] list = new int[LayeredLinks.BOTTOM];
    float[] vector = new float[graph.dimension];
    for (int slot = 0; slot < count; slot++) {
      int top = in.readUnsignedByte();
      if (top > LAYERS) {
        throw damaged();
      }
      String id = text();
      Map<String, String> metadata = metadata();
      for (int i = 0; i < vector.length; i++) {
        vector[i] = Float.intBitsToFloat(in.readInt());
        if (!Float.isFinite(vector[i])) {
          throw damaged();
        }
      }
      if (graph.byId.containsKey(id)) {
        throw damaged();
      }
      graph.place(slot, new NodeTable.Node(id, metadata), vector, 0, top);
      for (int layer = 0; layer <= top; layer++) {
        int length = in.readUnsignedByte();
        if (length > LayeredLinks.capacity(layer)) {
          throw damaged();
        }
        for (int i = 0; i < length; i++) {
          list[i] = in.readInt();
        }
        graph.links.write(slot, layer, list, length);
      }
    }
    graph.resume(entry, insertions);
  }

  private Map<String, String> metadata() throws IOException {
    int count = in.readInt();
    Map<String, String> metadata = new HashMap<>();
    for (int i = 0; i < count; i++) {
      metadata.put(text(), text());
    }
    return Map.copyOf(metadata);
  }

  /** Every link leads to a node that is on its layer. */
  private void check(HnswGraph graph) {
    int[] list = new int[LayeredLinks.BOTTOM];
    for (int slot = 0; slot < graph.slots(); slot++) {
      int top = graph.links.top(slot);
      for (int layer = 0; layer <= top; layer++) {
        int count = graph.links.read(slot, layer, list);
        for (int i = 0; i < count; i++) {
          checkOn(graph, list[i], layer);
        }
      }
    }
    if (graph.size() > 0) {
      checkOn(graph, graph.entry(), 0);
    } else if (graph.entry() != HnswGraph.NONE) {
      throw damaged();
    }
  }

  private static void checkOn(HnswGraph graph, int slot, int layer) {
    if (slot < 0 || slot >= graph.slots() || graph.links.top(slot) < layer) {
      throw damaged();
    }
  }

  private String text() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > Integer.MAX_VALUE / 2) {
      throw damaged();
    }
    byte[] bytes = in.readNBytes(2 * length);
    if (bytes.length < 2 * length) {
      throw damaged();
    }
    char[] chars = new char[length];
    for (int i = 0; i < length; i++) {
      chars[i] = (char) ((bytes[2 * i] << 8) | (bytes[2 * i + 1] & 0xFF));
    }
    return new String(chars);
  }

  private static LogSenseException damaged() {
    return usage("is damaged or cut short");
  }

  private static LogSenseException usage(String what) {
    return new LogSenseException(
        Category.USAGE, "the vector snapshot " + what + "; restore one that snapshot() made");
  }
}
