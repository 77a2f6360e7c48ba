# tries: the file never ends
# verdict: timeout
# elsewhere: skip
while True:
    pass
