/**
 * Executes steps through the {@code kernel} port and keeps the account of what is in force; and the port's real form
 * on {@code ffm}: tables, pins, adoption. It decides nothing.
 */
@NullMarked
package dev.heddle.node.apply;

import org.jspecify.annotations.NullMarked;
