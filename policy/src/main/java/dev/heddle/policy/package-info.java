/** What a policy means. Pure: no client, no clock, no native access; imports nothing else of Heddle. */
@NullMarked
package dev.heddle.policy;

import org.jspecify.annotations.NullMarked;
