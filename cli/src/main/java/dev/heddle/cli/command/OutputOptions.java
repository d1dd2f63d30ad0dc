package dev.heddle.cli.command;

import dev.heddle.cli.render.Documents;
import picocli.CommandLine.Option;

/** How an answer is printed. */
final class OutputOptions {

    /** Forms of an answer, by the names that people type. */
    enum Form {
        table,
        wide,
        json,
        yaml
    }

    /** An answer for people. */
    interface ForPeople {
        String text(boolean wide);
    }

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORM",
            description = "One of ${COMPLETION-CANDIDATES}; table when it is not given.")
    private Form form = Form.table;

    /** The answer in the form that was asked for. */
    String print(Object answer, ForPeople people) {
        return switch (form) {
            case table -> people.text(false);
            case wide -> people.text(true);
            case json -> Documents.json(answer);
            case yaml -> Documents.yaml(answer);
        };
    }
}
