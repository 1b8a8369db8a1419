package io.logsense.testkit;

import java.util.AbstractList;
import java.util.List;

/**
 * A list that fails when its reader comes to a certain element: what was written before must go.
 */
final class Failing<T> extends AbstractList<T> {
  private final List<T> elements;
  private final int failing;

  Failing(List<T> elements, int failing) {
    this.elements = elements;
    this.failing = failing;
  }

  @Override
  public T get(int index) {
    if (index == failing) {
      throw new IllegalStateException("element " + index + " cannot be read");
    }
    return elements.get(index);
  }

  @Override
  public int size() {
    return elements.size();
  }
}
