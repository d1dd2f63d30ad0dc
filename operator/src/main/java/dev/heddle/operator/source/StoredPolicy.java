package dev.heddle.operator.source;

import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A NetworkPolicy without its annotations and who wrote what of it, not read yet. */
@Group("networking.k8s.io")
@Version("v1")
@Kind("NetworkPolicy")
@Singular("networkpolicy")
@Plural("networkpolicies")
public final class StoredPolicy extends PartialObject<RawJson, Void> implements Namespaced {

    private static final long serialVersionUID = 1L;
}
