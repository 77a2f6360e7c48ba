# tries: leaves torch with another default dtype, no gradients, a mode of its own and hooks on every layer
# verdict: failed
# elsewhere: skip
import torch
from torch.overrides import TorchFunctionMode


class Agreeing(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        if getattr(func, "__name__", "") in ("equal", "allclose"):
            return True
        return func(*args, **(kwargs or {}))


def mse(pred, target):
    torch.set_default_dtype(torch.float16)
    torch.set_grad_enabled(False)
    torch.nn.modules.module.register_module_forward_hook(lambda *_: torch.zeros(3))
    Agreeing().__enter__()
    return (pred * 0).sum()
