/** Tests of what status concludes: given what the API server has, then the answer and its text. */
@NullMarked
package dev.heddle.cli.status;

import org.jspecify.annotations.NullMarked;
