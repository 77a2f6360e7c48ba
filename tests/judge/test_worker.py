"""What one request leaves behind for the next."""

from __future__ import annotations

import torch

from grader.judge import worker


def test_gradients_switched_off_for_good_are_on_again_for_the_next_request() -> None:
    source = "import torch\ndef off(): torch.set_grad_enabled(False)\ndef state(): return torch.is_grad_enabled()\n"
    host = worker.Host(worker.load([source], "m.py", False, []), {}, torch.device("cpu"), "m.py")
    request = {"kind": "call", "seed": 1, "forbidden": []}
    host.perform({**request, "name": "off"}, ([], {}))
    assert torch.is_grad_enabled()
    assert host.perform({**request, "name": "state"}, ([], {})) == (True, [])
