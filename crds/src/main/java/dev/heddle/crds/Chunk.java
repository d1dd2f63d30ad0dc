package dev.heddle.crds;

import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/**
 * A part of a policy set.
 *
 * @param index which part this is, from 0
 * @param count number of parts of the whole set
 */
@Wire
public record Chunk(
        @Required @Min(0) int index, @Required @Min(1) int count) {}
