package dev.heddle.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the plugin may import of Heddle, and the arrows between its packages. */
class ArrowsTest {

    private final JavaClasses plugin =
            new ClassFileImporter(List.of(new ImportOption.DoNotIncludeTests())).importPackages("dev.heddle.cli");

    @Test
    void ofHeddleItKnowsPolicyAndCrdsOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.heddle.node..", "dev.heddle.operator..", "dev.heddle.e2e..")
                .check(plugin);
    }

    @Test
    void onlyTheShellKnowsTheClient() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.heddle.cli.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client..")
                .check(plugin);
    }

    @Test
    void onlyCommandsKnowTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.heddle.cli", "dev.heddle.cli.command..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(plugin);
    }

    @Test
    void answersAreMadeWithoutFilesAndClocks() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.heddle.cli", "dev.heddle.cli.command..", "dev.heddle.cli.cluster..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.file..", "java.net.http..")
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(plugin);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.heddle.cli.(*)..").should().beFreeOfCycles().check(plugin);
    }
}
