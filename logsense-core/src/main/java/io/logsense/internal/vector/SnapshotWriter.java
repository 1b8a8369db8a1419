package io.logsense.internal.vector;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes a graph without dead nodes, in the format that {@code docs/state.md} describes. */
final class SnapshotWriter {
  static final int MAGIC = 0x4C53_5653;
  static final int VERSION = 1;

  private static final int BUFFER = 1 << 16;

  private final CRC32C sum = new CRC32C();
  private final DataOutputStream out;

  SnapshotWriter(OutputStream out) {
    this.out =
        new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(out, BUFFER), sum));
  }

  void write(String modelId, HnswGraph graph) throws IOException {
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    write(modelId);
    out.writeInt(graph.dimension);
    out.writeLong(graph.insertions());
    int[] numbers = numbers(graph);
    out.writeInt(graph.size());
    out.writeInt(graph.entry() == HnswGraph.NONE ? HnswGraph.NONE : numbers[graph.entry()]);
    for (int slot = 0; slot < graph.slots(); slot++) {
      if (!graph.free.get(slot)) {
        write(graph, slot, numbers);
      }
    }
    out.writeInt((int) sum.getValue());
    out.flush();
  }

  /** By slot, its number when free slots are left out. */
  private static int[] numbers(HnswGraph graph) {
    int[] numbers = new int[graph.slots()];
    int next = 0;
    for (int slot = 0; slot < numbers.length; slot++) {
      numbers[slot] = graph.free.get(slot) ? HnswGraph.NONE : next++;
    }
    return numbers;
  }

  private void write(HnswGraph graph, int slot, int[] numbers) throws IOException {
    int top = graph.links.top(slot);
    out.writeByte(top);
    NodeTable.Node node = graph.nodes.node(slot);
    write(node.id());
    out.writeInt(node.metadata().size());
    for (Map.Entry<String, String> pair : new TreeMap<>(node.metadata()).entrySet()) {
      write(pair.getKey());
      write(pair.getValue());
    }
    float[] chunk = graph.rows.chunk(slot);
    int at = graph.rows.offset(slot);
    for (int i = 0; i < graph.dimension; i++) {
      out.writeInt(Float.floatToRawIntBits(chunk[at + i]));
    }
    int[] list = new int[LayeredLinks.BOTTOM];
    for (int layer = 0; layer <= top; layer++) {
      int count = graph.links.read(slot, layer, list);
      out.writeByte(count);
      for (int i = 0; i < count; i++) {
        out.writeInt(numbers[list[i]]);
      }
    }
  }

  private void write(String text) throws IOException {
    out.writeInt(text.length());
    out.writeChars(text);
  }
}
