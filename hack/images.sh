#!/usr/bin/env bash
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

usage() {
  cat <<'X'
Usage: hack/images.sh [--force] [--help]

Writes target/images/operator.tar and target/images/node-daemon.tar from what Maven has built. No container
engine and no registry: each image holds a Java runtime made by jlink, the shared libraries that it needs from
this machine's packages, and Heddle. Unchanged inputs are not built again; --force builds anyway.

Run ./mvnw package first. Import with: ctr --namespace k8s.io images import target/images/NAME.tar
X
}

force=
for argument in "$@"; do
  case $argument in
    --force) force=yes ;;
    --help | -h) usage && exit 0 ;;
    *) echo "images.sh: unknown argument '$argument'; see --help" >&2 && exit 2 ;;
  esac
done

. hack/lib/jdk.sh
. hack/lib/image.sh

VERSION=0.1.0
OUT=$PWD/target/images
mkdir -p "$OUT"

# fingerprint FILE...: one hash of these inputs, the JDK and the scripts that make images.
fingerprint() {
  { find "$@" hack/images.sh hack/lib/image.sh -type f -print0 | sort -z | xargs -0 sha256sum; cat "$JAVA_HOME/release"; } | sha256sum
}

# unchanged NAME INPUT...: whether NAME's image was made from exactly these inputs.
unchanged() {
  local name=$1
  shift
  fingerprint "$@" >"$OUT/$name.inputs.new"
  [[ -z $force && -f $OUT/$name.tar ]] && cmp -s "$OUT/$name.inputs.new" "$OUT/$name.inputs"
}

# runtime ROOT MODULES: a Java runtime with these modules, and the libraries it needs. Made once for each list.
runtime() {
  local root=$1 modules=$2 cached
  cached=$OUT/runtime-$(printf '%s' "$modules $(cat "$JAVA_HOME/release")" | sha256sum | cut -c1-12)
  if [[ ! -d $cached ]]; then
    jlink --add-modules "$modules" --strip-java-debug-attributes --strip-native-commands --no-header-files \
      --no-man-pages --compress=zip-0 --vm=server --output "$cached.new/runtime" 2>&1 | grep -v 'WARNING' || true
    mkdir -p "$cached.new/runtime/bin"
    install -m 755 "$JAVA_HOME/bin/java" "$cached.new/runtime/bin/java"
    "$cached.new/runtime/bin/java" -Xshare:dump -XX:+UseSerialGC >/dev/null
    image_libraries "$cached.new" "$cached.new/runtime/bin/java" "$cached.new"/runtime/lib/*.so "$cached.new"/runtime/lib/server/*.so
    mkdir -p "$cached.new/tmp" "$cached.new/etc"
    chmod 1777 "$cached.new/tmp"
    printf 'root:x:0:0:root:/:/none\nheddle:x:65532:65532:heddle:/:/none\n' >"$cached.new/etc/passwd"
    mv "$cached.new" "$cached"
  fi
  cp -a "$cached/." "$root/"
}

# train ROOT: runs the daemon once inside its image's root, so that the next start finds its classes laid out.
train() {
  local root=$1
  if [[ $(id -u) != 0 ]]; then
    echo "images.sh: not root: the node daemon's image has no AOT cache, so that it starts slower" >&2
    return
  fi
  # shellcheck disable=SC2016 # expanded by the inner shell
  unshare --mount bash -c '
    set -e
    root=$1
    mkdir -p "$root/proc" "$root/dev"
    mount --bind /proc "$root/proc"
    mount --bind /dev "$root/dev"
    chroot "$root" /runtime/bin/java -XX:AOTCacheOutput=/app/heddle.aot @/app/java.options dev.heddle.node.Main --train
  ' train "$root" >"$OUT/node-daemon.train.log" 2>&1 || {
    echo "images.sh: the training run of the node daemon failed; see $OUT/node-daemon.train.log" >&2
    exit 1
  }
  rmdir "$root/proc" "$root/dev"
}

freeze() { find "$1" -exec touch --no-dereference --date="$HEDDLE_IMAGE_TIME" {} +; }

report() { printf '%-14s %4d MiB  %s\n' "$1" "$(($(stat -c %s "$OUT/$1.tar") >> 20))" "target/images/$1.tar"; }

NODE_MODULES=java.base,java.logging,java.management,java.naming,java.net.http,java.security.sasl,java.sql,java.xml,jdk.httpserver,jdk.unsupported
node_daemon() {
  local root=$OUT/node-daemon.root libraries
  unchanged node-daemon node-daemon/target/lib node-daemon/target/*.jar && return
  rm -rf "$root"
  mkdir -p "$root/app/lib"
  runtime "$root" "$NODE_MODULES"
  libraries=$(find /lib /usr/lib -name 'libbpf.so.1' | head -1)
  [[ -n $libraries ]] || { echo "images.sh: libbpf.so.1 is missing; hack/install-deps.sh installs it" >&2; exit 1; }
  image_libraries "$root" "$libraries"
  cp node-daemon/target/lib/*.jar node-daemon/target/heddle-node-daemon-$VERSION.jar "$root/app/lib/"
  {
    printf -- '%s\n' -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:TieredStopAtLevel=1 -Xmx256m -Xss512k \
      -XX:+ExitOnOutOfMemoryError -XX:-UsePerfData --enable-native-access=ALL-UNNAMED
    printf -- '-cp %s\n' "$(cd "$root" && find app/lib -name '*.jar' | sort | sed 's#^#/#' | paste -sd:)"
  } >"$root/app/java.options"
  freeze "$root/app"
  train "$root"
  image_layer "$OUT/node-daemon.runtime.tar" "$root" runtime lib lib64 etc tmp
  image_layer "$OUT/node-daemon.app.tar" "$root" app
  image_archive "$OUT/node-daemon.tar" "heddle.dev/node-daemon:$VERSION" 0 \
    '["/runtime/bin/java","-XX:AOTCache=/app/heddle.aot","@/app/java.options","dev.heddle.node.Main"]' \
    "$OUT/node-daemon.runtime.tar" "$OUT/node-daemon.app.tar"
  mv "$OUT/node-daemon.inputs.new" "$OUT/node-daemon.inputs"
}

OPERATOR_MODULES=java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.rmi,java.scripting,java.security.jgss,java.security.sasl,java.sql,java.transaction.xa,java.xml,jdk.httpserver,jdk.management,jdk.net,jdk.unsupported,jdk.zipfs
operator() {
  local root=$OUT/operator.root
  unchanged operator operator/target/quarkus-app && return
  rm -rf "$root"
  mkdir -p "$root/app"
  runtime "$root" "$OPERATOR_MODULES"
  cp -a operator/target/quarkus-app/. "$root/app/"
  freeze "$root/app"
  image_layer "$OUT/operator.runtime.tar" "$root" runtime lib lib64 etc tmp
  image_layer "$OUT/operator.app.tar" "$root" app
  image_archive "$OUT/operator.tar" "heddle.dev/operator:$VERSION" 65532 \
    '["/runtime/bin/java","-XX:+UseSerialGC","-XX:+UseCompactObjectHeaders","-XX:+ExitOnOutOfMemoryError","-XX:-UsePerfData","-Xmx384m","-Djava.util.logging.manager=org.jboss.logmanager.LogManager","-jar","/app/quarkus-run.jar"]' \
    "$OUT/operator.runtime.tar" "$OUT/operator.app.tar"
  mv "$OUT/operator.inputs.new" "$OUT/operator.inputs"
}

node_daemon
operator
report node-daemon
report operator
