package io.logsense.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One measured figure, beside what it is to be compared with.
 *
 * @param name the run it belongs to
 * @param metric what was measured, such as {@code accuracy.ga}
 * @param unit of all three values
 * @param ours our value
 * @param peer the peer's value, null without one
 * @param peerName the peer
 * @param floor the physical or published bound, null without one
 * @param floorName what the bound is
 * @param data what it was measured on
 */
public record Figure(
    String name,
    String metric,
    String unit,
    double ours,
    @Nullable Double peer,
    @Nullable String peerName,
    @Nullable Double floor,
    @Nullable String floorName,
    String data) {

  /** A figure with nothing to compare it with. */
  public static Figure of(String name, String metric, String unit, double ours, String data) {
    return new Figure(name, metric, unit, ours, null, null, null, null, data);
  }

  /** The figure as one line of JSON, with the fields of the command-line contract. */
  public String toJson() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("name", name);
      json.writeStringField("metric", metric);
      json.writeStringField("unit", unit);
      json.writeNumberField("ours", ours);
      write(json, "peer", peer);
      json.writeStringField("peerName", peerName);
      write(json, "floor", floor);
      json.writeStringField("floorName", floorName);
      json.writeStringField("data", data);
      json.writeStringField("jdk", System.getProperty("java.version"));
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, String field, @Nullable Double value)
      throws IOException {
    if (value == null) {
      json.writeNullField(field);
    } else {
      json.writeNumberField(field, value);
    }
  }

  @Override
  public String toString() {
    StringBuilder out =
        new StringBuilder(String.format(Locale.ROOT, "%-28s %12.4f %s", metric, ours, unit));
    if (peer != null) {
      out.append(String.format(Locale.ROOT, "   %s %.4f", peerName, peer));
    }
    if (floor != null) {
      out.append(String.format(Locale.ROOT, "   %s %.4f", floorName, floor));
    }
    return out.append("   · ").append(data).toString();
  }
}
