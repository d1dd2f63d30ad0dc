/** Tests of what objects are to answers, and facts in few words for other tests. */
@NullMarked
package dev.heddle.cli.facts;

import org.jspecify.annotations.NullMarked;
