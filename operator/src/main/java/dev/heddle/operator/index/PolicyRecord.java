package dev.heddle.operator.index;

import dev.heddle.crds.PolicySource;
import dev.heddle.policy.rule.LabelSelector;
import dev.heddle.policy.translate.Translation;

/**
 * One policy object, translated.
 *
 * @param source kind, name, uid and generation
 * @param subjects the pods of its namespace that it selects; everything when that cannot be read
 */
public record PolicyRecord(String namespace, PolicySource source, LabelSelector subjects, Translation translation) {

    public boolean rejected() {
        return translation instanceof Translation.Rejected;
    }
}
