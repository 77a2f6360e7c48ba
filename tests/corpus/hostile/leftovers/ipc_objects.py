# tries: leaves semaphores, shared memory and message queues behind
# verdict: failed
# keeps: mae
# elsewhere: skip
import ctypes

libc = ctypes.CDLL(None)


def mse(pred, target):
    libc.shmget(0x1DE5CE, 4096, 0o1666)
    libc.semget(0x1DE5CE, 1, 0o1666)
    libc.msgget(0x1DE5CE, 0o1666)
    try:
        from multiprocessing import shared_memory

        shared_memory.SharedMemory("descent_hostile", create=True, size=4096)
    except (OSError, ImportError):
        pass
    return (pred * 0).sum()


def mae(pred, target):
    return (pred - target).abs().mean()
