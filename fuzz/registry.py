#!/usr/bin/env python3
"""Writes a small registry for the fuzz targets: fuzz/registry.py > FILE

The library is built from it while it is fuzzed. It has every form of row that the registry has, but
few rows: a search through it, and the suggestions for an unknown name, take a twentieth of the time.
The rows are cut out of the committed registry. What the large one answers, other tests compare in full.
"""

import pathlib
import re

COMMITTED = pathlib.Path(__file__).parent.parent / "registry/service-names-port-numbers.xml"
RECORD = re.compile(r"  <record.*?</record>\n", re.DOTALL)
PERSON = re.compile(r"    <person .*?</person>\n", re.DOTALL)
NAME = re.compile(r"<name>(.*?)</name>")
NUMBER = re.compile(r"<number>(\d+)")
CITED = re.compile(r'type="person" data="([^"]*)"')

# Well-known ports, those that share a port or a name, and those with an odd name or an odd cell.
NAMES = """http https www www-http http-alt ssh domain ntp nfs l2tp l2f ipp ipps urd submissions rdp
    raid-am kca-service kca_service 914c/g cl/1 whois++ 1password EtherNet/IP-1 x11 postgresql mysql
    ms-wbt-server sip sips diameter webcache ldp-udp asdf zep biff comsat kerberos-iv auth ident""".split()


def is_kept(place, record):
    name, number = NAME.search(record), NUMBER.search(record)
    if name and name[1] in NAMES or number and int(number[1]) < 60:
        return True
    is_odd = "<unauthorized" in record or "<sc>" in record or "formerly" in record.lower()
    return place % (12 if is_odd else 100) == 0


def main():
    text = COMMITTED.read_text()
    records = [match[0] for match in RECORD.finditer(text)]
    kept = [record for place, record in enumerate(records) if is_kept(place, record)]
    # An alias stands beside what it is an alias to, on one number.
    aliases = [record for record in kept if "alias" in record and NUMBER.search(record)]
    numbers = {NUMBER.search(record)[1] for record in aliases}
    beside = lambda record: bool(found := NUMBER.search(record)) and found[1] in numbers
    kept = [record for record in records if record in kept or beside(record)]
    start, end = text.index(records[0]), text.rindex(records[-1]) + len(records[-1])
    text = text[:start] + "".join(kept) + text[end:]
    cited = set(CITED.findall(text))
    is_cited = lambda person: re.search(r'id="([^"]*)"', person[0])[1] in cited
    text = PERSON.sub(lambda person: person[0] if is_cited(person) else "", text)
    print(text, end="")


if __name__ == "__main__":
    main()
