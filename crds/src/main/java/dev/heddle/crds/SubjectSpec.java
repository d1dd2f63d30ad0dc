package dev.heddle.crds;

import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/**
 * The pods that a rule is about.
 *
 * @param namespaces selects namespaces by their labels; absent is the one namespace of the rule's object
 * @param pods selects pods in them; both as kubectl -l takes them, and an empty one selects everything
 */
@Wire
public record SubjectSpec(
        @Nullable String namespaces, @Required String pods) {}
