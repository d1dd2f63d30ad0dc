/**
 * Upstream APIs as Java records, where no library has them: data as it is written, nothing judged. A field that these
 * records do not know is kept by its name, so that whoever reads can refuse it.
 */
@NullMarked
package dev.heddle.policy.api;

import org.jspecify.annotations.NullMarked;
