# tries: fills the disk, 2 GiB at most
# verdict: failed, error, out_of_memory
# keeps: mae
# elsewhere: skip
import os


def mse(pred, target):
    for folder in ("/tmp", "/dev/shm", os.getcwd(), "/var/tmp"):
        try:
            with open(os.path.join(folder, "descent_hostile.bin"), "wb") as file:
                for _ in range(512):
                    file.write(bytes(1 << 20))
        except OSError:
            pass
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
