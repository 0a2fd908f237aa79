"""A small server in place of the ones that `docker` and `kubectl` ask, with fixed answers on
documentation addresses: `api.py docker SOCKET` or `api.py kubernetes PORT`."""

import json
import socketserver
import sys
import time
from http.server import BaseHTTPRequestHandler

NOW = int(time.time())


def port(private, kind, public=None, address=None):
    told = {"PrivatePort": private, "Type": kind}
    return {**told, "PublicPort": public, "IP": address} if public else told


def everywhere(private, kind, public):
    return [port(private, kind, public, address) for address in ("0.0.0.0", "::")]


def container(number, name, image, command, ports):
    return {"Id": f"{number:x}" * 64, "Names": [f"/{name}"], "Image": image, "Command": command,
            "Created": NOW - 86400 * number, "Status": f"Up {number + 1} hours", "State": "running",
            "Ports": ports}


CONTAINERS = [
    container(1, "web", "nginx:1.25", "/docker-entrypoint.sh nginx -g 'daemon off;'",
              everywhere(80, "tcp", 8080) + everywhere(443, "tcp", 8443)),
    container(2, "dns", "example/dns", "named -g -p 53",
              [port(53, "tcp", 53, "192.0.2.2"), port(53, "udp", 53, "192.0.2.2")]),
    container(3, "database", "postgres:16", "docker-entrypoint.sh postgres", [port(5432, "tcp")]),
    container(4, "game", "example/game", "./serve 80/tcp",
              [each for number in range(8000, 8011) for each in everywhere(number, "tcp", number)]),
    container(5, "batch", "example/batch", "sleep 1000", []),
    container(6, "telephone", "example/sip", "asterisk -f",
              [port(5060, "udp", 5060, "127.0.0.1"), port(2905, "sctp"), port(59999, "tcp")]),
]

# What the API server itself writes into the cells of `kubectl get services`.
SERVICES = [
    ("default", "kubernetes", "ClusterIP", "192.0.2.10", "<none>", "443/TCP", "<none>"),
    ("default", "web", "NodePort", "192.0.2.11", "<none>", "80:30080/TCP,443:30443/TCP", "app=web"),
    ("default", "edge", "LoadBalancer", "192.0.2.12", "192.0.2.200", "6379:31999/TCP", "app=edge"),
    ("default", "headless", "ClusterIP", "None", "<none>", "5432/TCP", "app=database"),
    ("default", "outside", "ExternalName", "<none>", "db.example.com", "<none>", "<none>"),
    ("kube-system", "kube-dns", "ClusterIP", "192.0.2.13", "<none>", "53/UDP,53/TCP,9153/TCP",
     "k8s-app=kube-dns"),
    ("telephony", "signalling", "ClusterIP", "2001:db8::14", "<none>", "2905/SCTP,5060/UDP",
     "app=signalling"),
]
HEADINGS = [("Name", 0), ("Type", 0), ("Cluster-IP", 0), ("External-IP", 0), ("Port(s)", 0),
            ("Age", 0), ("Selector", 1)]


def services_table(namespace):
    rows = [{"cells": [name, kind, cluster, external, ports, "10d", selector],
             "object": {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1",
                        "metadata": {"name": name, "namespace": space}}}
            for space, name, kind, cluster, external, ports, selector in SERVICES
            if namespace in (None, space)]
    columns = [{"name": name, "type": "string", "format": "", "description": "", "priority": priority}
               for name, priority in HEADINGS]
    return {"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": {},
            "columnDefinitions": columns, "rows": rows}


RESOURCES = [{"name": "services", "singularName": "service", "namespaced": True, "kind": "Service",
              "verbs": ["get", "list"], "shortNames": ["svc"]}]


def answer(path):
    path = path.partition("?")[0]
    if path == "/api":
        return {"kind": "APIVersions", "versions": ["v1"]}
    if path == "/apis":
        return {"kind": "APIGroupList", "apiVersion": "v1", "groups": []}
    if path == "/api/v1":
        return {"kind": "APIResourceList", "groupVersion": "v1", "resources": RESOURCES}
    if path == "/api/v1/services":
        return services_table(None)
    if path.endswith("/services"):
        return services_table(path.split("/")[-2])
    if path.endswith("/containers/json"):
        return CONTAINERS
    return {}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        body = json.dumps(answer(self.path)).encode()
        self.send_response(200)
        self.send_header("Api-Version", "1.41")
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET

    def log_message(self, *_):
        pass

    def address_string(self):
        return "-"


kind, where = sys.argv[1:]
if kind == "docker":
    server = socketserver.UnixStreamServer(where, Handler)
else:
    server = socketserver.TCPServer(("127.0.0.1", int(where)), Handler)
server.serve_forever()
