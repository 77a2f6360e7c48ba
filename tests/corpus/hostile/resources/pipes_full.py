# tries: fills pipes and socket buffers, which are the kernel's memory and not its own
# verdict: error, out_of_memory, crashed, failed, timeout
# keeps: mae
# elsewhere: skip
import fcntl
import os
import socket


def mse(pred, target):
    held = []
    for _ in range(1000):
        try:
            read, write = os.pipe()
            held += [read, write]
            fcntl.fcntl(write, 1031, 1 << 20)
            os.set_blocking(write, False)
            os.write(write, bytes(1 << 20))
        except OSError:
            break
    pairs = []
    for _ in range(1000):
        try:
            pair = socket.socketpair()
            pairs.append(pair)
            pair[0].setblocking(False)
            pair[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 26)
            pair[0].send(bytes(1 << 22))
        except OSError:
            break
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
