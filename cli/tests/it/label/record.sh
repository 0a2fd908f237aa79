#!/usr/bin/env bash
# Records the samples that come from real tools, into tests/programs/label_filter/samples or the directory given: needs root, iproute2, net-tools,
# tcpdump, conntrack, nftables, iptables, ping, softflowd and nfdump. Uses two network namespaces of its own with
# documentation addresses; only `nf_log_all_netns`, without which the kernel does not log there, is set for the
# machine, and set back.
set -euo pipefail
cd "$(dirname "$0")"
samples=${1:-$PWD/samples}
work=$(mktemp -d)
client=label-client-$$ server=label-server-$$
log_all=/proc/sys/net/netfilter/nf_log_all_netns
log_before=$(cat "$log_all")
clean() {
  echo "$log_before" > "$log_all"
  jobs -p | xargs -r kill 2> /dev/null || true
  ip netns del "$client" 2> /dev/null || true
  ip netns del "$server" 2> /dev/null || true
  rm -rf "$work"
}
trap clean EXIT
mkdir -p "$samples"

ip netns add "$client"
ip netns add "$server"
ip link add veth0 netns "$client" type veth peer name veth0 netns "$server"
for end in "$client:1" "$server:2"; do
  name=${end%:*} host=${end#*:}
  ip -n "$name" link set lo up
  ip -n "$name" link set veth0 address "02:00:00:00:00:0$host"
  ip -n "$name" addr add "192.0.2.$host/24" dev veth0
  ip -n "$name" addr add "2001:db8::$host/64" dev veth0 nodad
  ip -n "$name" link set veth0 up
done
on() { ip netns exec "$@"; }

echo 1 > "$log_all"
on "$server" sysctl -qw net.netfilter.nf_conntrack_acct=1
on "$server" nft -f - << 'NFT'
table inet label {
  chain input {
    type filter hook input priority 0
    ct state new log prefix "nft-in: "
    ct state established accept
  }
}
NFT
on "$server" iptables -A OUTPUT -p udp -j LOG --log-prefix "ipt-out: "
on "$server" iptables -A OUTPUT -p icmp -j LOG --log-prefix "ipt-out: "
dmesg > "$work/before"

# Not by `on`: what runs beside must be ended by its own process id.
ip netns exec "$server" python3 traffic.py serve &
sleep 1
ip netns exec "$server" tcpdump -U -i veth0 -w "$work/all.pcap" 2> /dev/null &
ip netns exec "$server" conntrack -E > "$samples/conntrack-events.txt" 2> /dev/null &
events=$!
sleep 1
ip netns exec "$client" python3 traffic.py call 6 &
caller=$!
on "$client" ping -c 1 192.0.2.2 > /dev/null
sleep 2

on "$server" ss -tunap > "$samples/ss.txt"
on "$server" ss -tan > "$samples/ss-tcp.txt"
on "$server" ss -tua > "$samples/ss-names.txt"
on "$client" ss -Htni state established > "$samples/ss-info.txt"
on "$server" netstat -tunap > "$samples/netstat.txt" 2> /dev/null
on "$client" netstat -tu > "$samples/netstat-names.txt"
on "$server" conntrack -L > "$samples/conntrack.txt" 2> /dev/null
on "$server" conntrack -L -f ipv6 -o extended > "$samples/conntrack-extended.txt" 2> /dev/null
dmesg > "$work/after"
{ diff "$work/before" "$work/after" || true; } | sed -n 's/^> //p' > "$samples/kernel.txt"
wait $caller
sleep 1
kill $events

read_back() { tcpdump -r "$work/all.pcap" "$@" 2> /dev/null; }
read_back -n > "$samples/tcpdump.txt"
read_back -nn -tttt -q > "$samples/tcpdump-quiet.txt"
read_back -n -v > "$samples/tcpdump-verbose.txt"
read_back -n -e 'tcp port 443 or arp' > "$samples/tcpdump-link.txt"
read_back > "$samples/tcpdump-names.txt"

mkdir "$work/flows"
nfcapd -l "$work/flows" -p 9995 -b 127.0.0.1 -t 3600 > /dev/null 2>&1 &
collector=$!
sleep 1
softflowd -r "$work/all.pcap" -n 127.0.0.1:9995 -v 9 > /dev/null 2>&1
sleep 1
kill $collector
wait $collector 2> /dev/null || true
nfdump -R "$work/flows" -o csv > "$samples/nfdump.txt" 2> /dev/null
wc -l "$samples"/*.txt
