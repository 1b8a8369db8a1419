package io.logsense.code;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.logsense.api.code.CodeIndex;
import io.logsense.api.event.LogEvent;
import io.logsense.api.event.Severity;
import io.logsense.api.event.StackFrame;
import io.logsense.api.event.StackTrace;
import io.logsense.api.event.ThrownError;
import io.logsense.api.group.Group;
import io.logsense.api.group.GroupKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final String CART =
      """
      package com.shop;
      class Cart {
        int total(int sum) {
          return share(sum, 0);
        }
        int share(int sum, int parts) {
          return sum / parts;
        }
        void fail(String id) {
          log.error("Order {} could not be paid by anybody", id);
        }
      }
      """;

  private static CodeIndex index;

  @BeforeAll
  static void makeIndex() throws IOException {
    MemoryTree tree = new MemoryTree().with("src/com/shop/Cart.java", CART);
    index = CodeIndexer.standard().index(tree).index();
  }

  private static ThrownError error(@Nullable ThrownError cause, StackFrame... frames) {
    return new ThrownError("java.lang.Error", "", List.of(frames), 0, cause, List.of());
  }

  private static StackFrame frame(String type, String method, int line) {
    return new StackFrame(type, method, type.substring(type.lastIndexOf('.') + 1) + ".java", line);
  }

  private static Group group(String id, long count, String version, LogEvent event) {
    return Group.builder()
        .identity(id, GroupKind.EXCEPTION)
        .words(id, "", "")
        .counts(count, Map.of(event.severity(), count))
        .origins(Map.of(), Map.of(), Map.of(version, count))
        .examples(List.of(event))
        .build();
  }

  private static LogEvent thrown(ThrownError error) {
    StackTrace trace = new StackTrace("java", error, 0, 1, false);
    return LogEvent.builder().severity(Severity.ERROR).exception(trace).build();
  }

  private static LogEvent said(Severity severity, String message) {
    return LogEvent.builder().severity(severity).message(message).build();
  }

  @Test
  void aGroupCountsWhereItsRootCauseIsInTheSource() {
    StackFrame library = frame("org.lib.Math", "divide", 3);
    StackFrame share = frame("com.shop.Cart", "share", 7);
    StackFrame total = frame("com.shop.Cart", "total", 4);
    ThrownError root = error(null, library, share, total);
    HeatMap map =
        HeatMap.of(
            List.of(
                group("a", 5, "1.0", thrown(error(root, total))),
                group("b", 2, "1.1", thrown(root)),
                group("c", 3, "1.1", thrown(error(null, total))),
                group("d", 4, "1.1", said(Severity.ERROR, "Order 7 could not be paid by anybody")),
                group("e", 50, "1.1", said(Severity.INFO, "Order 7 could not be paid by anybody")),
                group("f", 9, "1.1", thrown(error(null, library)))),
            index);

    assertThat(map.methods())
        .extracting(HeatMap.Spot::symbol, HeatMap.Spot::failures, HeatMap.Spot::groups)
        .containsExactly(
            tuple("com.shop.Cart#share/2", 7L, 2),
            tuple("com.shop.Cart#fail/1", 4L, 1),
            tuple("com.shop.Cart#total/1", 3L, 1));
    assertThat(map.methods().get(0).versions()).isEqualTo(Map.of("1.0", 5L, "1.1", 2L));
    assertThat(map.files()).singleElement().extracting(HeatMap.Spot::failures).isEqualTo(14L);
    assertThat(map.elsewhere()).isEqualTo(9);
  }
}
