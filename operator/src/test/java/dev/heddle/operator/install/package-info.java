/** Tests of what an installation consists of. No API server. */
@NullMarked
package dev.heddle.operator.install;

import org.jspecify.annotations.NullMarked;
