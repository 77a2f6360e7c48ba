# tries: interrupts the import of the file
# verdict: error, crashed
raise KeyboardInterrupt
