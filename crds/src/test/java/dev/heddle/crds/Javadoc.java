package dev.heddle.crds;

import static java.util.stream.Collectors.joining;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The docstrings of our records, read from their sources by the compiler's own parser. */
final class Javadoc {

    private static final Path SOURCES = Path.of("src/main/java/dev/heddle/crds");

    private final Map<String, DocCommentTree> comments = new HashMap<>();

    private Javadoc() {}

    static Javadoc read() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            var compiler = ToolProvider.getSystemJavaCompiler();
            var sources = compiler.getStandardFileManager(null, null, null);
            JavacTask task = (JavacTask) compiler.getTask(
                    null,
                    sources,
                    null,
                    null,
                    null,
                    sources.getJavaFileObjectsFromPaths(
                            files.filter(Files::isRegularFile).toList()));
            DocTrees trees = DocTrees.instance(task);
            Javadoc javadoc = new Javadoc();
            for (CompilationUnitTree unit : task.parse()) {
                javadoc.new Reader(trees).scan(unit, "");
            }
            return javadoc;
        }
    }

    /** What is said about a type in its first paragraph; the others are for readers of the code. */
    Optional<String> of(Class<?> type) {
        return Optional.ofNullable(comments.get(name(type)))
                .map(comment -> plain(comment.getFullBody().stream()
                        .takeWhile(part -> !(part instanceof StartElementTree))
                        .toList()));
    }

    /** What the tag of a record's component says. */
    Optional<String> of(Class<?> type, String component) {
        return Optional.ofNullable(comments.get(name(type)))
                .flatMap(comment -> comment.getBlockTags().stream()
                        .filter(ParamTree.class::isInstance)
                        .map(ParamTree.class::cast)
                        .filter(tag -> tag.getName().getName().contentEquals(component))
                        .map(tag -> plain(tag.getDescription()))
                        .findFirst());
    }

    private static String name(Class<?> type) {
        return type.isMemberClass()
                ? name(type.getDeclaringClass()) + "." + type.getSimpleName()
                : type.getSimpleName();
    }

    private static String plain(List<? extends DocTree> parts) {
        return parts.stream().map(Javadoc::plain).collect(joining()).strip().replaceAll("\\s+", " ");
    }

    private static String plain(DocTree part) {
        return switch (part) {
            case TextTree text -> text.getBody();
            case LiteralTree code -> code.getBody().getBody();
            case LinkTree link -> link.getReference().getSignature().replaceFirst("^.*[.#]", "");
            default -> throw new IllegalArgumentException("no plain text for '" + part + "'; say it in words");
        };
    }

    private final class Reader extends TreePathScanner<Void, String> {

        private final DocTrees trees;

        Reader(DocTrees trees) {
            this.trees = trees;
        }

        @Override
        public Void visitClass(ClassTree type, String outer) {
            String name = outer + type.getSimpleName();
            DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
            if (comment != null) {
                comments.put(name, comment);
            }
            return super.visitClass(type, name + ".");
        }
    }
}
