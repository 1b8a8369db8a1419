package io.logsense.analysis;

import io.logsense.api.LogSenseException;
import io.logsense.api.LogSenseException.Category;
import io.logsense.api.store.DocumentStore;
import io.logsense.api.store.DocumentStore.Document;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What models may cost in a day (of UTC), which is never exceeded: neither by a token nor by many
 * threads at once.
 *
 * <p>Before a call the most that it can take is reserved, in all scopes or in none; afterwards what
 * it did not take is given back. A call is refused, never trimmed. Without a {@link Builder#keptIn
 * store} a restart of the process begins a new day.
 *
 * <p>Thread-safe. Reservations of one cap wait for one another, also while one is written down.
 */
public final class SpendingCap {
  /** For whom there is a cap. */
  public enum Scope {
    /** All together. */
    ALL,
    /** Each tenant. */
    TENANT,
    /** Each cluster of problems. */
    CLUSTER
  }

  private static final String KIND = DocumentStore.SPENDING;
  private static final int MOST_ACCOUNTS = 100_000;

  private final Map<Scope, Long> tokens;
  private final Map<Scope, BigDecimal> money;
  private final Map<String, Price> prices;
  private final InstantSource clock;
  private final @Nullable DocumentStore store;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<String, Spent> accounts = new HashMap<>();
  private LocalDate day = LocalDate.EPOCH;

  private record Spent(long tokens, BigDecimal money) {
    static final Spent NOTHING = new Spent(0, BigDecimal.ZERO);

    Spent plus(long moreTokens, BigDecimal moreMoney) {
      return new Spent(Math.addExact(tokens, moreTokens), money.add(moreMoney));
    }
  }

  private SpendingCap(Builder b) {
    tokens = new EnumMap<>(b.tokens);
    money = new EnumMap<>(b.money);
    prices = Map.copyOf(b.prices);
    clock = b.clock;
    store = b.store;
  }

  /** A builder without any cap. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Reserves the most that a call can take.
   *
   * @param model id of the model
   * @param input tokens of the prompt at most
   * @param output tokens of the answer at most
   * @throws LogSenseException (limit) naming the cap that would be exceeded, or the model whose
   *     price nobody told while there is a cap in money; nothing is reserved then
   */
  Reservation reserve(String tenant, String cluster, String model, long input, long output) {
    BigDecimal cost = cost(model, input, output);
    lock.lock();
    try {
      turnDay();
      List<String> names = new ArrayList<>();
      for (Scope scope : Scope.values()) {
        if (tokens.containsKey(scope) || money.containsKey(scope)) {
          String name = name(scope, tenant, cluster);
          check(scope, name, input + output, cost);
          names.add(name);
        }
      }
      add(names, input + output, cost);
      return new Reservation(names, day, model, input, output, cost);
    } finally {
      lock.unlock();
    }
  }

  private BigDecimal cost(String model, long input, long output) {
    Price price = prices.get(model);
    if (price != null) {
      return price.of(input, output);
    }
    if (!money.isEmpty()) {
      throw new LogSenseException(
          Category.LIMIT,
          "the price of model " + model + " is unknown, and spending is capped: state it");
    }
    return BigDecimal.ZERO;
  }

  private void check(Scope scope, String name, long moreTokens, BigDecimal moreMoney) {
    Spent spent = account(name);
    Long mostTokens = tokens.get(scope);
    if (mostTokens != null && spent.tokens() > mostTokens - moreTokens) {
      throw spent(
          scope, spent.tokens() + " of " + mostTokens + " tokens are used", moreTokens + "");
    }
    BigDecimal mostMoney = money.get(scope);
    if (mostMoney != null && spent.money().add(moreMoney).compareTo(mostMoney) > 0) {
      throw spent(
          scope,
          spent.money().toPlainString() + " of " + mostMoney.toPlainString() + " is spent",
          moreMoney.toPlainString());
    }
    if (accounts.size() >= MOST_ACCOUNTS && !accounts.containsKey(name)) {
      throw spent(scope, MOST_ACCOUNTS + " accounts are open", "one");
    }
  }

  private static LogSenseException spent(Scope scope, String state, String needed) {
    return new LogSenseException(
        Category.LIMIT,
        "the cap of "
            + scope
            + " for today: "
            + state
            + ", and up to "
            + needed
            + " more are needed");
  }

  private static String name(Scope scope, String tenant, String cluster) {
    return switch (scope) {
      case ALL -> "all";
      case TENANT -> "tenant/" + tenant;
      case CLUSTER -> "cluster/" + tenant + "/" + cluster;
    };
  }

