package shop;

/** A cart that knows no discount. */
public class Cart {
  private final java.util.Map<String, Integer> discounts = new java.util.TreeMap<>();

  /** What a tier gets. */
  public int discountFor(String tier) {
    return discounts.getOrDefault(tier, 0);
  }
}
