package io.logsense.packaging;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A published module beside the api and core.
 *
 * @param name of its package in {@code io.logsense}
 * @param type one of its classes, by which its jar is found
 * @param allowed the packages it may know besides its own, the api and the JDK
 */
record Module(String name, String type, List<String> allowed) {
  static final String API_PACKAGES = "io.logsense.api..";
  private static final String ENGINE = "io.logsense";
  private static final String IN_PROCESS = "io.logsense.inprocess..";
  private static final String SLF4J = "org.slf4j..";
  private static final String JACKSON = "com.fasterxml.jackson.core..";

  /** All of them, by name. */
  static List<Module> all() {
    return List.of(
        module("analysis", "ModelAnalyzer", SLF4J, "com.fasterxml.jackson.."),
        module("aws", "CloudWatchSource", "software.amazon.awssdk..", JACKSON),
        module("chroma", "ChromaVectorStore", JACKSON),
        module("clickhouse", "ClickHouseStore"),
        module(
            "code",
            "CodeIndexer",
            "javax.lang.model..",
            "javax.tools..",
            "com.sun.source..",
            "com.github.javaparser..",
            "org.eclipse.jgit.."),
        module("docker", "DockerSource", "com.github.dockerjava.."),
        module("duckdb", "DuckDbStore", "org.duckdb.."),
        module("email", "EmailNotifier", "jakarta.mail.."),
        module("fluent", "FluentSource", JACKSON, "javax.net.ssl..", "org.msgpack.."),
        module("gcp", "GcpLoggingSource", "com.google.."),
        module("hnswlib", "HnswlibVectorStore", "com.github.jelmerk.hnswlib.core.."),
        module("inprocess", "EventIntake", ENGINE),
        module("jul", "Enrichment", ENGINE, IN_PROCESS),
        module(
            "junit",
            "LogSenseExtension",
            ENGINE,
            IN_PROCESS,
            "io.logsense.testkit",
            "org.junit.jupiter.api.."),
        module("kafka", "KafkaSource", "org.apache.kafka.."),
        module("langchain4j", "LangChain4j", "dev.langchain4j.."),
        module("log4j2", "Enrichment", ENGINE, IN_PROCESS, "org.apache.logging.log4j.."),
        module("logback", "Enrichment", ENGINE, IN_PROCESS, SLF4J, "ch.qos.logback.."),
        module("micrometer", "LogSenseMetrics", "io.micrometer.core.."),
        module("notify", "HttpNotifier", JACKSON),
        module("onnx", "OnnxEmbedder", "ai.onnxruntime..", JACKSON),
        module(
            "opentelemetry",
            "LogSenseMetrics",
            "io.opentelemetry.api..",
            "io.opentelemetry.context.."),
        module(
            "otlp",
            "OtlpSource",
            "com.fasterxml.jackson..",
            "com.google.protobuf..",
            "com.sun.net.httpserver..",
            "io.grpc..",
            "io.opentelemetry.proto..",
            "javax.net.ssl.."),
        module("rest", "SearchSource", JACKSON, "javax.net.ssl.."),
        module("resilience", "Resilience", "io.github.resilience4j.."),
        module(
            "redis", "RedisEmbeddingCache", "redis.clients.jedis..", "org.apache.commons.pool2.."),
        module(
            "postgres", "PostgresStore", "javax.sql..", "org.postgresql..", "com.zaxxer.hikari.."),
        module("qdrant", "QdrantVectorStore", "io.grpc..", "io.qdrant.client.."),
        module(
            "spring",
            "LogSenseAutoConfiguration",
            ENGINE,
            IN_PROCESS,
            "io.logsense.logback..",
            "io.logsense.micrometer..",
            SLF4J,
            "ch.qos.logback..",
            "io.micrometer.core..",
            "org.springframework.."),
        module("syslog", "SyslogSource", "javax.net.ssl.."),
        module(
            "testkit",
            "VectorStoreContract",
            "com.sun.net.httpserver..",
            "org.junit.jupiter.api..",
            "org.assertj.core.."),
        module("treesitter", "PythonParser", "org.treesitter.."));
  }

  private static Module module(String name, String type, String... allowed) {
    return new Module(name, type, List.of(allowed));
  }

  Path jar() {
    return ShippedJars.jarWith("io/logsense/" + name + "/" + type + ".class");
  }

  JavaClasses classes() {
    return ShippedJars.classes(jar());
  }

  /** The packages that its classes may know. */
  String[] knows() {
    return Stream.concat(
            Stream.of(API_PACKAGES, "io.logsense." + name + "..", "java..", "org.jspecify.."),
            allowed.stream())
        .toArray(String[]::new);
  }

  @Override
  public String toString() {
    return name;
  }
}
