/** What is enforced, and what is not and why: from what the API server has, by what the kernels said. Pure. */
@NullMarked
package dev.heddle.cli.status;

import org.jspecify.annotations.NullMarked;
