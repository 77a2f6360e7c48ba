# tries: ends the process with success before any check has run
# verdict: crashed
import os

os._exit(0)
