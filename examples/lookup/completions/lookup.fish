
# Service names, by the program itself.
function __lookup_names
    set -l words (commandline -opc)
    set -l prefix (commandline -ct)
    command $words[1] --complete "$prefix" 2> /dev/null
end
complete -c lookup -f -n 'not string match -q -- "-*" (commandline -ct)' -a '(__lookup_names)'
