package dev.heddle.policy.rule;

/** The pods that a rule is about: those of one namespace which a selector matches. */
public record Subject(String namespace, LabelSelector pods) {}
