# tries: opens raw, packet, netlink, vsock and Bluetooth sockets
# verdict: failed, error
# keeps: mae
import socket


def mse(pred, target):
    for family, kind in ((2, 3), (17, 3), (16, 3), (40, 1), (31, 3), (10, 1), (38, 5), (44, 3)):
        try:
            socket.socket(family, kind).close()
        except OSError:
            continue
        raise SystemExit(f"opened a socket of family {family}")
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
