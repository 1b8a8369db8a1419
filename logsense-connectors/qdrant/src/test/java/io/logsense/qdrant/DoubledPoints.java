package io.logsense.qdrant;

import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import io.qdrant.client.grpc.Points.CountPoints;
import io.qdrant.client.grpc.Points.CountResponse;
import io.qdrant.client.grpc.Points.CountResult;
import io.qdrant.client.grpc.Points.CreateFieldIndexCollection;
import io.qdrant.client.grpc.Points.DeletePoints;
import io.qdrant.client.grpc.Points.PointsOperationResponse;
import io.qdrant.client.grpc.Points.QueryPoints;
import io.qdrant.client.grpc.Points.QueryResponse;
import io.qdrant.client.grpc.Points.ScrollPoints;
import io.qdrant.client.grpc.Points.ScrollResponse;
import io.qdrant.client.grpc.Points.UpdateResult;
import io.qdrant.client.grpc.Points.UpdateStatus;
import io.qdrant.client.grpc.Points.UpsertPoints;
import io.qdrant.client.grpc.PointsGrpc;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** The calls about points. What nobody waits for, it never does. */
final class DoubledPoints extends PointsGrpc.PointsImplBase {
  private final Map<String, DoubledCollection> collections;

  DoubledPoints(Map<String, DoubledCollection> collections) {
    this.collections = collections;
  }

  private <T> void answer(
      String name, StreamObserver<T> answer, Function<DoubledCollection, T> question) {
    DoubledCollection collection = collections.get(name);
    if (collection == null) {
      answer.onError(DoubledCollection.missing(name));
      return;
    }
    try {
      answer.onNext(question.apply(collection));
      answer.onCompleted();
    } catch (StatusRuntimeException e) {
      answer.onError(e);
    }
  }

  private void write(
      String name,
      boolean wait,
      StreamObserver<PointsOperationResponse> answer,
      Consumer<DoubledCollection> write) {
    answer(
        name,
        answer,
        collection -> {
          if (wait) {
            write.accept(collection);
          }
          return PointsOperationResponse.newBuilder()
              .setResult(
                  UpdateResult.newBuilder()
                      .setStatus(wait ? UpdateStatus.Completed : UpdateStatus.Acknowledged))
              .build();
        });
  }

  @Override
  public void upsert(UpsertPoints request, StreamObserver<PointsOperationResponse> answer) {
    write(
        request.getCollectionName(),
        request.getWait(),
        answer,
        collection -> collection.upsert(request.getPointsList()));
  }

  @Override
  public void delete(DeletePoints request, StreamObserver<PointsOperationResponse> answer) {
    write(
        request.getCollectionName(),
        request.getWait(),
        answer,
        collection -> collection.delete(request.getPoints().getPoints().getIdsList()));
  }

  @Override
  public void createFieldIndex(
      CreateFieldIndexCollection request, StreamObserver<PointsOperationResponse> answer) {
    write(
        request.getCollectionName(),
        request.getWait(),
        answer,
        collection -> collection.indexed().add(request.getFieldName()));
  }

  @Override
  public void count(CountPoints request, StreamObserver<CountResponse> answer) {
    answer(
        request.getCollectionName(),
        answer,
        collection ->
            CountResponse.newBuilder()
                .setResult(CountResult.newBuilder().setCount(collection.count(request.getFilter())))
                .build());
  }

  @Override
  public void query(QueryPoints request, StreamObserver<QueryResponse> answer) {
    answer(
        request.getCollectionName(),
        answer,
        collection ->
            QueryResponse.newBuilder()
                .addAllResult(
                    collection.nearest(
                        request.getQuery().getNearest().getDense().getDataList(),
                        request.getFilter(),
                        (int) request.getLimit()))
                .build());
  }

  @Override
  public void scroll(ScrollPoints request, StreamObserver<ScrollResponse> answer) {
    answer(
        request.getCollectionName(),
        answer,
        collection ->
            collection.page(
                request.hasOffset() ? request.getOffset().getUuid() : "", request.getLimit()));
  }
}
