"""Appends the service of each record to Zeek's conn.log, as `label --style append-column` does.

The argument is a file with lines of PORT, PROTOCOL and NAME, with tabs between.
"""

import sys

names = {}
ranks = {}
with open(sys.argv[1], "rb") as file:
    for line in file:
        port, protocol, name = line.rstrip(b"\n").split(b"\t")
        names[port, protocol] = name
for number in range(65536):
    port = b"%d" % number
    for protocol in (b"tcp", b"udp"):
        if number >= 49152:
            rank = 4
        elif (port, protocol) not in names:
            rank = 3
        else:
            rank = 1 if number < 1024 else 2
        ranks[port, protocol] = rank, number

source = destination = transport = last = 0
write = sys.stdout.buffer.write
for line in sys.stdin.buffer:
    line = line.rstrip(b"\n")
    if line.startswith(b"#"):
        fields = line.split(b"\t")
        if fields[0] == b"#fields":
            source = fields.index(b"id.orig_p") - 1
            destination = fields.index(b"id.resp_p") - 1
            transport = fields.index(b"proto") - 1
            last = max(source, destination, transport) + 1
            line += b"\tport_service"
        elif fields[0] == b"#types":
            line += b"\tstring"
        write(line + b"\n")
        continue
    fields = line.split(b"\t", last)
    protocol = fields[transport]
    if protocol != b"tcp" and protocol != b"udp":
        write(line + b"\t-\n")
        continue
    one = fields[source], protocol
    other = fields[destination], protocol
    # Zeek tells who opened the connection, unless it saw the answer first.
    if ranks[one][0] > 1 or (ranks[other][0] < 3 and ranks[other][1] < 32768):
        server = other
    else:
        server = one if ranks[one] < ranks[other] else other
    write(line + b"\t" + names.get(server, b"-") + b"\n")
