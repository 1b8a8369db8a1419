package com.shop.catalogue;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;

/** Reads the supplier's price list; some lines are broken, and its connection closes badly. */
public final class CatalogueImport {
  /** Imports a price list and returns the number of its lines. */
  public int run(String csv) throws IOException {
    int lines = 0;
    try (Reader feed = new SupplierFeed(csv);
        BufferedReader reader = new BufferedReader(feed)) {
      String line;
      while ((line = reader.readLine()) != null) {
        parse(line);
        lines++;
      }
    } catch (NumberFormatException e) {
      throw new IOException("Price list is damaged at line " + (lines + 1), e);
    }
    return lines;
  }

  private static long parse(String line) {
    int semicolon = line.indexOf(';');
    return Long.parseLong(line.substring(semicolon + 1));
  }

  private static final class SupplierFeed extends FilterReader {
    SupplierFeed(String content) {
      super(new StringReader(content));
    }

    @Override
    public void close() throws IOException {
      super.close();
      throw new IOException("Stream closed by supplier");
    }
  }
}
