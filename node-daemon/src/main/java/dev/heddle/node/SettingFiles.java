package dev.heddle.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Settings in files, each named as the environment variable that it stands for: a mounted ConfigMap. The kubelet can start
 * a container again while the API server is away when its settings are such files, and cannot when they are its environment.
 */
final class SettingFiles {

    private static final String NAME = "[A-Z][A-Z0-9_]*";

    private SettingFiles() {}

    /** The environment, with what the folder says of variables that it lacks; a folder that is not there says nothing. */
    static Map<String, String> read(Path folder, Map<String, String> environment) throws IOException {
        Map<String, String> settings = new HashMap<>();
        if (Files.isDirectory(folder)) {
            for (Path file : files(folder)) {
                settings.put(
                        file.getFileName().toString(), Files.readString(file).strip());
            }
        }
        settings.putAll(environment);
        return settings;
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(NAME) && Files.isRegularFile(file))
                    .toList();
        }
    }
}
