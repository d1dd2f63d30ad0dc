package dev.heddle.node.ffm.bpf;

/**
 * A loaded program as the kernel reports it.
 *
 * @param tag hash of its instructions, 16 hex digits
 * @param instructions bytes after the verifier's rewriting
 */
public record ProgramInfo(int id, String name, ProgramType type, String tag, int instructions) {}
