package io.logsense.api.event;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One log event: what a record says, in one schema for all formats.
 *
 * <p>Immutable and safe to share. Text fields that the record does not state are empty strings,
 * never null. Events that reach a listener, a group or a store have been masked.
 */
public final class LogEvent {
  /** {@link #timestamp()} of an event that states no time. */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  private final long timestamp;
  private final Severity severity;
  private final String service;
  private final String environment;
  private final String version;
  private final String commit;
  private final String logger;
  private final String thread;
  private final String message;
  private final String traceId;
  private final String requestId;
  private final @Nullable StackTrace exception;
  private final Map<String, String> attributes;
  private final SourcePosition position;

  private LogEvent(Builder b) {
    timestamp = b.timestamp;
    severity = b.severity;
    service = b.service;
    environment = b.environment;
    version = b.version;
    commit = b.commit;
    logger = b.logger;
    thread = b.thread;
    message = b.message;
    traceId = b.traceId;
    requestId = b.requestId;
    exception = b.exception;
    attributes = b.sharedAttributes();
    position = b.position;
  }

  /** An empty builder. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that starts from this event. */
  public Builder toBuilder() {
    Builder b = new Builder();
    b.timestamp = timestamp;
    b.severity = severity;
    b.service = service;
    b.environment = environment;
    b.version = version;
    b.commit = commit;
    b.logger = logger;
    b.thread = thread;
    b.message = message;
    b.traceId = traceId;
    b.requestId = requestId;
    b.exception = exception;
    b.attributes = attributes;
    b.position = position;
    return b;
  }

  /** Nanoseconds since 1970-01-01T00:00Z, or {@link #NO_TIMESTAMP}. */
  public long timestamp() {
    return timestamp;
  }

  /** The timestamp as an instant; empty when the record states none. */
  public Optional<Instant> instant() {
    return timestamp == NO_TIMESTAMP
        ? Optional.empty()
        : Optional.of(
            Instant.ofEpochSecond(
                Math.floorDiv(timestamp, 1_000_000_000L),
                Math.floorMod(timestamp, 1_000_000_000L)));
  }

  /** How serious it is. */
  public Severity severity() {
    return severity;
  }

  /** The service that logged it. */
  public String service() {
    return service;
  }

  /** The deployment environment: {@code production}, {@code staging}. */
  public String environment() {
    return environment;
  }

  /** The service's version. */
  public String version() {
    return version;
  }

  /** The commit that the service was built from. */
  public String commit() {
    return commit;
  }

  /** The logger, component or program. */
  public String logger() {
    return logger;
  }

  /** The thread, or the process id where a format has no threads. */
  public String thread() {
    return thread;
  }

  /** The message, without header and stack trace; may have several lines. */
  public String message() {
    return message;
  }

  /** The id of the distributed trace. */
  public String traceId() {
    return traceId;
  }

  /** The id of the request. */
  public String requestId() {
    return requestId;
  }

  /** The stack trace, or null. */
  public @Nullable StackTrace exception() {
    return exception;
  }

  /** Everything else the record states, in its order; unmodifiable. */
  public Map<String, String> attributes() {
    return attributes;
  }

  /** Where the record stands. */
  public SourcePosition position() {
    return position;
  }

  @Override
  public boolean equals(@Nullable Object o) {
    return o instanceof LogEvent e
        && timestamp == e.timestamp
        && severity == e.severity
        && service.equals(e.service)
        && environment.equals(e.environment)
        && version.equals(e.version)
        && commit.equals(e.commit)
        && logger.equals(e.logger)
        && thread.equals(e.thread)
        && message.equals(e.message)
        && traceId.equals(e.traceId)
        && requestId.equals(e.requestId)
        && Objects.equals(exception, e.exception)
        && attributes.equals(e.attributes)
        && position.equals(e.position);
  }

  @Override
  public int hashCode() {
    return Objects.hash(timestamp, severity, logger, message, position);
  }

  @Override
  public String toString() {
    return instant().map(Instant::toString).orElse("-")
        + ' '
        + severity
        + ' '
        + logger
        + ": "
        + message;
  }

  /** Collects the fields of one event; reusable after {@link #reset()}. Not thread-safe. */
  public static final class Builder {
    private long timestamp = NO_TIMESTAMP;
    private Severity severity = Severity.UNSPECIFIED;
    private String service = "";
    private String environment = "";
    private String version = "";
    private String commit = "";
    private String logger = "";
    private String thread = "";
    private String message = "";
    private String traceId = "";
    private String requestId = "";
    private @Nullable StackTrace exception;
    private Map<String, String> attributes = Map.of();
    // Whether the map is this builder's alone; an event's is copied before it is changed.
    private boolean attributesOwned;
    private SourcePosition position = SourcePosition.UNKNOWN;
    private String stackText = "";

