/** Small clusters for tests: who is there, what one node knows of it, and how its compiled tables judge. */
@NullMarked
package dev.heddle.policy.world;

import org.jspecify.annotations.NullMarked;
