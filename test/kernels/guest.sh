#!/bin/sh
# Runs tests inside a machine; the kernel's command line says which. What they print goes to the console.
export PATH=/sbin:/bin:/runtime/bin
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t tmpfs tmp /tmp
mount -t tmpfs run /run
mount -t cgroup2 cgroup /sys/fs/cgroup
mount -t bpf bpf /sys/fs/bpf
ip link set lo up
read -r commandline </proc/cmdline
classes=""
for word in $commandline; do
  case "$word" in
    heddle.classes=*) classes="$(echo "${word#heddle.classes=}" | tr ',' ' ')" ;;
  esac
done
echo "heddle: Linux $(uname -r)"
# shellcheck disable=SC2086 # one argument for each class
java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 --enable-native-access=ALL-UNNAMED @/tests/java.options \
  dev.heddle.node.netns.InMachine $classes
echo "heddle: ended with $? after $(cut -d' ' -f1 /proc/uptime) s"
poweroff -f
