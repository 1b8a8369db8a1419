package io.logsense.qdrant;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Common.Condition;
import io.qdrant.client.grpc.Common.Filter;
import io.qdrant.client.grpc.Common.PointId;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.PointStruct;
import io.qdrant.client.grpc.Points.RetrievedPoint;
import io.qdrant.client.grpc.Points.ScoredPoint;
import io.qdrant.client.grpc.Points.ScrollResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/** The points of one collection. */
final class DoubledCollection {
  private record Scored(Stored point, float score) {}

  private record Stored(PointId id, float[] vector, Map<String, Value> payload) {}

  private final CreateCollection creation;
  private final Map<PointId, Stored> points = new ConcurrentHashMap<>();
  private final Set<String> indexed = ConcurrentHashMap.newKeySet();
  private final Collection<Integer> batches = new ConcurrentLinkedQueue<>();

  DoubledCollection(CreateCollection creation) {
    this.creation = creation;
    if (params().getSize() < 1 || params().getSize() > 65_536) {
      throw invalid("Validation error in body: [params.size: value is out of range]");
    }
  }

  CreateCollection creation() {
    return creation;
  }

  Set<String> indexed() {
    return indexed;
  }

  /** How many points came with each call. */
  List<Integer> batches() {
    return List.copyOf(batches);
  }

  private VectorParams params() {
    return creation.getVectorsConfig().getParams();
  }

  void upsert(List<PointStruct> incoming) {
    batches.add(incoming.size());
    List<Stored> valid = new ArrayList<>();
    for (PointStruct point : incoming) {
      float[] vector = vector(point.getVectors().getVector().getDense().getDataList());
      valid.add(new Stored(checked(point.getId()), vector, point.getPayloadMap()));
    }
    valid.forEach(stored -> points.put(stored.id(), stored));
  }

  private static PointId checked(PointId id) {
    if (id.hasUuid()) {
      try {
        UUID.fromString(id.getUuid());
      } catch (IllegalArgumentException e) {
        throw invalid("Unable to parse UUID: " + id.getUuid());
      }
    } else if (!id.hasNum()) {
      throw invalid("Empty PointId is not allowed");
    }
    return id;
  }

  /** As it is kept: by cosine, of unit length. */
  private float[] vector(List<Float> numbers) {
    if (numbers.size() != params().getSize()) {
      throw invalid(
          "Wrong input: Vector dimension error: expected dim: %d, got %d"
              .formatted(params().getSize(), numbers.size()));
    }
    float[] vector = new float[numbers.size()];
    double squares = 0;
    for (int i = 0; i < vector.length; i++) {
      vector[i] = numbers.get(i);
      squares += vector[i] * vector[i];
    }
    if (params().getDistance() == Distance.Cosine) {
      for (int i = 0; i < vector.length; i++) {
        vector[i] = (float) (vector[i] / Math.sqrt(squares));
      }
    }
    return vector;
  }

  void delete(List<PointId> ids) {
    ids.forEach(points::remove);
  }

  long count(Filter filter) {
    return points.values().stream().filter(allows(filter)).count();
  }

  List<ScoredPoint> nearest(List<Float> numbers, Filter filter, int limit) {
    float[] query = vector(numbers);
    Predicate<Stored> allowed = allows(filter);
    PriorityQueue<Scored> best = new PriorityQueue<>(Comparator.comparingDouble(Scored::score));
    for (Stored point : points.values()) {
      float score = dot(query, point.vector());
      if ((best.size() < limit || score > best.element().score()) && allowed.test(point)) {
        best.add(new Scored(point, score));
        if (best.size() > limit) {
          best.remove();
        }
      }
    }
    return best.stream()
        .sorted(Comparator.comparingDouble(Scored::score).reversed())
        .map(
            scored ->
                ScoredPoint.newBuilder()
                    .setId(scored.point().id())
                    .setScore(scored.score())
                    .putAllPayload(scored.point().payload())
                    .build())
        .toList();
  }

  /** By id; the first of the next page is named where there is one. */
  ScrollResponse page(String from, int limit) {
    List<Stored> rest =
        points.values().stream()
            .filter(point -> point.id().getUuid().compareTo(from) >= 0)
            .sorted(Comparator.comparing(point -> point.id().getUuid()))
            .limit(limit + 1L)
            .toList();
    ScrollResponse.Builder page = ScrollResponse.newBuilder();
    rest.stream()
        .limit(limit)
        .forEach(
            point ->
                page.addResult(
                    RetrievedPoint.newBuilder().setId(point.id()).putAllPayload(point.payload())));
    if (rest.size() > limit) {
      page.setNextPageOffset(rest.get(limit).id());
    }
    return page.build();
  }

  private static float dot(float[] a, float[] b) {
    float sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private Predicate<Stored> allows(Filter filter) {
    if (filter.getShouldCount() + filter.getMustNotCount() > 0 || filter.hasMinShould()) {
      throw Status.UNIMPLEMENTED.withDescription("the double knows must only").asRuntimeException();
    }
    Predicate<Stored> all = point -> true;
    for (Condition condition : filter.getMustList()) {
      all = all.and(holds(condition));
    }
    return all;
  }

  private Predicate<Stored> holds(Condition condition) {
    if (condition.hasHasId()) {
      Set<PointId> ids = Set.copyOf(condition.getHasId().getHasIdList());
      return point -> ids.contains(point.id());
    }
    String key = condition.getField().getKey();
    if (!condition.getField().getMatch().hasKeywords()) {
      throw Status.UNIMPLEMENTED
          .withDescription("the double knows keywords only")
          .asRuntimeException();
    }
    if (!indexed.contains(key)) {
      throw invalid(
          "Index required but not found for \"" + key + "\" of one of the following types");
    }
    Set<String> values = Set.copyOf(condition.getField().getMatch().getKeywords().getStringsList());
    return point ->
        point
            .payload()
            .getOrDefault(key, Value.getDefaultInstance())
            .getListValue()
            .getValuesList()
            .stream()
            .anyMatch(value -> values.contains(value.getStringValue()));
  }

  static StatusRuntimeException missing(String name) {
    return Status.NOT_FOUND
        .withDescription("Not found: Collection `" + name + "` doesn't exist!")
        .asRuntimeException();
  }

  private static StatusRuntimeException invalid(String text) {
    return Status.INVALID_ARGUMENT.withDescription(text).asRuntimeException();
  }
}
