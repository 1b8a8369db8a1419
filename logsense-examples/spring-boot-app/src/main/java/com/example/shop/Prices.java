package com.example.shop;

import org.springframework.stereotype.Service;

@Service
class Prices {
  private static final int FIRST_WITH_PRICE = 100;

  int of(int item) {
    try {
      return lookUp(item);
    } catch (IllegalStateException e) {
      throw new OrderException("order of item " + item + " failed", e);
    }
  }

  private static int lookUp(int item) {
    if (item < FIRST_WITH_PRICE) {
      throw new IllegalStateException("no price");
    }
    return item * 7;
  }

  String cheapest(String customer) {
    throw new IllegalArgumentException("unknown customer " + customer);
  }

  private static final class OrderException extends RuntimeException {
    private static final long serialVersionUID = 1;

    OrderException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
