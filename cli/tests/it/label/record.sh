#!/usr/bin/env bash
# Records the samples that come from real tools, into the directory `samples` beside this script or the directory given.
# It needs root and these packages of Debian: iproute2, net-tools, tcpdump, conntrack, nftables, iptables, iputils-ping,
# softflowd, nfdump, lsof, nmap, tshark, podman, docker.io (the client alone is used), kubernetes-client, procps, tmux and
# python3. It installs nothing. To record again: `./record.sh /tmp/samples`, then compare with the samples that are there,
# and copy those that are wanted.
#
# Traffic goes between two network namespaces of its own with documentation addresses, and rule sets are in a third one.
# Only `nf_log_all_netns`, without which the kernel does not log there, is set for the machine, and set back. `api.py`
# stands in for the servers that `docker` and `kubectl` ask.
set -euo pipefail
cd "$(dirname "$0")"
samples=${1:-$PWD/samples}
work=$(mktemp -d)
client=label-client-$$ server=label-server-$$ rules=label-rules-$$
log_all=/proc/sys/net/netfilter/nf_log_all_netns
log_before=$(cat "$log_all")
clean() {
  echo "$log_before" > "$log_all"
  jobs -p | xargs -r kill 2> /dev/null || true
  ip netns del "$client" 2> /dev/null || true
  ip netns del "$server" 2> /dev/null || true
  ip netns del "$rules" 2> /dev/null || true
  rm -rf "$work"
}
trap clean EXIT
mkdir -p "$samples"

ip netns add "$client"
ip netns add "$server"
ip netns add "$rules"
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
capture=$!
ip netns exec "$server" conntrack -E > "$samples/conntrack-events.txt" 2> /dev/null &
events=$!
sleep 1
ip netns exec "$client" python3 traffic.py call 16 &
caller=$!
on "$client" ping -c 1 192.0.2.2 > /dev/null
sleep 2

on "$server" ss -tunap > "$samples/ss.txt"
on "$server" ss -tan > "$samples/ss-tcp.txt"
on "$server" ss -tua > "$samples/ss-names.txt"
on "$client" ss -Htni state established > "$samples/ss-info.txt"
on "$server" netstat -tunap > "$samples/netstat.txt" 2> /dev/null
on "$client" netstat -tu > "$samples/netstat-names.txt"
on "$server" lsof -i -n -P > "$samples/lsof.txt"
on "$client" lsof -i -n > "$samples/lsof-names.txt"
on "$server" sh -c 'cd /proc/net && cat tcp tcp6 udp udp6' > "$samples/proc-net.txt"
# Under another host name, because `watch` writes it.
in_host() { on "$server" unshare --uts sh -c 'hostname host.example && exec "$@"' sh "$@"; }
TERM=xterm COLUMNS=140 LINES=30 in_host timeout 3 watch -n 1 ss -tunap > "$samples/watch-raw.txt" || true
screen_of() {
  tmux -f /dev/null -S "$work/$1" new-session -d -x 140 -y 40 \
    "ip netns exec $server unshare --uts sh -c 'hostname host.example && watch $2'"
  sleep 2
  tmux -S "$work/$1" capture-pane -p > "$samples/$1.txt"
  tmux -S "$work/$1" kill-server
}
screen_of watch-ss 'ss -tunap'
screen_of watch-lsof 'lsof -i -n -P'
on "$server" conntrack -L > "$samples/conntrack.txt" 2> /dev/null
on "$server" conntrack -L -f ipv6 -o extended > "$samples/conntrack-extended.txt" 2> /dev/null
dmesg > "$work/after"
{ diff "$work/before" "$work/after" || true; } | sed -n 's/^> //p' > "$samples/kernel.txt"
wait $caller
sleep 1
kill $events $capture

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

show() { tshark -n -r "$work/all.pcap" "$@" 2> /dev/null; }
show > "$samples/tshark.txt"
tshark -N t -r "$work/all.pcap" 2> /dev/null > "$samples/tshark-names.txt"
fields=(ip.src ip.dst ipv6.dst ip.proto tcp.srcport tcp.dstport udp.srcport udp.dstport frame.len)
show -T fields -E header=y "${fields[@]/#/-e}" > "$samples/tshark-fields.txt"
show -T fields -E header=y -E separator=, -E quote=d -E occurrence=f "${fields[@]/#/-e}" > "$samples/tshark-csv.txt"
show -T fields -E header=y -e frame.number -e tcp.port -e udp.port -e ip.len > "$samples/tshark-ports.txt"

# Port 25 does not answer, 26 is closed.
on "$server" nft insert rule inet label input tcp dport 25 drop
on "$client" nmap -n -v -sSU -p T:22,25,26,443,8080,8443,48000,U:53,123,5353 192.0.2.2 > "$samples/nmap.txt"
on "$client" nmap -n -6 2001:db8::2 -oN - > "$samples/nmap-file.txt"
on "$client" nmap -n -sSU -p T:22,25,443,8080,U:53,123 -oG - 192.0.2.2 192.0.2.1 > "$samples/nmap-grepable.txt"

