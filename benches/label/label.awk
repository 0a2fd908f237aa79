# Appends the service of each record to Zeek's conn.log, as `label --style append-column` does.
# Needs `-v names=FILE`: lines of PORT, PROTOCOL and NAME, with tabs between.
BEGIN {
    FS = "\t"
    while ((getline line < names) > 0) {
        split(line, part, "\t")
        name[part[1] "/" part[2]] = part[3]
    }
}
function rank(port, key) {
    if (port >= 49152) return 4
    if (!(key in name)) return 3
    return port < 1024 ? 1 : 2
}
/^#/ {
    if ($1 == "#fields") {
        for (i = 2; i <= NF; i++) column[$i] = i - 1
        source = column["id.orig_p"]
        destination = column["id.resp_p"]
        protocol = column["proto"]
        print $0 "\tport_service"
    } else if ($1 == "#types") {
        print $0 "\tstring"
    } else {
        print
    }
    next
}
{
    transport = $protocol
    if (transport != "tcp" && transport != "udp") {
        print $0 "\t-"
        next
    }
    from = $source + 0
    to = $destination + 0
    from_key = from "/" transport
    to_key = to "/" transport
    from_rank = rank(from, from_key)
    to_rank = rank(to, to_key)
    # Zeek tells who opened the connection, unless it saw the answer first.
    if ((to_rank < 3 && to < 32768) || from_rank > 1) key = to_key
    else key = (from_rank < to_rank || (from_rank == to_rank && from < to)) ? from_key : to_key
    print $0 "\t" ((key in name) ? name[key] : "-")
}
