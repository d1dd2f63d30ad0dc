package dev.heddle.operator.source;

import dev.heddle.crds.Api;
import dev.heddle.crds.EnforcementReportStatus;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** An EnforcementReport without who wrote what of it. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("EnforcementReport")
@Singular("enforcementreport")
@Plural("enforcementreports")
public final class StoredReport extends PartialObject<Void, EnforcementReportStatus> implements Namespaced {

    private static final long serialVersionUID = 1L;
}