on "$rules" iptables-restore << 'RULES'
*filter
:INPUT DROP [0:0]
:web - [0:0]
-A INPUT -i lo -j ACCEPT
-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
-A INPUT -p icmp -j ACCEPT
-A INPUT -p tcp -m tcp --dport 22 -m comment --comment "not dpt:23 --dport 23" -j ACCEPT
-A INPUT -p tcp -m multiport --dports 80,443,8000:8010 -j web
-A INPUT -p tcp -m tcp --dport 6000:6063 -j DROP
-A INPUT -p udp -m udp ! --dport 53 -j LOG --log-prefix "dpt:22 "
-A INPUT -s 192.0.2.1/32 -p udp -m udp --sport 123 --dport 1024:65535
-A INPUT -p sctp -m sctp --dport 2905 -j ACCEPT
-A INPUT -p tcp -m multiport --ports 5432,3306 -j ACCEPT
-A INPUT -p tcp -m multiport --sports 25,465 -j ACCEPT
-A web -j ACCEPT
COMMIT
*nat
-A PREROUTING -p tcp -m tcp --dport 443 -j DNAT --to-destination 192.0.2.5:8443
-A PREROUTING -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080
COMMIT
RULES
on "$rules" iptables -L -n > "$samples/iptables.txt"
on "$rules" iptables -L -n -v --line-numbers > "$samples/iptables-verbose.txt"
on "$rules" iptables -t nat -L -n > "$samples/iptables-nat.txt"
on "$rules" iptables -L > "$samples/iptables-names.txt"
on "$rules" iptables-save > "$samples/iptables-save.txt"
on "$rules" ip6tables-restore <<< $'*filter\n-A INPUT -s 2001:db8::/32 -p tcp -m tcp --dport 22 -j ACCEPT\nCOMMIT'
on "$rules" ip6tables -L -n -v > "$samples/iptables-6.txt"
on "$rules" iptables -S > "$samples/iptables-commands.txt"
on "$rules" nft flush ruleset
on "$rules" nft -f - << 'NFT'
table inet label {
  set web { type inet_service; flags interval; elements = { 80, 443, 8000-8010 } }
  set many { type inet_service; elements = { 21, 22, 23, 25, 53, 110, 143, 465, 587, 993, 995, 3306, 5432, 6379 } }
  set pairs { type ipv4_addr . inet_service; elements = { 192.0.2.1 . 5432, 192.0.2.2 . 3306 } }
  set clocks { typeof udp dport; elements = { 123, 319 } }
  map verdicts { type inet_service : verdict; elements = { 22 : accept, 25 : drop } }
  chain input {
    type filter hook input priority 0; policy drop;
    iifname "lo" accept
    ct state established,related accept
    ip protocol icmp accept
    tcp dport 22 counter packets 0 bytes 0 accept comment "not tcp dport 23"
    tcp dport { 80, 443 } accept
    tcp dport 6000-6063 drop
    udp sport 53 udp dport 1024-65535 accept
    udp sport 123 accept
    meta l4proto { tcp, udp } th dport 53 accept
    tcp dport != 25 log prefix "tcp dport 22 "
    ip saddr . tcp dport { 192.0.2.1 . 443, 192.0.2.2 . 8443 } accept
    tcp dport vmap { 22 : accept, 80 : drop }
    tcp dport @web accept
    sctp dport 2905 accept
    tcp dport { 21, 22, 23, 25, 53, 80, 110, 143, 443, 465, 587, 993, 995, 3306, 5432, 6379, 8080, 8443, 9090, 9100 } accept
  }
  chain prerouting {
    type nat hook prerouting priority -100;
    tcp dport 8443 dnat ip to 192.0.2.5:443
    udp dport 53 redirect to :5353
  }
}
NFT
on "$rules" nft list ruleset > "$samples/nftables.txt"
on "$rules" nft -a list ruleset > "$samples/nftables-handles.txt"
on "$rules" nft -S list ruleset > "$samples/nftables-names.txt"

python3 api.py docker "$work/docker" &
python3 api.py kubernetes 18001 &
sleep 1
export DOCKER_HOST="unix://$work/docker"
# The first client in the path may be newer than the one of Debian, which writes IPv6 addresses without brackets.
docker ps > "$samples/docker.txt"
/usr/bin/docker ps > "$samples/docker-20.txt"
mkdir "$work/root" "$work/home"
containers() { podman --root "$work/storage" --runroot "$work/run" "$@"; }
containers create --name web -p 8080:80 -p 8443:443 --rootfs "$work/root" /bin/true > /dev/null
containers create --name dns -p 192.0.2.2:53:53/udp -p 192.0.2.2:53:53/tcp --rootfs "$work/root" /bin/true > /dev/null
containers create --name game -p 8000-8010:8000-8010 --rootfs "$work/root" /bin/true > /dev/null
containers create --name batch --rootfs "$work/root" /bin/true > /dev/null
containers ps -a > "$samples/podman.txt"
services() { HOME=$work/home kubectl --server http://127.0.0.1:18001 get services "$@"; }
services > "$samples/kubectl.txt"
services -A -o wide > "$samples/kubectl-wide.txt"
wc -l "$samples"/*.txt
