package io.logsense.qdrant;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Collections.CollectionConfig;
import io.qdrant.client.grpc.Collections.CollectionExists;
import io.qdrant.client.grpc.Collections.CollectionExistsRequest;
import io.qdrant.client.grpc.Collections.CollectionExistsResponse;
import io.qdrant.client.grpc.Collections.CollectionInfo;
import io.qdrant.client.grpc.Collections.CollectionOperationResponse;
import io.qdrant.client.grpc.Collections.CollectionParams;
import io.qdrant.client.grpc.Collections.CreateCollection;
import io.qdrant.client.grpc.Collections.GetCollectionInfoRequest;
import io.qdrant.client.grpc.Collections.GetCollectionInfoResponse;
import io.qdrant.client.grpc.Collections.PayloadSchemaInfo;
import io.qdrant.client.grpc.CollectionsGrpc;
import java.util.Map;

/** The calls that make and describe collections. */
final class DoubledCollections extends CollectionsGrpc.CollectionsImplBase {
  private final Map<String, DoubledCollection> collections;

  DoubledCollections(Map<String, DoubledCollection> collections) {
    this.collections = collections;
  }

  @Override
  public void collectionExists(
      CollectionExistsRequest request, StreamObserver<CollectionExistsResponse> answer) {
    answer.onNext(
        CollectionExistsResponse.newBuilder()
            .setResult(
                CollectionExists.newBuilder()
                    .setExists(collections.containsKey(request.getCollectionName())))
            .build());
    answer.onCompleted();
  }

  @Override
  public void create(CreateCollection request, StreamObserver<CollectionOperationResponse> answer) {
    String name = request.getCollectionName();
    if (name.isEmpty() || name.contains("/")) {
      answer.onError(
          Status.INVALID_ARGUMENT.withDescription("Validation error in body").asException());
    } else if (collections.putIfAbsent(name, new DoubledCollection(request)) != null) {
      answer.onError(
          Status.ALREADY_EXISTS
              .withDescription("Wrong input: Collection `" + name + "` already exists!")
              .asException());
    } else {
      answer.onNext(CollectionOperationResponse.newBuilder().setResult(true).build());
      answer.onCompleted();
    }
  }

  @Override
  public void get(
      GetCollectionInfoRequest request, StreamObserver<GetCollectionInfoResponse> answer) {
    DoubledCollection collection = collections.get(request.getCollectionName());
    if (collection == null) {
      answer.onError(DoubledCollection.missing(request.getCollectionName()));
      return;
    }
    CreateCollection creation = collection.creation();
    CollectionInfo.Builder info =
        CollectionInfo.newBuilder()
            .setConfig(
                CollectionConfig.newBuilder()
                    .setParams(
                        CollectionParams.newBuilder().setVectorsConfig(creation.getVectorsConfig()))
                    .putAllMetadata(creation.getMetadataMap()));
    collection
        .indexed()
        .forEach(name -> info.putPayloadSchema(name, PayloadSchemaInfo.getDefaultInstance()));
    answer.onNext(GetCollectionInfoResponse.newBuilder().setResult(info).build());
    answer.onCompleted();
  }
}
