package io.logsense.benchmarks.appender;

import io.logsense.benchmarks.Figure;
import io.logsense.benchmarks.Run;
import io.logsense.benchmarks.appender.AppenderProbe.Cost;
import io.logsense.benchmarks.appender.AppenderProbe.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * What each appender costs the thread that logs, beyond one that does nothing, which is the floor.
 * Each is measured by an {@link AppenderProbe}.
 */
public final class AppenderRun {
  private static final String NAME = "appender";
  private static final String FLOOR = "Logback and an appender that does nothing";

  private AppenderRun() {}

  /** The figures; the quick run is of one thread and leaves out the appenders of others. */
  public static List<Figure> run(Run.Options options) throws IOException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    for (int threads : options.quick() ? new int[] {1} : new int[] {1, 2, 8}) {
      Map<Appenders, Map<Statement, Cost>> costs = new EnumMap<>(Appenders.class);
      for (Appenders appender : Appenders.values()) {
        if (!options.quick() || appender.isOurs() || appender == Appenders.NONE) {
          costs.put(appender, AppenderProbe.measure(appender, threads));
        }
      }
      figures.addAll(figures(costs, threads + (threads == 1 ? " thread" : " threads")));
    }
    return figures;
  }

  private static List<Figure> figures(Map<Appenders, Map<Statement, Cost>> costs, String threads) {
    List<Figure> figures = new ArrayList<>();
    String frames = "a throwable of 60 frames, " + threads;
    String unseen = "a throwable never seen, 60 frames, " + threads;
    double hash = cost(costs, Appenders.NONE, Statement.HASH_ALONE).nanos();
    Table repeated = new Table(costs, Statement.REPEATED_ERROR, frames);
    figures.add(
        repeated.beside("appender.repeatedErrorNs", "ns", Cost::nanos, hash, "StackHasher alone"));
    Table info = new Table(costs, Statement.INFO, threads);
    Table unknown = new Table(costs, Statement.NEW_ERROR, unseen);
    for (Appenders peer : costs.keySet()) {
      if (peer != Appenders.NONE && peer != Appenders.LOGSENSE) {
        figures.add(info.beside("appender.infoNs", "ns", Cost::nanos, peer));
        figures.add(info.beside("appender.infoBytes", "B", Cost::bytes, peer));
        figures.add(repeated.beside("appender.repeatedErrorNs", "ns", Cost::nanos, peer));
        figures.add(repeated.beside("appender.repeatedErrorBytes", "B", Cost::bytes, peer));
        figures.add(unknown.beside("appender.newErrorNs", "ns", Cost::nanos, peer));
      }
    }
    return figures;
  }

  private static Cost cost(
      Map<Appenders, Map<Statement, Cost>> costs, Appenders appender, Statement statement) {
    Map<Statement, Cost> of = Objects.requireNonNull(costs.get(appender));
    return Objects.requireNonNull(of.get(statement));
  }

  /** The costs of one statement. */
  private record Table(
      Map<Appenders, Map<Statement, Cost>> costs, Statement statement, String data) {

    Figure beside(String metric, String unit, ToDoubleFunction<Cost> of, Appenders peer) {
      return beside(metric, unit, of, over(peer, of), peer.name());
    }

    Figure beside(
        String metric, String unit, ToDoubleFunction<Cost> of, double peer, String peerName) {
      double ours = over(Appenders.LOGSENSE, of);
      double floor = of.applyAsDouble(cost(costs, Appenders.NONE, statement));
      return new Figure(NAME, metric, unit, ours, peer, peerName, floor, FLOOR, data);
    }

    private double over(Appenders appender, ToDoubleFunction<Cost> of) {
      return of.applyAsDouble(cost(costs, appender, statement))
          - of.applyAsDouble(cost(costs, Appenders.NONE, statement));
    }
  }
}
