package com.shop.checkout;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a customer is about to buy.
 *
 * @param customer the customer's number
 * @param tier gold or silver; null for a guest
 * @param prices price of each item in cents
 */
public record Cart(int customer, @Nullable String tier, List<Integer> prices) {}
