# Service names, by the program itself.
_ports_names() {
    local -a names
    names=(${(f)"$(command $service complete "$PREFIX" 2> /dev/null)"})
    compadd -M 'm:{[:lower:][:upper:]}={[:upper:][:lower:]}' -a names
}

