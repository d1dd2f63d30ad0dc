package dev.heddle.operator.index;

import dev.heddle.crds.PolicySource;
import dev.heddle.policy.rule.Subject;
import dev.heddle.policy.translate.Translation;

/**
 * One policy object, translated.
 *
 * @param namespace empty for cluster-wide policies
 * @param source kind, name, uid and generation
 * @param subject the pods that it selects; all that it may mean when that cannot be read
 */
public record PolicyRecord(String namespace, PolicySource source, Subject subject, Translation translation) {

    public boolean rejected() {
        return translation instanceof Translation.Rejected;
    }
}
