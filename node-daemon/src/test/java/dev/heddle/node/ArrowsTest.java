package dev.heddle.node;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows between the daemon's packages. */
class ArrowsTest {

    private final JavaClasses daemon =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.heddle.node");

    @Test
    void onlyFfmTouchesNativeMemory() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.heddle.node.ffm..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.lang.foreign..")
                .check(daemon);
    }

    @Test
    void ffmKnowsNothingOfPolicyOrKubernetes() {
        noClasses()
                .that()
                .resideInAPackage("dev.heddle.node.ffm..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "dev.heddle.policy..", "dev.heddle.crds..")
                .check(daemon);
    }

    @Test
    void whatIsPureKnowsNoClientNoKernelAndNoClock() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.heddle.node.plan..", "dev.heddle.node.desired..", "dev.heddle.node.kernel..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8..",
                        "dev.heddle.crds..",
                        "dev.heddle.node.ffm..",
                        "dev.heddle.node.apply..",
                        "dev.heddle.node.source..",
                        "java.time..",
                        "java.nio.file..")
                .check(daemon);
        noClasses()
                .that()
                .resideInAnyPackage("dev.heddle.node.plan..", "dev.heddle.node.desired..", "dev.heddle.node.kernel..")
                .should()
                .callMethod(System.class, "nanoTime")
                .check(daemon);
    }

    @Test
    void onlyTheEdgesKnowTheClient() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.heddle.node.apply..", "dev.heddle.node.cni..", "dev.heddle.node.store..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(daemon);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.heddle.node.(*)..").should().beFreeOfCycles().check(daemon);
    }
}
