package io.logsense.log4j2;

import io.logsense.inprocess.AppenderContract;
import io.logsense.inprocess.AppenderHost;
import io.logsense.inprocess.WrittenEvent;
import java.util.Map;
import java.util.function.Consumer;

class LogSenseAppenderTest extends AppenderContract {
  @Override
  protected AppenderHost start(Map<String, String> settings, Consumer<WrittenEvent> sink) {
    return Log4jHost.synchronous(settings, event -> sink.accept(Log4jHost.written(event)));
  }
}
