package dev.heddle.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** This module is pure, and its packages depend on each other one way. */
class ArrowsTest {

    private final JavaClasses policy =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.heddle.policy");

    @Test
    void policyImportsNothingOfOursAndNoClient() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8.kubernetes.client..", "java.lang.foreign..", "java.net.http..")
                .check(policy);
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.heddle.policy..",
                        "io.fabric8.kubernetes.api.model..",
                        "com.fasterxml.jackson.annotation",
                        "java.lang..",
                        "java.util..",
                        "java.net",
                        "java.nio..",
                        "java.security",
                        "org.jspecify.annotations")
                .check(policy);
    }

    @Test
    void nothingAsksTheClock() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.time..")
                .check(policy);
        noClasses().should().callMethod(System.class, "nanoTime").check(policy);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(policy);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.heddle.policy.(*)..").should().beFreeOfCycles().check(policy);
    }

    @Test
    void rulesKnowNoOneAndTheCompilerKnowsNoOracle() {
        noClasses()
                .that()
                .resideInAPackage("dev.heddle.policy.compile..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.heddle.policy.oracle..", "io.fabric8..")
                .check(policy);
        noClasses()
                .that()
                .resideInAPackage("dev.heddle.policy.oracle..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.heddle.policy.compile..", "dev.heddle.policy.translate..")
                .check(policy);
    }
}
