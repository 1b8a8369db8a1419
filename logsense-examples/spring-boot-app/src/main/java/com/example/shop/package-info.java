/** A shop that goes wrong on request. */
package com.example.shop;
