package io.logsense.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Divides a rectangle among weights, so that each part has an area in proportion and is as near to
 * a square as the order allows ("squarified", Bruls, Huizing and van Wijk, 2000).
 */
final class Treemap {
  /**
   * A part of the rectangle.
   *
   * @param x left edge
   * @param y upper edge
   */
  record Part(double x, double y, double width, double height) {
    /** The same without a margin on each side, and without as much as a title needs above. */
    Part inside(double margin, double title) {
      return new Part(
          x + margin,
          y + margin + title,
          Math.max(0, width - 2 * margin),
          Math.max(0, height - 2 * margin - title));
    }
  }

  private Treemap() {}

  /** A part for each weight, in their order, which must be from large to small, all positive. */
  static List<Part> divide(Part whole, List<Long> weights) {
    double sum = weights.stream().mapToDouble(weight -> (double) weight).sum();
    List<Part> parts = new ArrayList<>();
    Part rest = whole;
    int from = 0;
    while (from < weights.size()) {
      double scale = rest.width() * rest.height() / sum;
      double side = Math.min(rest.width(), rest.height());
      int to = from + 1;
      double row = weights.get(from) * scale;
      while (to < weights.size()) {
        double next = row + weights.get(to) * scale;
        if (worst(weights, from, to + 1, scale, next, side)
            > worst(weights, from, to, scale, row, side)) {
          break;
        }
        row = next;
        to++;
      }
      rest = layRow(rest, weights.subList(from, to), scale, row, parts);
      sum -= row / scale;
      from = to;
    }
    return parts;
  }

  /** The largest ratio of sides in a row of that area along that side. */
  private static double worst(
      List<Long> weights, int from, int to, double scale, double area, double side) {
    double most = weights.get(from) * scale;
    double least = weights.get(to - 1) * scale;
    double square = area * area;
    return Math.max(side * side * most / square, square / (side * side * least));
  }

  private static Part layRow(
      Part rest, List<Long> weights, double scale, double area, List<Part> parts) {
    boolean isWide = rest.width() >= rest.height();
    double depth = area / (isWide ? rest.height() : rest.width());
    double at = isWide ? rest.y() : rest.x();
    for (long weight : weights) {
      double length = weight * scale / depth;
      parts.add(
          isWide ? new Part(rest.x(), at, depth, length) : new Part(at, rest.y(), length, depth));
      at += length;
    }
    return isWide
        ? new Part(rest.x() + depth, rest.y(), rest.width() - depth, rest.height())
        : new Part(rest.x(), rest.y() + depth, rest.width(), rest.height() - depth);
  }
}
