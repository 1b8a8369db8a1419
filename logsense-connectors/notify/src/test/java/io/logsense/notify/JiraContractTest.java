package io.logsense.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JiraContractTest extends HttpNotifierContract {
  @BeforeEach
  void findNothing() {
    receiver.answer("{\"issues\":[],\"total\":0}");
  }

  @Override
  HttpNotifier.Builder builder(URI address) {
    return HttpNotifier.jira(address, "OPS", "Bug").basic("me", SECRET);
  }

  @Test
  void anIssueOfTheSameAlertIsNotMadeAgain() throws Exception {
    receiver.answer("{\"expand\":\"schema\",\"issues\":[{\"key\":\"OPS-1\"}]}");

    open().notify(Samples.alert("al1:8e1f", "disk full"));

    assertThat(receiver.received())
        .singleElement()
        .asString()
        .startsWith("GET ")
        .contains("logsense-al1-8e1f");
  }

  @Test
  void aSearchThatAnswersSomethingElseIsAnErrorRatherThanASecondIssue() {
    receiver.answer("<html>sign in</html>");

    assertThatThrownBy(() -> open().notify(Samples.alert("al1:8e1f", "disk full")))
        .isInstanceOf(IOException.class);
    assertThat(received()).isEmpty();
  }

  @Test
  void theTextCannotLeaveItsBlock() throws Exception {
    open().notify(Samples.alert("al1:1", "x {noformat} h1. shout"));

    assertThat(received().get(0)).contains("high: x noformat h1. shout");
  }
}
