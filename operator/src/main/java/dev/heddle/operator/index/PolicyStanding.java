package dev.heddle.operator.index;

import dev.heddle.crds.EnforcementReportStatus.PolicyReport;
import dev.heddle.crds.PolicySource;
import java.util.List;

/**
 * Where one policy stands now.
 *
 * @param report what users read
 * @param enforcedOn all nodes whose kernel runs this generation, of those with selected pods
 */
public record PolicyStanding(PolicySource source, PolicyReport report, List<String> enforcedOn) {}
