#!/usr/bin/env bash
# Writes what .ci/cluster has measured, and the plan that follows from it, as Markdown.
#
#   figures.sh ROWS BYTES ONE TWO GROUPED
#
# ROWS and BYTES are those of the Parquet files; the others are what `measure` has written with one
# executor, with two, and for the groupings: name, seconds, rows and bytes exchanged, rows of the
# answer.
set -euo pipefail
rows=$1 bytes=$2 one=$3 two=$4 grouped=$5

awk -F '\t' -v rows="$rows" -v bytes="$bytes" -v grouped="$grouped" -v slots=16 '
  function kb(n) { return sprintf("%.1f", n / 1000) }
  function ratio(a, b) { return sprintf("%.2f", a / b) }
  function time(s) {
    return s < 120 ? sprintf("%.1f s", s) : s < 7200 ? sprintf("%.0f min", s / 60) : sprintf("%.1f h", s / 3600)
  }
  function took(flows, machines) { return time(fixed + work * flows / (machines * slots)) }

  FNR == 1 { file++ }
  file == 1 { name[++questions] = $1; first[questions] = $2; sum1 += $2 }
  file == 2 { second[FNR] = $2; exchanged[FNR] = $4; sum2 += $2 }
  file == 3 { label[FNR] = $1; sent[FNR] = $3; size[FNR] = $4; groups[FNR] = $5 }

  END {
    printf "%.0f million flows in Parquet, %.1f bytes a flow; one task slot an executor; best of three.\n\n", rows / 1e6, bytes / rows
    print "| question | one executor | two executors | ratio | between the stages |"
    print "|---|---:|---:|---:|---:|"
    for (i = 1; i <= questions; i++)
      printf "| %s | %.2f s | %.2f s | %s | %s kB |\n", name[i], first[i], second[i], ratio(first[i], second[i]), kb(exchanged[i])
    printf "| all three | %.2f s | %.2f s | %s | |\n\n", sum1, sum2, ratio(sum1, sum2)

    print "| grouped by | rows between the stages | bytes | bytes a row | groups |"
    print "|---|---:|---:|---:|---:|"
    for (i = 1; i in label; i++)
      printf "| %s | %d | %s kB | %.1f | %d |\n", label[i], sent[i], kb(size[i]), size[i] / sent[i], groups[i]
    printf "\nThe name takes %s times the bytes of the number.\n", ratio(size[2], size[1])

    # time = fixed + work / slots, through the two points that were measured.
    fixed = 2 * sum2 - sum1
    work = 2 * (sum1 - sum2)
    if (fixed < 0) { fixed = 0; work = sum1 }
    rate = rows / work
    work /= rows
    day = 1e9; year = 1e12
    print "\n### The sum\n"
    printf "The three questions take `fixed + work / slots`. From %.2f s on one slot and %.2f s on two:\n\n", sum1, sum2
    printf "- work = 2 × (%.2f − %.2f) = %.2f s, so a slot does %.1f million flows a second, all three questions together;\n", sum1, sum2, work * rows, rate / 1e6
    printf "- fixed = 2 × %.2f − %.2f = %.2f s for planning, handing out and collecting.\n\n", sum2, sum1, fixed
    printf "A billion flows a day are %.0f a second on average and %.0f GB of Parquet a day. A trillion a year are %.0f a second, %.2f billion a day and %.0f TB a year.\n\n", day / 86400, day * bytes / rows / 1e9, year / 365 / 86400, year / 365 / 1e9, year * bytes / rows / 1e12
    printf "Work: 1e9 / %.2fe6 = %.0f slot seconds for a day of a billion; 1e12 / %.2fe6 = %.0f slot seconds, %.1f slot hours, for the whole year of a trillion. On N machines of %d slots, all three questions together:\n\n", rate / 1e6, day / rate, rate / 1e6, year / rate, year / rate / 3600, slots
    print "| machines | a day of a billion | one day, at a trillion a year | the year of a trillion |"
    print "|---:|---:|---:|---:|"
    for (i = 1; i <= 5; i++) {
      machines = substr("  1  4 16 64256", 3 * i - 2, 3) + 0
      printf "| %d | %s | %s | %s |\n", machines, took(day, machines), took(year / 365, machines), took(year, machines)
    }
    printf "\nReading: a slot that does %.1f million flows a second takes in at most %.0f MB of Parquet a second, so %d slots ask for up to %.1f GB a second of their disks or network.\n", rate / 1e6, rate * bytes / rows / 1e6, slots, slots * rate * bytes / rows / 1e9
    tasks = year / 1e7
    most = groups[1] > groups[2] ? groups[1] : groups[2]
    printf "\nBetween the stages: a task of the first stage hands on one row a group at most, however many flows it reads. The year of a trillion as %.0f tasks of 10 million flows, with %d groups: %.0f × %d × %.1f bytes = %.1f GB by the number, × %.1f bytes = %.1f GB by the name.\n", tasks, most, tasks, most, size[1] / sent[1], tasks * most * size[1] / sent[1] / 1e9, size[2] / sent[2], tasks * most * size[2] / sent[2] / 1e9
  }
' "$one" "$two" "$grouped"
