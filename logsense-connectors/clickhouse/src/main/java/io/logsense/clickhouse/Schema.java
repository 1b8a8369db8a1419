package io.logsense.clickhouse;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import java.util.List;

/**
 * The tables, and how those of earlier versions become them. Every statement may be run again: the
 * version is written last, so what was broken off is done once more.
 */
final class Schema {
  /** The first version; {@code @} is the database, {@code #} the days that events are kept. */
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS @.events (
            time Int64,
            id String,
            severity UInt8,
            service LowCardinality(String),
            environment LowCardinality(String),
            version LowCardinality(String),
            commit_id LowCardinality(String),
            logger LowCardinality(String),
            thread String,
            group_id String,
            trace_id String,
            request_id String,
            message String CODEC(LZ4),
            stack_trace String CODEC(LZ4),
            attributes Map(String, String),
            source LowCardinality(String),
            source_offset Int64,
            line Int64,
            lines Int32,
            kept DateTime DEFAULT now(),
            INDEX of_group group_id TYPE bloom_filter GRANULARITY 4,
            INDEX of_trace trace_id TYPE bloom_filter GRANULARITY 4
          ) ENGINE = ReplacingMergeTree
          PARTITION BY intDiv(time, 86400000000000)
          ORDER BY (time, id)
          TTL kept + INTERVAL # DAY
          """,
          """
          CREATE TABLE IF NOT EXISTS @.checkpoints (name String, value String)
          ENGINE = ReplacingMergeTree ORDER BY name
          """,
          """
          CREATE TABLE IF NOT EXISTS @.logsense_schema (version UInt8)
          ENGINE = MergeTree ORDER BY version
          """,
          "INSERT INTO @.logsense_schema SELECT 1");

  private static final int VERSION = 1;

  private Schema() {}

  /**
   * Makes what is missing.
   *
   * @param database quoted
   * @throws LogSenseException (external) when a newer version made the tables
   */
  static void prepare(Server server, String database, int days) {
    if (number(server, "EXISTS DATABASE " + database) == 0) {
      server.run(new Statement("CREATE DATABASE IF NOT EXISTS " + database));
    }
    String versions = database + ".logsense_schema";
    int version =
        number(server, "EXISTS TABLE " + versions) == 0
            ? 0
            : number(server, "SELECT max(version) FROM " + versions);
    if (version > VERSION) {
      throw new LogSenseException(
          Category.EXTERNAL,
          versions
              + " says version "
              + version
              + " of the tables, and this LogSense knows up to "
              + VERSION
              + ": use a newer one");
    }
    if (version < VERSION) {
      for (String step : TABLES) {
        server.run(new Statement(step.replace("#", Integer.toString(days)).replace("@", database)));
      }
    }
  }

  private static int number(Server server, String sql) {
    return server.query(new Statement(sql), RowReader::uint8).get(0);
  }
}
