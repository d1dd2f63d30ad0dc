# The network between the machines of the cluster. Sourced, never run.
# shellcheck shell=bash

# wire_up: the bridge in the control plane's namespace and a link from it to the machine and to each node.
wire_up() {
  local control=(ip -n heddle-control) node other
  ip netns add heddle-control
  "${control[@]}" link set lo up
  "${control[@]}" link add wire type bridge
  "${control[@]}" address add "$CONTROL_ADDRESS/24" dev wire
  "${control[@]}" address add "$CONTROL_ADDRESS6/64" dev wire nodad
  "${control[@]}" address add "$API_CLUSTER_IP/32" dev wire
  "${control[@]}" link set wire up
  forward_in control

  ip link add heddle-host type veth peer name machine netns heddle-control
  ip address add "$MACHINE_ADDRESS/24" dev heddle-host
  ip link set heddle-host up
  "${control[@]}" link set machine master wire up

  for node in "${NODES[@]}"; do
    ip netns add "heddle-$node"
    "${control[@]}" link add "$node" type veth peer name eth0 netns "heddle-$node"
    "${control[@]}" link set "$node" master wire up
    ip -n "heddle-$node" link set lo up
    ip -n "heddle-$node" address add "${NODE_ADDRESS[$node]}/24" dev eth0
    ip -n "heddle-$node" address add "${NODE_ADDRESS6[$node]}/64" dev eth0 nodad
    ip -n "heddle-$node" link set eth0 up
    ip -n "heddle-$node" route add default via "$CONTROL_ADDRESS"
    ip -n "heddle-$node" route add default via "$CONTROL_ADDRESS6"
    forward_in "$node"
    "${control[@]}" route add "${NODE_PODS[$node]}" via "${NODE_ADDRESS[$node]}"
    "${control[@]}" route add "${NODE_PODS6[$node]}" via "${NODE_ADDRESS6[$node]}"
    for other in "${NODES[@]}"; do
      [[ "$other" != "$node" ]] || continue
      ip -n "heddle-$node" route add "${NODE_PODS[$other]}" via "${NODE_ADDRESS[$other]}" onlink dev eth0
      ip -n "heddle-$node" route add "${NODE_PODS6[$other]}" via "${NODE_ADDRESS6[$other]}" onlink dev eth0
    done
  done
}

# wire_down: links go with their namespaces, once no process holds these; the machine's own goes first.
wire_down() {
  local name
  ip link delete heddle-host 2>/dev/null || true
  for name in control "${NODES[@]}"; do
    ip netns delete "heddle-$name" 2>/dev/null || true
  done
}

wire_exists() {
  [[ -e /run/netns/heddle-control ]]
}

# forward_in NAME: the setting belongs to the namespace; the machine's own stays as it is.
forward_in() {
  nsenter --net="/run/netns/heddle-$1" sysctl -qw net.ipv4.ip_forward=1 net.ipv4.conf.all.rp_filter=0 \
    net.ipv4.conf.default.rp_filter=0 net.ipv6.conf.all.forwarding=1
}
