# tries: raises SystemExit(0) while the file is imported
# verdict: error
raise SystemExit(0)
