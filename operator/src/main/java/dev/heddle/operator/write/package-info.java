/**
 * What the operator writes, and when: the thread that owns the index, and one writer for each kind of object.
 *
 * <p>Writers ask the index what should be, compare with what is, and write the difference by server-side apply.
 * They decide nothing.
 */
@NullMarked
package dev.heddle.operator.write;

import org.jspecify.annotations.NullMarked;
