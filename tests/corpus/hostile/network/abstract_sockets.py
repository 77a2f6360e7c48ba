# tries: binds and calls abstract Unix sockets, which have no file
# verdict: failed
# keeps: mae
import socket


def mse(pred, target):
    for name in ("\0descent_hostile", "\0/tmp/.X11-unix/X0", "\0/org/freedesktop/systemd1"):
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.settimeout(0.2)
                line.connect(name)
                line.sendall(b"descent_hostile\n")
            except OSError:
                pass
    try:
        socket.socket(socket.AF_UNIX).bind("\0descent_hostile_bound")
    except OSError:
        pass
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
