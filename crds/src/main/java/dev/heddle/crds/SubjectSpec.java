package dev.heddle.crds;

import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * The pods that a rule is about.
 *
 * @param namespace empty when {@code namespaces} selects
 * @param namespaces selects namespaces by their labels; absent is the one namespace
 * @param pods selects pods in them
 */
@Wire
public record SubjectSpec(
        @Required String namespace,
        @Nullable SelectorSpec namespaces,
        @Required SelectorSpec pods) {}