    private Builder() {}

    /** Forgets everything that was set. */
    public Builder reset() {
      timestamp = NO_TIMESTAMP;
      severity = Severity.UNSPECIFIED;
      service = "";
      environment = "";
      version = "";
      commit = "";
      logger = "";
      thread = "";
      message = "";
      traceId = "";
      requestId = "";
      exception = null;
      clearAttributes();
      position = SourcePosition.UNKNOWN;
      stackText = "";
      return this;
    }

    /** Nanoseconds since the epoch. */
    public Builder timestamp(long epochNanos) {
      timestamp = epochNanos;
      return this;
    }

    /** Sets the severity. */
    public Builder severity(Severity value) {
      severity = value;
      return this;
    }

    /** Sets the service. */
    public Builder service(String value) {
      service = value;
      return this;
    }

    /** Sets the environment. */
    public Builder environment(String value) {
      environment = value;
      return this;
    }

    /** Sets the version. */
    public Builder version(String value) {
      version = value;
      return this;
    }

    /** Sets the commit. */
    public Builder commit(String value) {
      commit = value;
      return this;
    }

    /** Sets the logger. */
    public Builder logger(String value) {
      logger = value;
      return this;
    }

    /** Sets the thread. */
    public Builder thread(String value) {
      thread = value;
      return this;
    }

    /** Sets the message. */
    public Builder message(String value) {
      message = value;
      return this;
    }

    /** Sets the trace id. */
    public Builder traceId(String value) {
      traceId = value;
      return this;
    }

    /** Sets the request id. */
    public Builder requestId(String value) {
      requestId = value;
      return this;
    }

    /** Sets the stack trace. */
    public Builder exception(@Nullable StackTrace value) {
      exception = value;
      return this;
    }

    /** Adds an attribute; a later one of the same name wins. */
    public Builder attribute(String name, String value) {
      ownAttributes().put(name, value);
      return this;
    }

    /** Adds an attribute unless there is one of that name. */
    public Builder attributeIfAbsent(String name, String value) {
      if (!attributes.containsKey(name)) {
        ownAttributes().put(name, value);
      }
      return this;
    }

    /** Replaces the value of every attribute by what {@code change} makes of name and value. */
    public Builder replaceAttributes(BinaryOperator<String> change) {
      if (!attributes.isEmpty()) {
        ownAttributes().replaceAll(change);
      }
      return this;
    }

    /** Forgets the attributes. */
    public Builder clearAttributes() {
      if (!attributesOwned) {
        attributes = Map.of();
      } else if (!attributes.isEmpty()) {
        attributes.clear();
      }
      return this;
    }

    private Map<String, String> ownAttributes() {
      if (!attributesOwned) {
        attributes = new LinkedHashMap<>(attributes);
        attributesOwned = true;
      }
      return attributes;
    }

    private Map<String, String> sharedAttributes() {
      if (attributesOwned) {
        attributes = attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(attributes);
        attributesOwned = false;
      }
      return attributes;
    }

    /** Sets the position. */
    public Builder position(SourcePosition value) {
      position = value;
      return this;
    }

    /**
     * Sets the text of a stack trace that the record carries in a field of its own, as JSON formats
     * do. It is no part of the event: whoever calls the parser extracts the {@linkplain
     * #exception(StackTrace) exception} from it, before looking at the record's further lines.
     */
    public Builder stackText(String value) {
      stackText = value;
      return this;
    }

    /** The text of the stack trace set so far; empty when the record has no such field. */
    public String stackText() {
      return stackText;
    }

    /** The message set so far. */
    public String message() {
      return message;
    }

    /** The service set so far. */
    public String service() {
      return service;
    }

    /** The environment set so far. */
    public String environment() {
      return environment;
    }

    /** The version set so far. */
    public String version() {
      return version;
    }

    /** The request id set so far. */
    public String requestId() {
      return requestId;
    }

    /** The logger set so far. */
    public String logger() {
      return logger;
    }

    /** The thread set so far. */
    public String thread() {
      return thread;
    }

    /** The severity set so far. */
    public Severity severity() {
      return severity;
    }

    /** The timestamp set so far. */
    public long timestamp() {
      return timestamp;
    }

    /** An event with what was set. */
    public LogEvent build() {
      return new LogEvent(this);
    }
  }
}
