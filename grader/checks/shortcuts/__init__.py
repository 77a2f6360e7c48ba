"""Source rules: which forbidden names a submission's text reaches from the functions that a task asks for.

Theory of operation. The text is parsed, never run (`syntax`). Its statements are read from top to bottom, for what each
module-level name stands for (`text`). From a task's symbols we follow every such name that their definitions mention,
and in what is reached we look for a *mention* of a forbidden name (`find`): an import from torch, an attribute of any
alias of it, a tensor method, or, where code looks names up by string (`getattr`, `vars`, `exec` …), the name in a
string. Rules (`rule`) are shell patterns of last names (`*_loss`), a dotted module (`torch.optim`: anything of it), or
a word for a family: `loops`, `autograd`.

The folder also runs by itself, as a throwaway process with limits (`serve`). Standard library only.
"""

from .find import Shortcut, find_shortcuts
from .rule import FAMILIES

__all__ = ["FAMILIES", "Shortcut", "find_shortcuts"]
