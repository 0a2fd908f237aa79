"""Traffic for the samples, between the two ends of a veth pair. Ports of clients are fixed, so that
a new recording differs little from the last one."""

import socket
import sys
import threading
import time

V4, V6 = "192.0.2.2", "2001:db8::2"
TCP = [(V4, 443, 51514), (V4, 22, 51515), (V4, 6379, 40001), (V4, 48000, 51516), (V6, 443, 51517),
       (V6, 8080, 51518), (V4, 50000, 51519)]
UDP = [(V4, 53, 40002), (V4, 123, 123), (V6, 53, 51520), (V4, 514, 51521), (V4, 4, 51522)]
DNS = bytes.fromhex("12340100000100000000000007") + b"example\x03com\x00\x00\x01\x00\x01"
NTP = b"\x23" + bytes(47)


def family(host):
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def serve():
    def answer(listener):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=talk, args=(connection,), daemon=True).start()

    def talk(connection):
        connection.sendall(connection.recv(1000)[::-1])
        time.sleep(60)

    def echo(endpoint):
        while True:
            data, peer = endpoint.recvfrom(2000)
            # The answer to a query has the QR bit set.
            endpoint.sendto(data[:2] + b"\x81\x83" + data[4:] if data[:2] == DNS[:2] else data, peer)

    for host, port, _ in TCP:
        listener = socket.socket(family(host), socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(5)
        threading.Thread(target=answer, args=(listener,), daemon=True).start()
    # Wildcards, as servers have them, and multipath TCP.
    for kind, protocol, address, port in [
        (socket.AF_INET, 0, "0.0.0.0", 5432),
        (socket.AF_INET6, 0, "::", 3389),
        (socket.AF_INET, 262, "0.0.0.0", 8443),
    ]:
        listener = socket.socket(kind, socket.SOCK_STREAM, protocol)
        listener.bind((address, port))
        listener.listen(5)
        threading.Thread(target=answer, args=(listener,), daemon=True).start()
    for host, port, _ in UDP[:-1]:
        endpoint = socket.socket(family(host), socket.SOCK_DGRAM)
        endpoint.bind((host, port))
        threading.Thread(target=echo, args=(endpoint,), daemon=True).start()
    wildcard = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    wildcard.bind(("::", 5353))
    time.sleep(120)


def call():
    keep = []
    for host, port, own in TCP:
        connection = socket.socket(family(host), socket.SOCK_STREAM)
        connection.bind(("", own))
        connection.connect((host, port))
        connection.sendall(b"hello")
        connection.recv(100)
        keep.append(connection)
    for host, port, own in UDP:
        endpoint = socket.socket(family(host), socket.SOCK_DGRAM)
        endpoint.bind(("", own))
        endpoint.connect((host, port))
        endpoint.send({53: DNS, 123: NTP, 514: b"<13>label: hello"}.get(port, b"hello"))
        keep.append(endpoint)
    time.sleep(float(sys.argv[2]))


{"serve": serve, "call": call}[sys.argv[1]]()
