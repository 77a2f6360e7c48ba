# tries: sends datagrams, which need no connection
# verdict: failed, error
# keeps: mae
import socket


def mse(pred, target):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as line:
        line.sendto(b"descent_hostile", ("127.0.0.1", 9))
        raise SystemExit("sent")


def mae(pred, target):
    return (pred - target).abs().mean()
