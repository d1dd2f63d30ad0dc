package dev.heddle.crds;

import io.fabric8.generator.annotation.Required;

/** The pods of one namespace that a rule is about. */
@Wire
public record SubjectSpec(
        @Required String namespace, @Required SelectorSpec pods) {}
