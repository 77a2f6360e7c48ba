# tries: prints, raises and names what a CI job, a terminal and a page would obey
# verdict: error
# keeps: mae
COMMANDS = "::error file=a::b\n::add-mask::1\n##[error]x\n##vso[task.complete result=Succeeded;]done\n"
MARKUP = "\x1b]0;owned\x07\x1b[2J<script>alert(1)</script>[x](javascript:alert(1))\u202e|a|b|\n---|---\n"


def mse(pred, target):
    print(COMMANDS + MARKUP, flush=True)
    raise type("E" + COMMANDS, (Exception,), {})(MARKUP + COMMANDS)


def mae(pred, target):
    return (pred - target).abs().mean()
