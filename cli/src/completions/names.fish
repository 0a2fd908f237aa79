
# Service names, by the program itself.
function __ports_names
    set -l words (commandline -opc)
    set -l prefix (commandline -ct)
    command $words[1] complete "$prefix" 2> /dev/null
end
complete -c ports -f -n 'not string match -q -- "-*" (commandline -ct)' -a '(__ports_names)'
