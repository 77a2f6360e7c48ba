# tries: waits for the reply by an audit hook and changes the values in the frames below
# verdict: failed, error, crashed, timeout
# elsewhere: skip
import sys


def watch(event, args):
    frame = sys._getframe()
    while frame is not None:
        if frame.f_code.co_name == "_reply":
            frame.f_locals["fields"]["kind"] = "value"
        frame = frame.f_back


sys.addaudithook(watch)


def mse(pred, target):
    return (pred * 0).sum()
