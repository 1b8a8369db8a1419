package com.example.shop;

import io.logsense.api.finding.Finding;
import java.util.function.Consumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** Starts the shop. What it logs is at {@code /actuator/logsense}. */
@SpringBootApplication
public class ShopApplication {
  public static void main(String[] args) {
    SpringApplication.run(ShopApplication.class, args);
  }

  /** Any bean of this type is told what is worth knowing; this one might call a pager. */
  @Bean
  Consumer<Finding> pager() {
    return finding -> System.out.println("PAGER " + finding.severity() + " " + finding);
  }
}
