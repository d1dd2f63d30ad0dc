/** The prose of both APIs, sentence by sentence, asked of the objects, of their rules and of the compiled tables. */
@NullMarked
package dev.heddle.policy.prose;

import org.jspecify.annotations.NullMarked;
