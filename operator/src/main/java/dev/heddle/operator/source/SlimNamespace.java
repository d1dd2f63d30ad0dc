package dev.heddle.operator.source;

import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A Namespace's labels. */
@Group("")
@Version("v1")
@Kind("Namespace")
@Singular("namespace")
@Plural("namespaces")
public final class SlimNamespace extends PartialObject<Void, Void> {

    private static final long serialVersionUID = 1L;
}
