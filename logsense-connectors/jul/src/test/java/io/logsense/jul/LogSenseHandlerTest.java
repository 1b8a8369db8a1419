package io.logsense.jul;

import io.logsense.inprocess.AppenderContract;
import io.logsense.inprocess.AppenderHost;
import io.logsense.inprocess.WrittenEvent;
import java.util.Map;
import java.util.function.Consumer;

class LogSenseHandlerTest extends AppenderContract {
  @Override
  protected AppenderHost start(Map<String, String> settings, Consumer<WrittenEvent> sink) {
    return new JulHost(settings, record -> sink.accept(JulHost.written(record)));
  }
}
