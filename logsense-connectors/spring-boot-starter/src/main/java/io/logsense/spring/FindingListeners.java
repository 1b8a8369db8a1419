package io.logsense.spring;

import io.logsense.api.finding.Finding;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Tells the beans of an application context of findings, while it is open.
 *
 * <p>The appender comes before any context and may outlive it, as logging does. So they meet in one
 * place of the JVM.
 */
final class FindingListeners implements SmartInitializingSingleton, DisposableBean {
  private static final Logger LOG = LoggerFactory.getLogger(FindingListeners.class);
  private static final List<Consumer<Finding>> OPEN = new CopyOnWriteArrayList<>();

  private final ObjectProvider<Consumer<Finding>> beans;
  private List<Consumer<Finding>> told = List.of();

  FindingListeners(ObjectProvider<Consumer<Finding>> beans) {
    this.beans = beans;
  }

  /** Tells everybody, one after the other; who throws does not keep it from the others. */
  static void tell(Finding finding) {
    for (Consumer<Finding> listener : OPEN) {
      try {
        listener.accept(finding);
      } catch (RuntimeException e) {
        LOG.warn("{} could not be told: {}", listener.getClass().getName(), finding, e);
      }
    }
  }

  @Override
  public void afterSingletonsInstantiated() {
    told = beans.orderedStream().toList();
    OPEN.addAll(told);
  }

  @Override
  public void destroy() {
    OPEN.removeAll(told);
  }
}
