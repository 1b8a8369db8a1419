package com.shop.orders;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;

/** Where orders are kept. */
public interface OrderRepository {
  /** Saves an order. */
  void save(int order, int customer, int cents);

  /** A repository whose calls run inside a transaction, by a dynamic proxy. */
  static OrderRepository transactional(Database database) {
    OrderRepository target = new JdbcOrderRepository(database);
    return (OrderRepository)
        Proxy.newProxyInstance(
            OrderRepository.class.getClassLoader(),
            new Class<?>[] {OrderRepository.class},
            (proxy, method, args) -> {
              try {
                return method.invoke(target, args);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            });
  }

  /** A failure of the database. */
  final class DataAccessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DataAccessException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Orders in a table. */
  final class JdbcOrderRepository implements OrderRepository {
    private static final String INSERT =
        "insert into orders (id, customer_id, cents) values (?,?,?)";

    private final Database database;

    JdbcOrderRepository(Database database) {
      this.database = database;
    }

    @Override
    public void save(int order, int customer, int cents) {
      try {
        database.update(INSERT, order);
      } catch (SQLException e) {
        throw new DataAccessException("Could not execute statement [" + INSERT + "]", e);
      }
    }
  }
}
