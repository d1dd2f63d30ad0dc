/**
 * Packet-life tests: real programs, real tables, real compiler; packets go in by BPF_PROG_TEST_RUN, verdicts come out.
 * Read {@link dev.heddle.node.packetlife.Life} for the words the tests use. Nothing here attaches or pins; what needs
 * sockets or several CPUs belongs to the tests with network namespaces.
 */
@NullMarked
package dev.heddle.node.packetlife;

import org.jspecify.annotations.NullMarked;