  private void turnDay() {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    if (!today.isAfter(day)) {
      return; // a clock that goes back does not give back what was spent
    }
    day = today;
    accounts.clear();
    if (store != null) {
      forget(store, today.minusDays(1).toString());
    }
  }

  /** Removes what was spent before a day; that of yesterday stays, for a clock that is put back. */
  private static void forget(DocumentStore store, String before) {
    for (Document document : store.list(KIND)) {
      if (document.id().compareTo(before) < 0) {
        store.remove(KIND, document.id());
      }
    }
  }

  /** What an account has spent today, which the store is asked for once. */
  private Spent account(String name) {
    Spent known = accounts.get(name);
    if (known != null || store == null) {
      return known == null ? Spent.NOTHING : known;
    }
    Spent kept =
        store.get(KIND, id(name)).map(found -> Documents.read(found, Spent.class)).orElse(null);
    if (kept != null) {
      accounts.put(name, kept);
    }
    return kept == null ? Spent.NOTHING : kept;
  }

  private String id(String account) {
    return day + "-" + Documents.id(account);
  }

  /** Adds to accounts, in the store first: what is not written down is not spent either. */
  private void add(List<String> names, long moreTokens, BigDecimal moreMoney) {
    Map<String, Spent> next = new HashMap<>();
    for (String name : names) {
      next.put(name, account(name).plus(moreTokens, moreMoney));
    }
    if (store != null) {
      List<Document> changed = new ArrayList<>();
      next.forEach((name, spent) -> changed.add(Documents.of(KIND, id(name), spent)));
      store.put(changed);
    }
    accounts.putAll(next);
  }

  /** The tokens used today in a scope that is capped, those of calls under way included. */
  public long tokensToday(Scope scope, String tenant, String cluster) {
    return today(scope, tenant, cluster).tokens();
  }

  /** The money spent today in a scope that is capped, that of calls under way included. */
  public BigDecimal moneyToday(Scope scope, String tenant, String cluster) {
    return today(scope, tenant, cluster).money();
  }

  private Spent today(Scope scope, String tenant, String cluster) {
    lock.lock();
    try {
      turnDay();
      return account(name(scope, tenant, cluster));
    } finally {
      lock.unlock();
    }
  }

  /** What one call may take. */
  final class Reservation {
    private final List<String> names;
    private final LocalDate of;
    private final String model;
    private final long input;
    private final long output;
    private final BigDecimal cost;
    private boolean settled;

    private Reservation(
        List<String> names, LocalDate of, String model, long input, long output, BigDecimal cost) {
      this.names = names;
      this.of = of;
      this.model = model;
      this.input = input;
      this.output = output;
      this.cost = cost;
    }

    /** Gives back what was not used. Once; a call that is not settled has taken all. */
    void settle(long usedInput, long usedOutput) {
      lock.lock();
      try {
        if (settled || !of.equals(day)) {
          return;
        }
        settled = true;
        long usedTokens = usedInput + usedOutput - input - output;
        add(names, usedTokens, cost(model, usedInput, usedOutput).subtract(cost));
      } finally {
        lock.unlock();
      }
    }
  }

  /** Collects caps. Not thread-safe. */
  public static final class Builder {
    private final Map<Scope, Long> tokens = new EnumMap<>(Scope.class);
    private final Map<Scope, BigDecimal> money = new EnumMap<>(Scope.class);
    private final Map<String, Price> prices = new HashMap<>();
    private InstantSource clock = InstantSource.system();
    private @Nullable DocumentStore store;

    private Builder() {}

    /** Caps the tokens of prompts and answers together, in a day. */
    public Builder tokens(Scope scope, long most) {
      tokens.put(scope, most);
      return this;
    }

    /** Caps the money, in a day. */
    public Builder money(Scope scope, BigDecimal most) {
      money.put(scope, most);
      return this;
    }

    /** States what a model costs. Needed of every model in use as soon as money is capped. */
    public Builder price(String model, Price price) {
      prices.put(model, price);
      return this;
    }

    /**
     * Keeps what was spent, so that a restart does not forget it. For one cap at a time: two that
     * keep theirs in one store spend twice. The caller closes the store.
     */
    public Builder keptIn(DocumentStore value) {
      store = value;
      return this;
    }

    /** Sets the clock that turns the days. */
    public Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /** The cap. */
    public SpendingCap build() {
      return new SpendingCap(this);
    }
  }
}
