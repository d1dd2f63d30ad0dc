/** Tests of forms: given an answer, then its text. */
@NullMarked
package dev.heddle.cli.render;

import org.jspecify.annotations.NullMarked;
