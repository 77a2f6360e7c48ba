# tries: is slow to load and ends its worker at each request, so that it is loaded for every check
# verdict: crashed
import os
import time

time.sleep(1)


def mse(pred, target):
    os._exit(0)
