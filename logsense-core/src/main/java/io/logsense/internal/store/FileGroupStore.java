package io.logsense.internal.store;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.group.Group;
import io.logsense.api.purge.Purgeable;
import io.logsense.api.purge.Subject;
import io.logsense.api.store.GroupStore;
import io.logsense.internal.purge.Redaction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Groups in one file: JSON lines, the first of which names format and version.
 *
 * <p>A full disk or a crash leaves the old file. Thread-safe within one instance.
 */
public final class FileGroupStore implements GroupStore, Purgeable {
  private static final String FORMAT = "logsense-groups";
  private static final int VERSION = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private final Path file;

  /** A store in {@code file}, which need not exist yet. */
  public FileGroupStore(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public synchronized void save(Collection<Group> groups) {
    Map<String, Group> all = new TreeMap<>();
    load().forEach(group -> all.put(group.id(), group));
    groups.forEach(group -> all.put(group.id(), group));
    replace(all.values());
  }

  private void replace(Collection<Group> groups) {
    try {
      WholeFile.write(file, out -> write(out, groups));
    } catch (IOException e) {
      throw failure("write", e);
    }
  }

  @Override
  public long mentions(Subject subject) {
    return redacted(subject, load()).size();
  }

  @Override
  public synchronized long purge(Subject subject) {
    Map<String, Group> all = new TreeMap<>();
    List<Group> groups = load();
    groups.forEach(group -> all.put(group.id(), group));
    List<Group> redacted = redacted(subject, groups);
    redacted.forEach(group -> all.put(group.id(), group));
    if (!redacted.isEmpty()) {
      replace(all.values());
    }
    try {
      WholeFile.deleteHalf(file);
    } catch (IOException e) {
      throw failure("purge", e);
    }
    return redacted.size();
  }

  private static List<Group> redacted(Subject subject, List<Group> groups) {
    Redaction redaction = new Redaction(subject);
    List<Group> redacted = new ArrayList<>();
    for (Group group : groups) {
      Group other = redaction.group(group);
      if (other != group) {
        redacted.add(other);
      }
    }
    return redacted;
  }

  private static void write(OutputStream out, Collection<Group> groups) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out, JsonEncoding.UTF8)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
      json.writeStartObject();
      json.writeStringField("format", FORMAT);
      json.writeNumberField("version", VERSION);
      json.writeEndObject();
      GroupJson writer = new GroupJson(json);
      for (Group group : groups) {
        writer.write(group);
      }
      json.writeRaw('\n');
    }
  }

  @Override
  public Optional<Group> find(String id) {
    return load().stream().filter(group -> group.id().equals(id)).findFirst();
  }

  @Override
  public synchronized List<Group> load() {
    if (!Files.exists(file)) {
      return List.of();
    }
    List<Group> groups = new ArrayList<>();
    try (JsonParser json = JSON.createParser(file.toFile())) {
      checkHeader(json);
      while (json.nextToken() == JsonToken.START_OBJECT) {
        groups.add(GroupReader.group(json));
      }
      return groups;
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw failure("read", e);
    }
  }

  private void checkHeader(JsonParser json) throws IOException {
    String format = "";
    int version = 0;
    if (json.nextToken() == JsonToken.START_OBJECT) {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        if (name.equals("format")) {
          format = json.getText();
        } else if (name.equals("version")) {
          version = json.getValueAsInt();
        }
      }
    }
    if (!format.equals(FORMAT) || version != VERSION) {
      throw new IOException(
          "not a " + FORMAT + " file of version " + VERSION + "; delete it or name another");
    }
  }

  private LogSenseException failure(String verb, Exception e) {
    return new LogSenseException(
        Category.EXTERNAL, "cannot " + verb + " groups in " + file + ": " + e.getMessage(), e);
  }
}
