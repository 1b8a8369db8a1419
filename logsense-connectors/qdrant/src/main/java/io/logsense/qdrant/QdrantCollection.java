package io.logsense.qdrant;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.qdrant.client.ValueFactory;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.Distance;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.VectorParams;
import io.qdrant.client.grpc.Collections.VectorsConfig;
import io.qdrant.client.grpc.JsonWithInt.Value;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.FieldType;

/**
 * Makes a collection, or sees whether one is for these vectors: one unnamed vector by cosine, the
 * model's id in the metadata, an index on the labels.
 */
record QdrantCollection(QdrantCalls calls, String name) {
  private static final String MODEL = "logsense.model";
  private static final String UNKNOWN = "unknown, as Qdrant before 1.16 does not keep it";

  void prepare(String modelId, int dimension) {
    if (!exists()) {
      create(modelId, dimension);
    }
    CollectionInfo info =
        calls
            .collections(
                qdrant ->
                    qdrant.get(
                        GetCollectionInfoRequest.newBuilder().setCollectionName(name).build()))
            .getResult();
    check(info.getConfig(), modelId, dimension);
    // One who made the collection may have ended before the index.
    if (!info.containsPayloadSchema(QdrantPoints.LABELS)) {
      index();
    }
  }

  private boolean exists() {
    CollectionExistsRequest question =
        CollectionExistsRequest.newBuilder().setCollectionName(name).build();
    return calls.collections(qdrant -> qdrant.collectionExists(question)).getResult().getExists();
  }

  private void create(String modelId, int dimension) {
    CreateCollection creation =
        CreateCollection.newBuilder()
            .setCollectionName(name)
            .setVectorsConfig(
                VectorsConfig.newBuilder()
                    .setParams(
                        VectorParams.newBuilder().setSize(dimension).setDistance(Distance.Cosine)))
            .putMetadata(MODEL, ValueFactory.value(modelId))
            .build();
    try {
      calls.collections(qdrant -> qdrant.create(creation));
    } catch (LogSenseException e) {
      // Of two that come at once, one makes it and the other is refused.
      if (e.category() != Category.EXTERNAL || !exists()) {
        throw e;
      }
    }
  }

  private void check(CollectionConfig config, String modelId, int dimension) {
    VectorParams params = config.getParams().getVectorsConfig().getParams();
    Value model = config.getMetadataOrDefault(MODEL, ValueFactory.value(UNKNOWN));
    boolean fits =
        params.getSize() == dimension
            && params.getDistance() == Distance.Cosine
            && !params.hasMultivectorConfig()
            && model.getStringValue().equals(modelId);
    if (!fits) {
      throw new LogSenseException(
          Category.USAGE,
          "the collection '%s' holds vectors of model '%s' with %d numbers by %s, not of '%s' with %d by %s; name another"
              .formatted(
                  name,
                  model.getStringValue(),
                  params.getSize(),
                  params.getDistance(),
                  modelId,
                  dimension,
                  Distance.Cosine));
    }
  }

  private void index() {
    CreateFieldIndexCollection index =
        CreateFieldIndexCollection.newBuilder()
            .setCollectionName(name)
            .setFieldName(QdrantPoints.LABELS)
            .setFieldType(FieldType.FieldTypeKeyword)
            .setWait(true)
            .build();
    calls.points(qdrant -> qdrant.createFieldIndex(index));
  }
}
